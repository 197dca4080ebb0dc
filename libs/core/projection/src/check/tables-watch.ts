import type { EventLog } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import type { ProjectorOptions } from '../projector-options.ts';
import type { CompleteState, WorkingState } from '../state/tables-state.ts';
import { insertDigests } from './check-events.ts';
import { checkEvents, checkRows, found, rangesBefore, surveyTables } from './check-tables.ts';
import type { CheckedTables, TablesFinding } from './check-tables.ts';
import type { FilledTables } from './kept-facts.ts';
import { RefillAttempts, textOf } from './refill-attempts.ts';
import { requireEmptiable, requireSameLog } from './same-log.ts';

/** How tables are compared with what was counted when they were filled, and with the log. */
export type TableChecks = {
  readonly digestAt: EventLog['digestAt'];
  readonly bytesOf: FilledTables['bytesOf'];
  /** Reads the live tables. */
  readonly reader: SqlReader;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
  /**
   * Resolves when the next check in the background is due, at the latest after so many milliseconds, or sooner with what a
   * question could not read: then the tables are filled again. Rejects when the signal aborts.
   */
  readonly untilNext: (signal: AbortSignal, within?: number) => Promise<string | undefined>;
};

/** Tables with fewer rows are compared row by row while nothing is inserted. That takes about a second. */
const COMPARED_STILL = 5_000_000;

/** Milliseconds between a comparison that could not be ended and the next one. */
const LEAST_REST = 1_000;
/** While rows were never compared, no answer is complete; once they were, nobody waits for the next comparison. */
const MOST_REST = { awaited: 60_000, later: 60 * 60_000 };

/** A comparison that could not be ended: how many in a row, and why the last one was not. */
type Unfinished = { readonly times: number; readonly millis: number; readonly reason: string };

export type Watched = {
  readonly options: Pick<ProjectorOptions, 'log' | 'projections' | 'sink'>;
  readonly checked: CheckedTables;
  readonly bytesOf: FilledTables['bytesOf'];
  readonly elapsed: TableChecks['elapsed'];
  readonly untilNext: TableChecks['untilNext'];
  readonly state: () => WorkingState;
  /** Runs work while no rebuild runs. Throws the retryable Fault `rebuild_under_way`, and `stopping`. */
  readonly alone: (work: () => Promise<unknown>) => Promise<unknown>;
  /** Pauses the projector at the end of a batch. */
  readonly whilePaused: (work: () => Promise<void>) => Promise<void>;
  /** Fills the tables again; the projector is resumed with `checkStill`. */
  readonly refill: () => Promise<unknown>;
};

