import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { FlushWatch } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import type { ReadinessCondition } from '@tributary/http';
import { Fault, rfc3339, START } from '@tributary/kernel';
import type { Clock, Position } from '@tributary/kernel';
import { differenceFrom, withWayOut } from './difference.ts';
import {
  codeOf,
  parseWitness,
  readWitness,
  replaceWitness,
  unreadable,
  unwritten,
  witnessText,
} from './witness-file.ts';

/** How far a witness may be behind the log. */
const INTERVAL_MS = 2_000;

/** How long a start and an end wait for the disk of a witness. */
const WAIT_MS = 5_000;

/** The newest event of a log is kept in a file outside its directory while this is open. */
export type Witness = {
  /** That the file is not kept, and why. It keeps nothing from its work. */
  warnings(): ReadinessCondition[];
  /** Keeps the end of the log, which must still be open. */
  close(): Promise<void>;
};

type WitnessParts = {
  /** The data directory. */
  readonly directory: string;
  readonly log: Pick<LocalLog, 'logId' | 'head' | 'at'>;
  /** Tells when the witness saw what it has. */
  readonly clock: Clock;
  /** Takes what was found at the start without refusing it, in words. */
  readonly report: (text: string) => void;
  readonly interval?: number;
};

/**
 * Compares a log with its witness, before anything is served, and keeps the witness from then on. Throws Faults `older_copy`,
 * `other_copy` and `witness_of_another_log`, each with the way out, and `witness_inside`. Whatever else is wrong with the file
 * is a warning: the log is served as it would be without a witness. None is kept where no file is named.
 */
export async function openWitness(path: string | undefined, parts: WitnessParts): Promise<Witness> {
  if (path === undefined) return NO_WITNESS;
  const kept = new KeptWitness(resolve(path), parts);
  await kept.begin();
  return kept;
}

/** Of a server that keeps none. */
export const NO_WITNESS: Witness = { warnings: () => [], close: () => Promise.resolve() };

/** A link is followed: what replaces a file would replace the link. Throws Fault `witness_unreadable` for one to nothing. */
async function realPath(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  if (found)
    return realpath(path).catch((cause: unknown) => {
      throw unreadable('it is a link to nothing', cause);
    });
  const folder = await realpath(dirname(path)).catch(() => undefined);
  return folder === undefined ? path : join(folder, basename(path));
}

async function requireOutside(path: string, directory: string): Promise<void> {
  if (relative(await realpath(directory), path).split(sep)[0] === '..') return;
  throw new Fault(
    'witness_inside',
    `TRIBUTARY_WITNESS names ${path}, which lies in the data directory: a copy of the directory would have it too, and be told nothing. Name a file outside of ${directory}, best on another disk`,
  );
}

/** What a start is refused for because of what the witness has seen; while the server runs it is a warning. */
const DIFFERENT: ReadonlySet<string> = new Set(['older_copy', 'other_copy', 'witness_of_another_log']);

class KeptWitness implements Witness {
  readonly #path: string;
  readonly #parts: WitnessParts;
  readonly #watch = new FlushWatch(WAIT_MS, () => performance.now(), overdue);
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> | undefined;
  /** What the file has, as far as this process knows, and up to which position. */
  #text: string | undefined;
  #position: Position = START;
  #fault: Fault | undefined;

  constructor(path: string, parts: WitnessParts) {
    this.#path = path;
    this.#parts = parts;
  }

  async begin(): Promise<void> {
    const { interval = INTERVAL_MS, report } = this.#parts;
    try {
      await inTime(this.#first(report));
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === 'witness_inside') throw fault;
      if (DIFFERENT.has(fault.code)) throw withWayOut(fault, this.#path);
      this.#fault = fault;
    }
    this.#timer = setInterval(() => void this.#keep(), interval);
    this.#timer.unref();
  }

  async #first(report: (text: string) => void): Promise<void> {
    await this.#watch.during(() => this.#compare());
    if (this.#text === undefined)
      report(
        `there was no witness at ${this.#path}, so this start was compared with none; one is kept from now on`,
      );
    await this.#keep();
  }

  warnings(): ReadinessCondition[] {
    const fault = this.#watch.overdue() ?? this.#fault;
    return fault ? [{ code: fault.code, detail: fault.message }] : [];
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const last = (this.#work ?? Promise.resolve()).then(() => this.#keep());
    await inTime(last).catch(() => undefined);
  }

  /** One at a time. Never rejects: what goes wrong is the warning until it goes well. */
  #keep(): Promise<void> {
    this.#work ??= this.#watch
      .during(() => this.#keepEnd())
      .then(
        () => undefined,
        (error: unknown) => whileServed(faultOf(error)),
      )
      .then((fault) => {
        this.#fault = fault;
        this.#work = undefined;
      });
    return this.#work;
  }

  /**
   * Nothing is written over a file that somebody else has put there, unless the log agrees with it. A file that went back or
   * away is written again, also where the log stands still.
   */
  async #keepEnd(): Promise<void> {
    const { log, clock } = this.#parts;
    const own = this.#text;
    /* The end is durable before it is read here, so a power cut leaves no witness that is ahead of its log. */
    const position = log.head();
    const path = await this.#compare();
    if (position === this.#position && this.#text === own && this.#fault === undefined) return;
    const event = await log.at(position);
    if (event) {
      const recordTime = rfc3339(event.recordTime);
      const text = witnessText({ logId: log.logId, position, recordTime, seen: rfc3339(clock()) });
      await replaceWitness(path, text);
      this.#text = text;
    }
    this.#position = position;
  }

  /**
   * Throws the Fault of the difference where the file is not what this process has written, and is of another content.
   * Returns where the file is.
   */
  async #compare(): Promise<string> {
    const path = await realPath(this.#path);
    await requireOutside(path, this.#parts.directory);
    const found = await readWitness(path);
    if (found !== undefined && found !== this.#text) {
      const difference = await differenceFrom(this.#parts.log, parseWitness(found));
      if (difference) throw difference;
    }
    this.#text = found;
    return path;
  }
}

/** Of a server that runs: it goes on, and somebody else has exchanged the witness. Whoever asks whether it is ready reads it. */
const whileServed = (fault: Fault): Fault =>
  DIFFERENT.has(fault.code)
    ? new Fault(
        fault.code,
        'the witness was exchanged while this server ran, for one of another copy or another log, and is not written over: stop the server of the wrong copy, and give each directory a witness of its own',
      )
    : fault;

const overdue = (seconds: number): Fault => unwritten(`its disk has not answered for ${seconds} s`);

/** A foreign error may name paths, which not every reader of a condition may know. */
const faultOf = (error: unknown): Fault =>
  error instanceof Fault ? error : unwritten(String(codeOf(error)), error);

/** Throws Fault `witness_unwritten` where work takes longer than the server waits for it; the work goes on. */
async function inTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(overdue(WAIT_MS / 1000)), WAIT_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
