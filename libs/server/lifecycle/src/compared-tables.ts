import { setTimeout as pause } from 'node:timers/promises';
import { faultText } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import type { GroupFinding } from '@tributary/projection';
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
  /** Milliseconds between two comparisons of tables in which nothing differed. */
  readonly interval?: number;
  /** Milliseconds between two comparisons of the numbers of rows. */
  readonly totalsInterval?: number;
  /** Milliseconds after which a difference is looked at again before anybody is told, and a fault is retried. */
  readonly recheck?: number;
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
 * Compares the tables with the log at the start and each hour, how many rows they have each minute, and sooner while they
 * differ. A difference counts where it is still there a moment later: replicas of the tables follow each other. Resolves
 * after the first comparison, or without it where that takes long.
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

const restAfter = (millis: number): number => Math.min(MINUTE, SHARE * millis);

/** A difference, and what found it. */
type Known = { readonly finding: GroupFinding; readonly finder: string };

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

  constructor(options: Options) {
    this.#options = options;
    this.#recheck = options.recheck ?? 5_000;
    this.#first = new Promise((resolve) => (this.#compared = resolve));
  }

  shortfall(): string | undefined {
    return this.#known ? textOf(this.#known.finding) : (this.#unknown ?? this.#suspected);
  }

  conditions(): ReadinessCondition[] {
    return this.#known ? [{ code: this.#known.finding.code, detail: textOf(this.#known.finding) }] : [];
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
      const isDue = this.shortfall() !== undefined || performance.now() >= due;
      const isSame = await this.#compare(isDue ? all : totals);
      if (isSame && isDue) {
        [this.#known, this.#unknown] = [undefined, undefined];
        due = performance.now() + interval;
      }
      this.#compared();
      await this.#rest(isSame ? Math.min(interval, totalsInterval) : this.#recheck);
    }
  }

  /** Whether nothing differs. The look that found something goes first. No answer waits for looks in the background. */
  async #compare(looks: readonly Look[]): Promise<boolean> {
    const isAwaited = this.shortfall() !== undefined;
    const finder = this.#known?.finder;
    const isFinder = ({ name }: Look): boolean => name === finder;
    try {
      for (const look of [...looks.filter(isFinder), ...looks.filter((one) => !isFinder(one))]) {
        const { millis, found } = await this.#lasting(look);
        if (found) {
          this.#known = { finding: found, finder: look.name };
          [this.#unknown, this.#suspected] = [undefined, undefined];
          this.#compared();
        }
        if (found || !isAwaited) await this.#rest(restAfter(millis));
        if (found || this.#stopping.signal.aborted) return false;
      }
      return true;
    } catch (fault) {
      if (this.#unknown !== undefined)
        this.#unknown = `the tables cannot be compared with the log: ${faultText(fault)}`;
      this.#unknown ??= this.#suspected;
      return false;
    }
  }

  /**
   * How long a look took, and the difference that is still there later; one that is known already at once. One that may
   * pass is looked at until it has passed, or can no longer pass.
   */
  async #lasting({ name, look }: Look): Promise<{ readonly millis: number; readonly found?: GroupFinding }> {
    const waits = name === this.#known?.finder ? [0] : [0, Math.min(SOON_MS, this.#recheck), this.#recheck];
    let millis = 0;
    for (let looks = 1; !this.#stopping.signal.aborted; looks += 1) {
      const wait = waits[looks - 1] ?? Math.max(this.#recheck, restAfter(millis / looks));
      if (wait > 0) await this.#rest(wait);
      const began = performance.now();
      const found = await look();
      millis += performance.now() - began;
      if (!found) break;
      if (looks >= waits.length && !found.mayPass) return { millis, found };
      /* Under inserts, a rollup differs for a moment now and then. */
      if (looks > 1 || !found.mayPass)
        this.#suspected = `the tables seem to differ from the log (${found.detail}) and are compared again`;
    }
    this.#suspected = undefined;
    return { millis };
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

const textOf = ({ code, detail }: GroupFinding): string =>
  `the tables are not what the log says: ${detail}; ${NEXT[code]}`;
