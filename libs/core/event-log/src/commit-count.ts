import { Fault } from '@tributary/kernel';
import type { Database } from 'lmdb';

const KEY = Buffer.from('commits');
const NOTHING = Buffer.alloc(0);

/**
 * Counts the commits of a log in the log itself. A transaction checks that the count is still the one that this process
 * knows, and raises it. So two processes never continue from the same end, whether or not they see each other's lock:
 * processes in two containers have numbers of their own.
 */
export class CommitCount {
  readonly #part: Database<Buffer, Buffer>;
  #count: number | undefined;

  /** To be made before the end of the log is read. `part` keeps a version with each value, which is the count. */
  constructor(part: Database<Buffer, Buffer>) {
    this.#part = part;
    this.#count = part.getEntry(KEY)?.version;
  }

  /**
   * Commits what `write` puts. Throws Fault `log_taken`, and changes nothing, where another process has committed since
   * this one opened the log.
   */
  async commit(write: () => void): Promise<void> {
    const next = (this.#count ?? 0) + 1;
    const all = (): void => {
      void this.#part.put(KEY, NOTHING, next);
      write();
    };
    /* LMDB compares and writes in one transaction. */
    const committed = await (this.#count === undefined
      ? this.#part.ifNoExists(KEY, all)
      : this.#part.ifVersion(KEY, this.#count, all));
    if (!committed) throw taken();
    this.#count = next;
  }
}

const taken = (): Fault =>
  new Fault(
    'log_taken',
    'another process writes to this log, perhaps from another container; nothing was stored: stop one of the two, then ' +
      'restart this one, which accepts no more events',
  );
