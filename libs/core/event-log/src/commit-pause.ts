import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { processMark } from '@tributary/kernel';
import { hasNoRoom, noRoomToOpen } from './write-fault.ts';
import { AliveTokens, put, remove, tokensOf, touch, touchedAt } from './pause-files.ts';

const LOOK_MS = 250;
const TOUCH_EVERY = 4;
const LOOK_WHILE_PAUSED_MS = 10;
/** The writer of another container that has not touched its file for so long before this one started is dead. */
const FORGOTTEN_MS = 60_000;

/**
 * Lets other processes open the LMDB file of a directory in which this one commits. Whoever opens it sets the number of the
 * last commit in the lock file to what the file said a moment before (`mdb_env_open2` in mdb.c of LMDB, version 3.5.6 of lmdb-js). A commit in
 * that moment would be followed by one that starts from the state before it. So who opens asks for a pause
 * (`whileCommitsPause`), and no commit is made until it has opened the file, or is dead.
 */
export class CommitPause {
  readonly #directory: string;
  readonly #token = `${processMark()} ${randomUUID()}`;
  readonly #requests: AliveTokens;
  readonly #timer: NodeJS.Timeout;
  #commits = 0;
  #looks = 0;
  #whenIdle: (() => void) | undefined;
  #pause: Promise<void> | undefined;

  /** Says that this process commits in a directory, and waits for those that are opening the file now. */
  static async open(directory: string): Promise<CommitPause> {
    mkdirSync(directory, { recursive: true });
    const pause = new CommitPause(directory);
    await pause.#look();
    return pause;
  }

  private constructor(directory: string) {
    this.#directory = directory;
    this.#requests = new AliveTokens(directory, 'pause', () => performance.now());
    try {
      put(directory, 'committing', this.#token);
    } catch (error) {
      throw hasNoRoom(error) ? noRoomToOpen(directory, error) : error;
    }
    for (const token of tokensOf(directory, 'paused')) remove(directory, 'paused', token);
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
    clearInterval(this.#timer);
    remove(this.#directory, 'committing', this.#token);
  }

  async #look(): Promise<void> {
    if (this.#pause || this.#requests.tokens().length === 0) return;
    this.#pause = this.#hold();
    await this.#pause;
  }

  async #hold(): Promise<void> {
    const granted = new Set<string>();
    if (this.#commits > 0) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    for (let asking = this.#requests.tokens(); asking.length > 0; asking = this.#requests.tokens()) {
      for (const token of asking.filter((one) => !granted.has(one))) {
        this.#grant(token);
        granted.add(token);
      }
      await wait(LOOK_WHILE_PAUSED_MS);
    }
    for (const token of granted) remove(this.#directory, 'paused', token);
    this.#whenIdle = undefined;
    this.#pause = undefined;
  }

  #grant(token: string): void {
    try {
      put(this.#directory, 'paused', token);
    } catch {
      // Who asked goes on waiting, and gives up by itself.
    }
  }

  #forgetDead(): void {
    const own = touchedAt(this.#directory, 'committing', this.#token) ?? 0;
    for (const token of new AliveTokens(this.#directory, 'committing', () => 0).tokens())
      if (own - (touchedAt(this.#directory, 'committing', token) ?? 0) > FORGOTTEN_MS)
        remove(this.#directory, 'committing', token);
  }
}
