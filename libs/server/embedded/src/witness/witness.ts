import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { FlushWatch } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import type { ReadinessCondition } from '@tributary/http';
import { Fault, rfc3339, START } from '@tributary/kernel';
import type { Clock, Position } from '@tributary/kernel';
import { differenceFrom, withWayOut } from './difference.ts';
import { parseWitness, readWitness, replaceWitness, unwritten, witnessText } from './witness-file.ts';

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
  const real = realPath(path);
  requireOutside(real, parts.directory);
  const kept = new KeptWitness(real, parts);
  await kept.begin();
  return kept;
}

/** Of a server that keeps none. */
export const NO_WITNESS: Witness = { warnings: () => [], close: () => Promise.resolve() };

/** A link is followed: what replaces a file would replace the link. */
function realPath(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  const folder = dirname(full);
  return existsSync(folder) ? join(realpathSync(folder), basename(full)) : full;
}

function requireOutside(path: string, directory: string): void {
  if (relative(realpathSync(directory), path).split(sep)[0] === '..') return;
  throw new Fault(
    'witness_inside',
    `TRIBUTARY_WITNESS names ${path}, which lies in the data directory: a copy of the directory would have it too, and be told nothing. Name a file outside of ${directory}, best on another disk`,
  );
}

/** What a start is refused for; while the server runs it is a warning, as everything else is. */
const REFUSED: ReadonlySet<string> = new Set(['older_copy', 'other_copy', 'witness_of_another_log']);

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
      await this.#watch.during(() => inTime(this.#compare()));
      if (this.#text === undefined)
        report(
          `there was no witness at ${this.#path}, so this start was compared with none; one is kept from now on`,
        );
      await inTime(this.#keep());
    } catch (error) {
      if (error instanceof Fault && REFUSED.has(error.code)) throw withWayOut(error, this.#path);
      this.#fault = faultOf(error);
    }
    this.#timer = setInterval(() => void this.#keep(), interval);
    this.#timer.unref();
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

  /** Nothing is written over a file that somebody else has put there, unless the log agrees with it. */
  async #keepEnd(): Promise<void> {
    const { log, clock } = this.#parts;
    /* The end is durable before it is read here, so a power cut leaves no witness that is ahead of its log. */
    const position = log.head();
    if (position === this.#position && this.#fault === undefined) return;
    await this.#compare();
    const event = await log.at(position);
    if (event) {
      const { source, id } = event;
      const recordTime = rfc3339(event.recordTime);
      const own = { logId: log.logId, position, recordTime, source, id, seen: rfc3339(clock()) };
      const text = witnessText(own);
      await replaceWitness(this.#path, text);
      this.#text = text;
    }
    this.#position = position;
  }

  /** Throws the Fault of the difference where the file is not what this process has written, and is of another content. */
  async #compare(): Promise<void> {
    const found = await readWitness(this.#path);
    if (found !== undefined && found !== this.#text) {
      const difference = await differenceFrom(this.#parts.log, parseWitness(found));
      if (difference) throw difference;
    }
    this.#text = found;
  }
}

/** Of a server that runs: it goes on, and somebody else has exchanged the witness. */
const whileServed = (fault: Fault): Fault =>
  REFUSED.has(fault.code)
    ? new Fault(
        fault.code,
        `${fault.message}. The witness was exchanged while this server ran, and is not written over: stop the server of the wrong copy, and give each directory a witness of its own`,
      )
    : fault;

const overdue = (seconds: number): Fault => unwritten(`its disk has not answered for ${seconds} s`);

const faultOf = (error: unknown): Fault => (error instanceof Fault ? error : unwritten(String(error), error));

/** Throws Fault `witness_unwritten` where work takes longer than the server waits for it; the work goes on. */
async function inTime(work: Promise<void>): Promise<void> {
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
