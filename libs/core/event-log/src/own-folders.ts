import type { Environment } from './environment.ts';
import { metaKey } from './environment.ts';
import { requireRoom } from './write-fault.ts';

/**
 * The folders that were made beside a log for what it does not hold itself, such as blobs. A folder that is missing
 * although the log knows it was lost, and must not be made anew as if it had been empty.
 */
export class OwnFolders {
  readonly #environment: Pick<Environment, 'meta' | 'directory'>;

  constructor(environment: Pick<Environment, 'meta' | 'directory'>) {
    this.#environment = environment;
  }

  knows(name: string): boolean {
    return this.#names().includes(name);
  }

  /** Durable once it resolves. Throws Fault `disk_full`. */
  async add(name: string): Promise<void> {
    if (this.knows(name)) return;
    const { meta, directory } = this.#environment;
    const value = Buffer.from(JSON.stringify([...this.#names(), name]));
    requireRoom(directory, value.length, 1);
    await meta.put(metaKey('folders'), value);
  }

  #names(): readonly string[] {
    const stored = this.#environment.meta.get(metaKey('folders'));
    return stored ? JSON.parse(stored.toString()) : [];
  }
}
