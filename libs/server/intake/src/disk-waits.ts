import { Fault, largest } from '@tributary/kernel';

/** One wait for a disk. It is paused while the work waits for something else, such as the content of a request. */
export class DiskWait {
  readonly #now: () => number;
  #since: number | undefined;

  constructor(now: () => number) {
    this.#now = now;
    this.resume();
  }

  pause(): void {
    this.#since = undefined;
  }

  resume(): void {
    this.#since = this.#now();
  }

  /** Milliseconds that it has gone on since it was last resumed; 0 while it is paused. */
  millis(): number {
    return this.#since === undefined ? 0 : this.#now() - this.#since;
  }
}

/** How long work has waited for the disk of the blobs. Many waits go on at once, and one whose disk hangs may never end. */
export class DiskWaits {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #running = new Set<DiskWait>();

  /** A wait is overdue after `limit` milliseconds; `now` returns milliseconds that never go back. */
  constructor(limit: number, now: () => number = () => performance.now()) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Runs work as a wait, which goes on until the work has settled; settles as it does. */
  during<Outcome>(work: (wait: DiskWait) => Promise<Outcome>): Promise<Outcome> {
    return this.#counted(work, new DiskWait(this.#now));
  }

  /**
   * As `during`, but throws Fault `blobs_overdue` (retryable) once the wait is overdue. The work and its wait go on, with
   * all that they hold, so nothing is begun while several are overdue.
   */
  async bounded<Outcome>(work: (wait: DiskWait) => Promise<Outcome>): Promise<Outcome> {
    if (this.#late().length >= MOST_OVERDUE) throw overdueAfter(this.#limit);
    const wait = new DiskWait(this.#now);
    let look: NodeJS.Timeout | undefined;
    const overdue = new Promise<never>((_, reject) => {
      const again = (): void => {
        const left = this.#limit - wait.millis();
        if (left <= 0) reject(overdueAfter(this.#limit));
        else look = setTimeout(again, Math.min(left, LONGEST_TIMER));
      };
      again();
    });
    try {
      return await Promise.race([this.#counted(work, wait), overdue]);
    } finally {
      clearTimeout(look);
    }
  }

  /** That a wait is overdue; undefined where none is. */
  overdue(): Fault | undefined {
    const late = this.#late();
    return late.length > 0 ? overdueFor(largest(late)) : undefined;
  }

  /** Milliseconds of the waits that are overdue. */
  #late(): number[] {
    return [...this.#running].map((wait) => wait.millis()).filter((millis) => millis > this.#limit);
  }

  async #counted<Outcome>(work: (wait: DiskWait) => Promise<Outcome>, wait: DiskWait): Promise<Outcome> {
    this.#running.add(wait);
    try {
      return await work(wait);
    } finally {
      this.#running.delete(wait);
    }
  }
}

/** Each holds what it was to write, and a thread of those that read and write files, of which a process has few. */
const MOST_OVERDUE = 4;

/** Node takes a longer time for one millisecond. */
const LONGEST_TIMER = 2 ** 31 - 1;

const overdue = (text: string): Fault =>
  new Fault('blobs_overdue', `the disk of the blobs ${text}`, { retryable: true });

/** For whoever sent a request. */
const overdueAfter = (millis: number): Fault =>
  overdue(
    `did not answer within ${millis / 1000} s (TRIBUTARY_REQUEST_TIMEOUT_MS); send the request again: no content is stored twice`,
  );

/** For whoever runs the process. */
const overdueFor = (millis: number): Fault =>
  overdue(`has not answered for ${Math.floor(millis / 1000)} s; check the disk, and what else uses it`);
