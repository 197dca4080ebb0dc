import { setTimeout as pause } from 'node:timers/promises';
import { faultText } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import { Fault, rfc3339, systemClock } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import type { GroupFinding, Outcome } from '@tributary/projection';
import type { Look, RowLooks } from './counted-looks.ts';

/** Tables of a group that are compared with the log. */
export type ComparedTables = {
  /** Why they may lack events or rows, or that they were not compared yet; undefined where nothing is missing. */
  shortfall(): string | undefined;
  conditions(): ReadinessCondition[];
  /** What differs, without what to do about it. */
  finding(): GroupFinding | undefined;
  close(): Promise<void>;
};

type Options = {
  /** Of the registered events, for a process that reads the log. */
  readonly events?: Look;
  readonly rows?: RowLooks;
  /** `GroupTables.restarts`: after another one, all tables are compared before they count as whole again. */
  readonly restarts?: () => number;
  /** Milliseconds between two comparisons of tables in which nothing differed. */
  readonly interval?: number;
  /** Milliseconds between two comparisons of the numbers of rows. */
  readonly totalsInterval?: number;
  /** Milliseconds after which a difference is looked at again before anybody is told, and a fault is retried. */
  readonly recheck?: number;
  /** Says when a difference was found. */
  readonly clock?: Clock;
};

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A start waits so long for the first comparison. Small tables are compared by then, also on a busy machine. */
const FIRST_MS = 10_000;

/** The replica of this process is behind the tables for a moment. */
const SOON_MS = 250;

/**
 * In the background, and while something differs, a comparison that takes less than three seconds takes at most this part of
 * the time. After a longer one, the next follows within a minute.
 */
const SHARE = 20;

/**
 * Compares the tables with the log at the start and each hour, how many rows they and their counts have each minute, and
 * sooner while they differ. A difference counts where it is still there a moment later: replicas of the tables follow each
 * other. Resolves after the first comparison, or without it where that takes long.
 */
export async function openComparedTables(options: Options): Promise<ComparedTables> {
  const comparison = new Comparison(options);
  const running = comparison.run();
  await comparison.first(FIRST_MS);
  return {
    shortfall: () => comparison.shortfall(),
    conditions: () => comparison.conditions(),
    finding: () => comparison.finding(),
    async close() {
      comparison.stop();
      await running;
    },
  };
}

const isFinding = (outcome: Outcome): outcome is GroupFinding =>
  outcome !== undefined && outcome.code !== 'not_compared';

const suspicionOf = ({ detail }: GroupFinding): string =>
  `the tables seem to differ from the log (${detail}) and are compared again`;

const restAfter = (millis: number): number => Math.min(MINUTE, SHARE * millis);

/** A difference, what found it, and when it was last there, in microseconds. */
type Known = {
  readonly finding: GroupFinding;
  readonly finder: string;
  readonly at: number;
  /** Why it could not be looked at since. */
  readonly uncompared?: string;
};

/** How long a look took, and what it found at the end. */
type Looked = { readonly millis: number; readonly outcome: Outcome };

class Comparison {
  readonly #options: Options;
  readonly #recheck: number;
  readonly #stopping = new AbortController();
  readonly #first: Promise<void>;
  #compared = (): void => undefined;
  /** Why nothing can be said yet. */
  #unknown: string | undefined = 'the tables have not been compared with the log yet';
  /** What may be a difference and is looked at again. */
  #suspected: string | undefined;
  #known: Known | undefined;
  /** As of the last comparison of everything. */
  #restarts: number;

  constructor(options: Options) {
    this.#options = options;
    this.#recheck = options.recheck ?? 5_000;
    this.#restarts = this.#restartsNow();
    this.#first = new Promise((resolve) => (this.#compared = resolve));
  }

  shortfall(): string | undefined {
    return this.#known ? textOf(this.#known) : (this.#unknown ?? this.#begunAgain() ?? this.#suspected);
  }

  conditions(): ReadinessCondition[] {
    return this.#known ? [{ code: this.#known.finding.code, detail: textOf(this.#known) }] : [];
  }

  finding(): GroupFinding | undefined {
    return this.#known?.finding;
  }

