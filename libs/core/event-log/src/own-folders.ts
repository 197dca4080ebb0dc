import type { Environment } from './environment.ts';
import { metaKey } from './environment.ts';

/** A folder that a log is to know from now on, or is to know no more. */
export type FolderChange = { readonly name: string; readonly isKnown: boolean };

type Meta = Pick<Environment, 'meta'>['meta'];

/**
 * The folders that were made beside a log for what it does not hold itself, such as blobs. A folder that is missing
 * although the log knows it was lost, and must not be made anew as if it had been empty.
 */
export class OwnFolders {
  readonly #meta: Meta;
  readonly #write: (change: FolderChange) => Promise<unknown>;

  /** `write` commits a change with whatever else the log commits. */
  constructor(meta: Meta, write: (change: FolderChange) => Promise<unknown>) {
    this.#meta = meta;
    this.#write = write;
  }

  knows(name: string): boolean {
    return knownFolders(this.#meta).includes(name);
  }

  /** Durable once it resolves. Throws Faults `disk_full`, `log_taken` and `log_write_failed`. */
  async add(name: string): Promise<void> {
    if (!this.knows(name)) await this.#write({ name, isKnown: true });
  }

  /** Of a folder that nothing is lost with. Durable once it resolves; throws the Faults of `add`. */
  async forget(name: string): Promise<void> {
    if (this.knows(name)) await this.#write({ name, isKnown: false });
  }
}

/** What is stored once the changes are made. */
export function encodeFolders(meta: Meta, changes: readonly FolderChange[]): Buffer {
  const names = new Set(knownFolders(meta));
  for (const { name, isKnown } of changes) {
    if (isKnown) names.add(name);
    else names.delete(name);
  }
  return Buffer.from(JSON.stringify([...names]));
}

function knownFolders(meta: Meta): readonly string[] {
  const stored = meta.get(metaKey('folders'));
  return stored ? JSON.parse(stored.toString()) : [];
}