/** Watches the tables of one projector. */
export class TablesWatch {
  readonly #watched: Watched;
  readonly #stopping = new AbortController();
  #surveyed: readonly TablesFinding[] = [];
  #inRows: readonly TablesFinding[] = [];
  /** What questions could not read of one filling of the tables. No comparison of positions finds it. */
  #damage: { readonly epoch: number; readonly text: string } | undefined;
  #isCompared = false;
  #unfinished: Unfinished | undefined;
  /** Ends the wait for the next comparison. */
  #wake = (): void => undefined;
  readonly #refills: RefillAttempts;
  #running: Promise<void> | undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#refills = new RefillAttempts(watched.elapsed);
  }

  findings(): readonly TablesFinding[] {
    const { epoch } = this.#watched.state().generation;
    const damage = this.#damage?.epoch === epoch ? [found('table_unreadable', this.#damage.text)] : [];
    return [...this.#surveyed, ...this.#inRows, ...damage];
  }

  /** Why answers may lack rows: what differs, or that the rows were not compared yet. Undefined where nothing is known to. */
  shortfall(): string | undefined {
    const short = this.#short();
    if (short !== '') return `rows are missing in the tables (${short}); ${this.#refills.nextStep()}`;
    if (this.#isCompared) return undefined;
    const why = this.#unfinished ? `, and it is tried again: ${this.#unfinished.reason}` : '';
    return `the rows of the tables have not been compared with the log yet${why}`;
  }

  /**
   * To be called before tables are emptied whose projections are of another version. Throws Faults `log_behind_tables` and
   * `tables_of_another_log` where they say of more than this log holds, `blobs_missing` where they hold what could not be
   * filled again, and those of the reader. Once the first start has found out that the tables are this log's, nothing is asked.
   */
  async checkBeforeEmptying(): Promise<void> {
    const { checked, bytesOf, options } = this.#watched;
    if (this.#running === undefined) await requireEmptiable({ ...checked, bytesOf }, options.log);
  }

  /**
   * Compares the tables while nothing is inserted. Throws Fault `log_behind_tables` where they hold events that the log
   * does not have, `tables_of_another_log`, and those of the reader. A retryable one is thrown only before it is known that
   * the tables are this log's, which the first call finds out; afterwards they are left for a comparison in the background.
   */
  async checkStill(state: CompleteState): Promise<void> {
    const { checked, options, elapsed } = this.#watched;
    const began = elapsed();
    let areOurs = this.#running !== undefined;
    try {
      const survey = await surveyTables(checked, state);
      await requireSameLog(options.log, survey, state);
      if (survey.findings.length === 0 && survey.undigested.length > 0)
        await insertDigests(options.sink, survey.undigested, { logId: checked.logId, state });
      /* A sink that failed before anything was served is not used again, so a start that failed there is none. */
      areOurs = true;
      this.#surveyed = survey.findings;
      if (survey.rows < COMPARED_STILL) await this.#compareAll();
    } catch (fault) {
      if (!areOurs || !isRetryable(fault)) throw fault;
      this.#isCompared = false;
      this.#noteUnfinished(fault, elapsed() - began);
      this.#wake();
    }
  }

  /** Begins to check in the background, and to fill again what is short. */
  start(): void {
    this.#running = this.#run();
  }

  /** Ends that. A check or a rebuild in progress ends with the projector's lock. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Fault('stopping', 'the projector stops'));
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) await this.#round(signal).catch((fault: unknown) => this.#notComparable(fault));
  }

  async #round(signal: AbortSignal): Promise<void> {
    await this.#refillOnce();
    const damage = await this.#untilDue(signal);
    signal.throwIfAborted();
    this.#refills.allowAgain(damage !== undefined);
    if (damage !== undefined) this.#damage = { epoch: this.#watched.state().generation.epoch, text: damage };
    else await this.#passOnce();
  }

  /**
   * Until the next comparison: none before the first one. After one that could not be ended there is always a rest, since a
   * fault may come without anything else having run in this process meanwhile.
   */
  async #untilDue(signal: AbortSignal): Promise<string | undefined> {
    if (!this.#isCompared && !this.#unfinished) return undefined;
    const woken = new AbortController();
    this.#wake = () => woken.abort();
    try {
      return await this.#watched.untilNext(AbortSignal.any([signal, woken.signal]), this.#within());
    } catch (reason) {
      if (signal.aborted || !woken.signal.aborted) throw reason;
      return this.#untilDue(signal);
    }
  }

  /** Milliseconds until the next comparison is due at the latest; undefined where only the usual one is. */
  #within(): number | undefined {
    const refill = this.#refills.wait(this.#short());
    const most = this.#isCompared ? MOST_REST.later : MOST_REST.awaited;
    const rest = this.#unfinished && restAfter(this.#unfinished, most);
    return rest === undefined || refill === undefined ? (rest ?? refill) : Math.min(rest, refill);
  }

  async #passOnce(): Promise<void> {
    const { alone, elapsed } = this.#watched;
    const began = elapsed();
    try {
      await alone(() => this.#pass());
      this.#unfinished = undefined;
    } catch (fault) {
      if (!isRetryable(fault)) throw fault;
      this.#noteUnfinished(fault, elapsed() - began);
    }
  }

  #noteUnfinished(fault: unknown, millis: number): void {
    this.#unfinished = { times: (this.#unfinished?.times ?? 0) + 1, millis, reason: textOf(fault) };
  }

  /** The next check may succeed. What is no damage of a part is not mended by filling the tables again. */
  #notComparable(fault: unknown): void {
    if (this.#stopping.signal.aborted) return;
    this.#inRows = [found('table_unreadable', `they cannot be compared with the log: ${textOf(fault)}`)];
    this.#isCompared = true;
    this.#unfinished = undefined;
    this.#refills.leave(this.#short());
  }

  async #refillOnce(): Promise<void> {
    const short = this.#short();
    const before = this.#inRows;
    if (short !== '')
      await this.#refills.attempt(short, async () => {
        await this.#watched.refill();
        /* The rows of large tables are not compared when the projector is resumed. */
        if (this.#inRows === before) this.#inRows = [];
      });
    if (this.#short() === '') this.#refills.reset();
  }

  /**
   * Compares what no longer changes, and in a pause what the newest batches have changed: the numbers of rows, which are
   * read from no row, and the rows themselves where they are few or something differs.
   */
  async #pass(): Promise<void> {
    const { checked, state, whilePaused } = this.#watched;
    const before = rangesBefore(parseEventPosition(state().position));
    const suspected = [...(await checkEvents(checked, before)), ...(await checkRows(checked, before))];
    await whilePaused(() => this.#comparePaused(suspected.length > 0 || this.findings().length > 0));
    this.#isCompared = true;
  }

  async #comparePaused(isSuspected: boolean): Promise<void> {
    const { checked, state } = this.#watched;
    const still = state();
    if (still.kind !== 'complete') return;
    const survey = await surveyTables(checked, still);
    this.#surveyed = survey.findings;
    if (isSuspected || survey.rows < COMPARED_STILL || survey.findings.length > 0) await this.#compareAll();
  }

  async #compareAll(): Promise<void> {
    this.#inRows = await checkRows(this.#watched.checked);
    this.#isCompared = true;
  }

  #short(): string {
    const details = this.findings().filter(({ code }) => code !== 'parts_detached');
    return [...new Set(details.map(({ detail }) => detail))].join('; ');
  }
}

/** What may succeed later. */
const isRetryable = (fault: unknown): boolean => fault instanceof Fault && fault.retryable;

/** As long as the comparison took, doubled with each further one that could not be ended. */
const restAfter = ({ times, millis }: Unfinished, most: number): number =>
  Math.min(most, Math.max(LEAST_REST, millis) * 2 ** (times - 1));
