import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Fault } from '@tributary/kernel';

/** Text that is kept in memory before it is written. */
const BUFFERED = 256 * 1024;

/**
 * A list of JSON values that is kept on disk, so that its length costs no memory. Written once, then read. The file has no
 * name: whatever ends the process, nothing of a corpus stays behind. Throws Fault `spool_failed` where it cannot be written.
 */
export class Spool<Item> {
  readonly #file: FileHandle;
  readonly #folder: string;
  #lines: string[] = [];
  #length = 0;

  private constructor(file: FileHandle, folder: string) {
    this.#file = file;
    this.#folder = folder;
  }

  static async open<Item>(folder = tmpdir()): Promise<Spool<Item>> {
    return new Spool(await unlessFull(folder, () => namelessFile(folder)), folder);
  }

  async add(item: Item): Promise<void> {
    const line = `${JSON.stringify(item)}\n`;
    this.#lines.push(line);
    this.#length += line.length;
    if (this.#length >= BUFFERED) await this.#write();
  }

  /** The items in the order in which they were added. Nothing can be added afterwards. */
  async *items(): AsyncGenerator<Item> {
    await this.#write();
    const input = createReadStream('', { fd: this.#file, start: 0, autoClose: false });
    for await (const line of createInterface({ input, crlfDelay: Infinity })) yield JSON.parse(line);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #write(): Promise<void> {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#length = 0;
    if (text !== '') await unlessFull(this.#folder, () => this.#file.appendFile(text));
  }
}

async function namelessFile(folder: string): Promise<FileHandle> {
  const path = join(folder, `tributary-spool-${randomUUID()}.ndjson`);
  const file = await open(path, 'wx+', 0o600);
  try {
    await rm(path);
  } catch (error) {
    await file.close();
    throw error;
  }
  return file;
}

async function unlessFull<Result>(folder: string, use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault(
      'spool_failed',
      `what was measured cannot be kept in ${folder} (${why}); make room there, or name another folder with TMPDIR`,
    );
  }
}
