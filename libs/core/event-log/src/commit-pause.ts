import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive, isForeignMark, processMark } from '@tributary/kernel';
import { markOf, newToken, put, remove, tokensOf, touch, touchedAt } from './pause-files.ts';
import { SILENCE_MS, TouchWatch } from './touch-watch.ts';
import { hasNoRoom, noRoomToOpen } from './write-fault.ts';

const LOOK_MS = 250;
const TOUCH_EVERY = 4;
const LOOK_WHILE_PAUSED_MS = 10;
/** The writer of another container that has not touched its file for so long before this one started is dead. */
const FORGOTTEN_MS = 60_000;

/** The tokens of this process. Another one with its mark is that of a process of before (`writer-lock.ts`). */
const made = new Set<string>();

const monotonic = (): number => performance.now();

/**
 * Lets other processes open the LMDB file of a directory in which this one commits. Whoever opens it sets the number of the
 * last commit in the lock file to what the file said a moment before (`mdb_env_open2` in mdb.c of LMDB, version 3.5.6 of
 * lmdb-js). A commit in that moment would be followed by one that starts from the state before it. So who opens asks for a
 * pause (`whileCommitsPause`), and no commit is made until it has opened the file, or does not touch its file for five
 * seconds.
 */
export class CommitPause {
  readonly #directory: string;
  readonly #token: string;
  readonly #touches = new TouchWatch(monotonic);
  readonly #timer: NodeJS.Timeout;
  #commits = 0;
  #looks = 0;
  #isClosed = false;
  #whenIdle: (() => void) | undefined;
  #pause: Promise<void> | undefined;
  /** Who asked at the last look that could be made, and when that was. */
  #asked: { readonly tokens: readonly string[]; readonly at: number } = { tokens: [], at: 0 };

  /** Says that this process commits in a directory, and waits for those that are opening the file now. */
  static async open(directory: string): Promise<CommitPause> {
    mkdirSync(directory, { recursive: true });
    const pause = new CommitPause(directory);
    await pause.#look();
    return pause;
  }

  private constructor(directory: string) {
    this.#directory = directory;
    this.#token = newToken(directory);
    made.add(this.#token);
    try {
      put(directory, 'committing', this.#token);
    } catch (error) {
      throw hasNoRoom(error) ? noRoomToOpen(directory, error) : error;
    }
    this.#forgetDead();
    this.#timer = setInterval(() => {
      if ((this.#looks += 1) % TOUCH_EVERY === 0) touch(directory, 'committing', this.#token);
      void this.#look();
    }, LOOK_MS).unref();
  }

  /** Makes a commit, or waits until nobody opens the file. */
  async during<Result>(commit: () => Promise<Result>): Promise<Result> {
    while (this.#pause) await this.#pause;
    this.#commits += 1;
    try {
      return await commit();
    } finally {
      this.#commits -= 1;
      if (this.#commits === 0) this.#whenIdle?.();
    }
  }

  /** To be called once the file is closed. */
  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    made.delete(this.#token);
    remove(this.#directory, 'committing', this.#token);
  }

  async #look(): Promise<void> {
    if (this.#pause || this.#asking().length === 0) return;
    this.#pause = this.#hold();
    /* Whatever `#hold` has awaited, it is over only here: a pause that ended before it had its name would have no end. */
    await this.#pause;
    this.#pause = undefined;
  }

  async #hold(): Promise<void> {
    const granted = new Set<string>();
    if (this.#commits > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    for (let asking = this.#asking(); asking.length > 0 && !this.#isClosed; asking = this.#asking()) {
      for (const token of asking) if (!granted.has(token) && this.#grant(token)) granted.add(token);
      await wait(LOOK_WHILE_PAUSED_MS);
    }
    for (const token of granted) remove(this.#directory, 'paused', token);
    this.#whenIdle = undefined;
  }

  /** False where it cannot be granted now. */
  #grant(token: string): boolean {
    try {
      put(this.#directory, 'paused', token);
      return true;
    } catch {
      return false;
    }
  }

  /** Who is opening the file. One that is stopped touches no file, and one that has died is no process. */
  #asking(): readonly string[] {
    try {
      const all = tokensOf(this.#directory, 'pause');
      const tokens = all.filter((token) => this.#isAsking(token));
      for (const token of all) if (!tokens.includes(token)) remove(this.#directory, 'pause', token);
      this.#asked = { tokens, at: monotonic() };
    } catch {
      /* A directory that cannot be read for a moment, as where no more files can be open, has who it had. */
      if (monotonic() - this.#asked.at > SILENCE_MS) return [];
    }
    return this.#asked.tokens;
  }

  #isAsking(token: string): boolean {
    const mark = markOf(token);
    const touched = touchedAt(this.#directory, 'pause', token);
    return this.#touches.isTouched(token, touched) && (isForeignMark(mark) || isAlive(mark));
  }

  #forgetDead(): void {
    try {
      for (const token of tokensOf(this.#directory, 'paused')) remove(this.#directory, 'paused', token);
      for (const token of tokensOf(this.#directory, 'committing'))
        if (this.#isForgotten(token)) remove(this.#directory, 'committing', token);
    } catch {
      // Files of the dead delay who looks at them, and do no harm.
    }
  }

  #isForgotten(token: string): boolean {
    const mark = markOf(token);
    if (mark === processMark()) return !made.has(token);
    const touchOf = (one: string): number => touchedAt(this.#directory, 'committing', one) ?? 0;
    return isForeignMark(mark) ? touchOf(this.#token) - touchOf(token) > FORGOTTEN_MS : !isAlive(mark);
  }
}
