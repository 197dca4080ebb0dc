import { Fault } from '@tributary/kernel';
import type { Database } from 'lmdb';
import type { CommitPause } from './commit-pause.ts';

const KEY = Buffer.from('commits');
const NOTHING = Buffer.alloc(0);

/**
 * Counts the commits of an LMDB environment, such as that of a log, in itself. A transaction checks that the count is still the one that this process
 * knows, and raises it. So two processes never continue from the same end, whether or not they see each other's lock:
 * processes in two containers have numbers of their own.
 */
export class CommitCount {
  readonly #part: Database<Buffer, Buffer>;
  readonly #pause: CommitPause;
  readonly #taken: () => Fault;
  #count: number | undefined;

  /**
   * To be made before the state is read that later commits change. `part` keeps a version with each value, which is the
   * count. `taken` says that another process writes.
   */
  constructor(part: Database<Buffer, Buffer>, pause: CommitPause, taken: () => Fault) {
    this.#part = part;
    this.#pause = pause;
    this.#taken = taken;
    this.#count = part.getEntry(KEY)?.version;
  }

  /**
   * Commits what `write` puts, unless `ready` throws, which is called when nothing has to be waited for any more. Throws the
   * fault of `taken`, and changes nothing, where another process has committed since this one opened the environment.
   */
  commit(
    write: () => void,
    { ready = () => undefined }: { readonly ready?: () => void } = {},
  ): Promise<void> {
    return this.#pause.during(async () => {
      ready();
      await this.#commit(write);
    });
  }

  async #commit(write: () => void): Promise<void> {
    const next = (this.#count ?? 0) + 1;
    const all = (): void => {
      void this.#part.put(KEY, NOTHING, next);
      write();
    };
    /* LMDB compares and writes in one transaction. */
    const committed = await (this.#count === undefined
      ? this.#part.ifNoExists(KEY, all)
      : this.#part.ifVersion(KEY, this.#count, all));
    if (!committed) throw this.#taken();
    this.#count = next;
  }
}