  first(millis: number): Promise<unknown> {
    return Promise.race([this.#first, this.#rest(millis)]);
  }

  stop(): void {
    this.#stopping.abort();
  }

  async run(): Promise<void> {
    const { interval = HOUR, totalsInterval = MINUTE } = this.#options;
    const { totals, all } = looksOf(this.#options);
    for (let due = 0; !this.#stopping.signal.aborted;) {
      const restarts = this.#restartsNow();
      const isDue = this.shortfall() !== undefined || performance.now() >= due;
      const isSame = await this.#compare(isDue ? all : totals);
      if (isSame && isDue) {
        [this.#known, this.#unknown, this.#restarts] = [undefined, undefined, restarts];
        due = performance.now() + interval;
      }
      this.#compared();
      await this.#rest(isSame ? Math.min(interval, totalsInterval) : this.#recheck);
    }
  }

  /**
   * Whether nothing differs. The look that found something goes first, and while it cannot be made, what it found stays.
   * No answer waits for looks in the background.
   */
  async #compare(looks: readonly Look[]): Promise<boolean> {
    const isAwaited = this.shortfall() !== undefined;
    const finder = this.#known?.finder;
    const isFinder = ({ name }: Look): boolean => name === finder;
    try {
      for (const look of [...looks.filter(isFinder), ...looks.filter((one) => !isFinder(one))]) {
        const { millis, outcome } = await this.#lasting(look);
        const isKept = this.#keep(look.name, outcome);
        if (isKept || !isAwaited) await this.#rest(restAfter(millis));
        if (isKept || this.#stopping.signal.aborted) return false;
      }
      return true;
    } catch (fault) {
      this.#noteFault(fault);
      return false;
    }
  }

  /**
   * While the engine does not answer, tables stay what they were. One that answers and refuses the look may have come back
   * without its tables, so all of them are compared before they count as whole again.
   */
  #noteFault(fault: unknown): void {
    const mayPass = fault instanceof Fault && fault.retryable;
    if (this.#known) this.#known = { ...this.#known, uncompared: faultText(fault) };
    else if (this.#unknown !== undefined || !mayPass)
      this.#unknown = `the tables cannot be compared with the log: ${faultText(fault)}`;
    else this.#unknown = this.#suspected;
  }

  /** Whether something differs after a look: what it found, or what it found before and cannot look at now. */
  #keep(name: string, outcome: Outcome): boolean {
    if (outcome === undefined) return false;
    if (isFinding(outcome)) {
      const { clock = systemClock } = this.#options;
      this.#known = { finding: outcome, finder: name, at: clock() };
      [this.#unknown, this.#suspected] = [undefined, undefined];
      this.#compared();
      return true;
    }
    if (this.#known?.finder !== name) return false;
    this.#known = { ...this.#known, uncompared: outcome.detail };
    return true;
  }

  /**
   * The difference that is still there later; one that is known already at once. One that may pass is looked at until it has
   * passed, or can no longer pass, and one that was seen until it can be compared again.
   */
  async #lasting({ name, look }: Look): Promise<Looked> {
    const waits = this.#waitsOf(name);
    let millis = 0;
    let isSeen = false;
    for (let looks = 1; !this.#stopping.signal.aborted; looks += 1) {
      await this.#rest(waits[looks - 1] ?? Math.max(this.#recheck, restAfter(millis / looks)));
      const began = performance.now();
      const outcome = await look();
      millis += performance.now() - began;
      if (!isFinding(outcome)) {
        if (outcome && isSeen) continue;
        this.#suspected = undefined;
        return { millis, outcome };
      }
      if (looks >= waits.length && !outcome.mayPass) return { millis, outcome };
      isSeen = true;
      /* Under inserts, a rollup differs for a moment now and then. */
      if (looks > 1 || !outcome.mayPass) this.#suspected = suspicionOf(outcome);
    }
    return { millis, outcome: undefined };
  }

  #begunAgain(): string | undefined {
    if (this.#restartsNow() === this.#restarts) return undefined;
    return 'the group of the projectors has begun to fill the tables again, and they were not compared with the log since';
  }

  #restartsNow(): number {
    return this.#options.restarts?.() ?? 0;
  }

  /** Milliseconds before each look at what may be a difference. */
  #waitsOf(name: string): readonly number[] {
    return name === this.#known?.finder ? [0] : [0, Math.min(SOON_MS, this.#recheck), this.#recheck];
  }

  #rest(millis: number): Promise<unknown> {
    const { signal } = this.#stopping;
    return pause(millis, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** What is compared often, and everything. */
function looksOf({ events, rows }: Options): {
  readonly totals: readonly Look[];
  readonly all: readonly Look[];
} {
  const totals = rows ? [rows.totals] : [];
  return { totals, all: [...(events ? [events] : []), ...totals, ...(rows?.rows ?? [])] };
}

const NEXT: Record<GroupFinding['code'], string> = {
  tables_short:
    'a projector fills them again from the log, and its /ready says why where it cannot; so does the command `rebuild` of the projector',
  log_behind_tables:
    'this process follows the topic slowly, or the topic has lost records: restore them, or run the projector with `rebuild`',
  tables_of_another_log:
    'name the topic and the database that belong together, or run the projector with `rebuild`, which fills them from this log',
};

function textOf({ finding: { code, detail }, at, uncompared }: Known): string {
  const text = `the tables are not what the log says: ${detail}; ${NEXT[code]}`;
  return uncompared === undefined ? text : `${text}; not compared since ${rfc3339(at)}: ${uncompared}`;
}
