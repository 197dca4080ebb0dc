import { setTimeout as pause } from 'node:timers/promises';
import type { ReadinessCondition } from '@tributary/http';
import type { ComparedTables } from '@tributary/lifecycle';
import { RefillAttempts } from '@tributary/projection';

/** Fills the tables of a group again where they lack rows. */
export type GroupRefill = {
  /** What is missing, and what is done about it. */
  conditions(): ReadinessCondition[];
  /** Ends a refill in progress, which the next one resumes. */
  close(): Promise<void>;
};

/** The tables as they are compared in the background. */
type Compared = Pick<ComparedTables, 'finding' | 'shortfall' | 'close'>;

type Options = {
  /** Milliseconds that never go back; those of the process by default. */
  readonly elapsed?: () => number;
  /** Whether it is for this process to look after the tables: one of the group does. */
  readonly isOurs: () => boolean;
  /** What the engine lacks of a batch of this process, which has noticed it, whoever looks after the tables. */
  readonly incomplete: () => string | undefined;
  /** Begins to compare the tables. */
  readonly compare: () => Promise<Compared>;
  /** Whether an exchange of tables was planned and not finished. */
  readonly isExchanging: () => Promise<boolean>;
  /** Rejects with why the tables could not be filled again. */
  readonly refill: (signal: AbortSignal) => Promise<unknown>;
  /** Milliseconds between two looks. */
  readonly interval?: number;
};

const INTERRUPTED = 'a rebuild was interrupted while it exchanged the tables';

/** No projector of the group works until the exchange is finished. */
const EXCHANGE_REST_MS = 15_000;
/** A partition waits, and the engine forgets the tokens of its batch meanwhile. */
const LACKING_REST_MS = 60_000;

/** Looks after the tables in the background. */
export function startGroupRefill(options: Options): GroupRefill {
  const refills = new Refills(options);
  const running = refills.run();
  return {
    conditions: () => refills.conditions(),
    async close() {
      refills.stop();
      await running;
    },
  };
}

class Refills {
  readonly #options: Options;
  readonly #refills: RefillAttempts;
  /** They do not rest because filling took long, or failed before. */
  readonly #exchanges: RefillAttempts;
  /** For partitions of this process that wait for rows. */
  readonly #forBatches: RefillAttempts;
  readonly #stopping = new AbortController();
  #compared: Compared | undefined;
  #short = '';
  /** Whether that is rows of a batch of this process. */
  #isLacking = false;

  constructor(options: Options) {
    this.#options = options;
    const { elapsed = () => performance.now() } = options;
    this.#refills = new RefillAttempts(elapsed);
    this.#exchanges = new RefillAttempts(elapsed, { mostRest: EXCHANGE_REST_MS });
    this.#forBatches = new RefillAttempts(elapsed, { mostRest: LACKING_REST_MS });
  }

  conditions(): ReadinessCondition[] {
    if (this.#short === '') return [];
    return [{ code: 'tables_short', detail: `${this.#short}; ${this.#attempts().nextStep()}` }];
  }

  #attempts(): RefillAttempts {
    if (this.#short === INTERRUPTED) return this.#exchanges;
    return this.#isLacking ? this.#forBatches : this.#refills;
  }

  stop(): void {
    this.#stopping.abort();
  }

  async run(): Promise<void> {
    const { interval = 1_000 } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      /* A broker that does not answer is told by the membership, and is asked again. */
      await this.#round().catch(() => undefined);
      await pause(interval, undefined, { signal }).catch(() => undefined);
    }
    await this.#compared?.close();
  }

  async #round(): Promise<void> {
    const { incomplete, refill } = this.#options;
    const isOurs = this.#options.isOurs();
    if (!isOurs && incomplete() === undefined) return this.#leave();
    const interrupted = await this.#interrupted();
    if (interrupted === undefined) this.#exchanges.reset();
    else if (!isOurs) return this.#leave();
    /* Only now: the brokers may have taken long, and the partition have gone on. */
    const lacking = incomplete();
    if (!isOurs && lacking === undefined) return this.#leave();
    this.#isLacking = lacking !== undefined;
    this.#short = interrupted ?? lacking ?? (await this.#found());
    if (this.#short === '') return this.#settle();
    const attempts = this.#attempts();
    attempts.allowAgain(attempts === this.#forBatches);
    await attempts.attempt(this.#short, () => refill(this.#stopping.signal));
  }

  /** Nothing is short. */
  #settle(): void {
    this.#forBatches.reset();
    if (this.#compared?.shortfall() === undefined) this.#refills.reset();
  }

  /** What is short by a comparison, or that an exchange was interrupted meanwhile. */
  async #found(): Promise<string> {
    this.#compared ??= await this.#options.compare();
    return (await this.#interrupted()) ?? this.#shortNow();
  }

  /**
   * Another process looks after them, or this one has given its partitions up for an exchange. What was tried stays tried:
   * tables that differ from the log however often they are filled are not filled without end.
   */
  async #leave(): Promise<void> {
    this.#short = '';
    this.#isLacking = false;
    this.#forBatches.reset();
    const compared = this.#compared;
    this.#compared = undefined;
    await compared?.close();
  }

  async #interrupted(): Promise<string | undefined> {
    return (await this.#options.isExchanging()) ? INTERRUPTED : undefined;
  }

  #shortNow(): string {
    const finding = this.#compared?.finding();
    return finding?.code === 'tables_short' ? `the tables lack rows: ${finding.detail}` : '';
  }
}
