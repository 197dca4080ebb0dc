import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A list of JSON values that is kept on disk, so that its length costs no memory. Written once, then read. */
export class Spool<Item> {
  readonly #folder: string;
  readonly #file: string;
  readonly #writer: ReturnType<typeof createWriteStream>;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#file = join(folder, 'items.ndjson');
    this.#writer = createWriteStream(this.#file);
  }

  static async open<Item>(): Promise<Spool<Item>> {
    return new Spool(await mkdtemp(join(tmpdir(), 'tributary-spool-')));
  }

  async add(item: Item): Promise<void> {
    if (!this.#writer.write(`${JSON.stringify(item)}\n`)) await once(this.#writer, 'drain');
  }

  /** The items in the order in which they were added. Nothing can be added afterwards. */
  async *items(): AsyncGenerator<Item> {
    if (!this.#writer.writableEnded) {
      this.#writer.end();
      await once(this.#writer, 'close');
    }
    for await (const line of createInterface({ input: createReadStream(this.#file), crlfDelay: Infinity }))
      yield JSON.parse(line);
  }

  async close(): Promise<void> {
    this.#writer.destroy();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
