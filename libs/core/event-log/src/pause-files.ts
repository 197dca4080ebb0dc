import { closeSync, openSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, isForeignMark } from '@tributary/kernel';

/**
 * What processes tell each other in a directory of LMDB, each by an empty file whose name has the token of a process, since
 * a full disk still has room for a name: that one commits there, that another wants it to pause, and that it has paused.
 */
export type PauseFile = 'committing' | 'pause' | 'paused';

/** A token is the mark of a process, with a word of its own after it. */
const pathOf = (directory: string, file: PauseFile, token: string): string =>
  join(directory, `${file}-${encodeURIComponent(token)}`);

export const put = (directory: string, file: PauseFile, token: string): void =>
  closeSync(openSync(pathOf(directory, file, token), 'w'));

export const remove = (directory: string, file: PauseFile, token: string): void =>
  rmSync(pathOf(directory, file, token), { force: true });

/** The tokens of all files of a kind; none where the directory is not there. */
export function tokensOf(directory: string, file: PauseFile): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.startsWith(`${file}-`))
      .map((name) => decodeURIComponent(name.slice(file.length + 1)));
  } catch {
    return [];
  }
}

/** Says that the process of a token is alive, for other containers. */
export function touch(directory: string, file: PauseFile, token: string): void {
  try {
    utimesSync(pathOf(directory, file, token), new Date(), new Date());
  } catch {
    // Whoever looks from another container finds this process dead; in the same one its number says that it is alive.
  }
}

export const touchedAt = (directory: string, file: PauseFile, token: string): number | undefined =>
  statSync(pathOf(directory, file, token), { throwIfNoEntry: false })?.mtimeMs;

const SILENCE_MS = 5_000;

/**
 * Tells which tokens are of processes that are alive: by its number within this container, and by a touch within five seconds
 * of looking in another one. Clocks may differ, so only a change counts, and a file counts as touched when first seen.
 */
export class AliveTokens {
  readonly #seen = new Map<string, { readonly touched: number; readonly at: number }>();
  readonly #directory: string;
  readonly #file: PauseFile;
  readonly #millis: () => number;

  /** `millis` is a clock that only goes forward. */
  constructor(directory: string, file: PauseFile, millis: () => number) {
    this.#directory = directory;
    this.#file = file;
    this.#millis = millis;
  }

  /** Tokens whose process is alive. Files of the others are removed. */
  tokens(): string[] {
    return tokensOf(this.#directory, this.#file).filter((token) => {
      const alive = isForeignMark(token) ? this.#isTouched(token) : isAlive(token);
      if (!alive) remove(this.#directory, this.#file, token);
      return alive;
    });
  }

  #isTouched(token: string): boolean {
    const touched = touchedAt(this.#directory, this.#file, token);
    const seen = this.#seen.get(token);
    if (touched === undefined) return false;
    if (seen?.touched === touched) return this.#millis() - seen.at < SILENCE_MS;
    this.#seen.set(token, { touched, at: this.#millis() });
    return true;
  }
}
