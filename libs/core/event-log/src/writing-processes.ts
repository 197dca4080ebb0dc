import { join } from 'node:path';
import { isAlive, isForeignMark } from '@tributary/kernel';
import { allTokensOf, markOf, tokensOf, touchedAt, touchTime } from './pause-files.ts';
import { TouchWatch } from './touch-watch.ts';
import { lockHolder, LOCK_NAME } from './writer-lock.ts';

/** The processes that may commit to the LMDB file of a directory, as another process sees them. */
export class WritingProcesses {
  readonly #directory: string;
  readonly #touches = new TouchWatch(() => performance.now());

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Whether there is one. One of another container counts until it has not touched its file for five seconds. */
  areThere(): boolean {
    /* Both are looked at, since the five seconds begin with the first look. */
    const isOfEarlierVersion = this.#isOfEarlierVersion();
    return this.#committing().length > 0 || isOfEarlierVersion;
  }

  /** Whether one in another container, which has touched its file meanwhile, has the number there that this one has here. */
  sharesNumber(): boolean {
    return this.#withSameNumber().some((token) => this.#touches.wasTouched(token));
  }

  /** As `sharesNumber`, where it may be dead. */
  mayShareNumber(): boolean {
    return this.#withSameNumber().length > 0;
  }

  #withSameNumber(): string[] {
    return this.#committing().filter(
      (token) => isForeignMark(markOf(token)) && numberOf(markOf(token)) === process.pid,
    );
  }

  /** Tokens of processes that are alive. */
  #committing(): string[] {
    return tokensOf(this.#directory, 'committing').filter((token) =>
      this.#isAlive(token, markOf(token), touchedAt(this.#directory, 'committing', token)),
    );
  }

  /**
   * A process of an earlier version has the lock and no file that says that it commits. A copy of a directory has that file
   * of another one; who touches the lock of this directory from another container writes to it.
   */
  #isOfEarlierVersion(): boolean {
    const holder = lockHolder(this.#directory);
    const commitsIn = allTokensOf(this.#directory, 'committing').map(markOf);
    if (holder === '' || (commitsIn.includes(holder) && !isForeignMark(holder))) return false;
    return this.#isAlive(LOCK_NAME, holder, touchTime(join(this.#directory, LOCK_NAME)));
  }

  #isAlive(name: string, mark: string, touched: number | undefined): boolean {
    return isForeignMark(mark) ? this.#touches.isTouched(name, touched) : isAlive(mark);
  }
}

const numberOf = (mark: string): number => Number(mark.split(' ')[0]);
