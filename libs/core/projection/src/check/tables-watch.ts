import type { EventLog } from '@tributary/event-log';
import { Fault, formatEventPosition, parseEventPosition } from '@tributary/kernel';
import type { Clock, SqlReader } from '@tributary/kernel';
import type { ProjectorOptions } from '../projector-options.ts';
import type { CompleteState, WorkingState } from '../state/tables-state.ts';
import { insertDigests } from './check-events.ts';
import { checkEvents, checkRows, found, rangesBefore, surveyTables } from './check-tables.ts';
import type { CheckedTables, TablesFinding } from './check-tables.ts';
import { RefillAttempts, textOf } from './refill-attempts.ts';

/** How tables are compared with what was counted when they were filled, and with the log. */
export type TableChecks = {
  readonly digestAt: EventLog['digestAt'];
  /** Reads the live tables. */
  readonly reader: SqlReader;
  readonly clock: Clock;
  /**
   * Resolves when the next check in the background is due, at the latest after so many milliseconds, or sooner with what a
   * question could not read: then the tables are filled again. Rejects when the signal aborts.
   */
  readonly untilNext: (signal: AbortSignal, within?: number) => Promise<string | undefined>;
};

/** Tables with fewer rows are compared row by row while nothing is inserted. That takes about a second. */
const COMPARED_STILL = 5_000_000;

export type Watched = {
  readonly options: Pick<ProjectorOptions, 'log' | 'projections' | 'sink'>;
  readonly checked: CheckedTables;
  readonly clock: Clock;
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
  readonly #refills: RefillAttempts;
  #running: Promise<void> | undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#refills = new RefillAttempts(watched.clock);
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
    return this.#isCompared ? undefined : 'the rows of the tables have not been compared with the log yet';
  }

  /**
   * Compares the tables while nothing is inserted. Throws Fault `log_behind_tables` where they hold events that the log
   * does not have, `tables_of_another_log`, and those of the reader.
   */
  async checkStill(state: CompleteState): Promise<void> {
    const { checked, options } = this.#watched;
    const survey = await surveyTables(checked, state);
    await requireSameLog(options.log, survey, state);
    if (survey.findings.length === 0 && survey.undigested.length > 0)
      await insertDigests(options.sink, survey.undigested, { logId: checked.logId, state });
    this.#surveyed = survey.findings;
    if (survey.rows < COMPARED_STILL) await this.#compareAll();
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
    const wait = this.#refills.wait(this.#short());
    const damage = this.#isCompared ? await this.#watched.untilNext(signal, wait) : undefined;
    signal.throwIfAborted();
    this.#refills.allowAgain(damage !== undefined);
    if (damage !== undefined) this.#damage = { epoch: this.#watched.state().generation.epoch, text: damage };
    else await this.#watched.alone(() => this.#pass()).catch(unlessRetryable);
  }

  /** The next check may succeed. What is no damage of a part is not mended by filling the tables again. */
  #notComparable(fault: unknown): void {
    if (this.#stopping.signal.aborted) return;
    this.#inRows = [found('table_unreadable', `they cannot be compared with the log: ${textOf(fault)}`)];
    this.#isCompared = true;
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

/** The next pass tries again what may succeed later. */
function unlessRetryable(fault: unknown): void {
  if (!(fault instanceof Fault) || !fault.retryable) throw fault;
}

type Survey = Awaited<ReturnType<typeof surveyTables>>;

/** The log is the only truth, so tables that know more than it are not emptied, and nothing is served. */
async function requireSameLog(
  log: ProjectorOptions['log'],
  { otherLogs, findings, rows, last }: Survey,
  { position }: CompleteState,
): Promise<void> {
  const reached = parseEventPosition(position);
  if (otherLogs.length > 0 || (rows > 0 && reached === 0))
    throw new Fault(
      'tables_of_another_log',
      'the tables hold rows of another log: put back the log that they were filled from, or delete the tables, which are filled again from this log',
    );
  const other = findings.find(({ code }) => code === 'other_events');
  if (other)
    throw new Fault(
      'tables_of_another_log',
      `the tables are not this log's: ${other.detail}. Two copies of one directory went on, each by itself. Put the log and the tables of one copy together again, or delete the tables, which are filled again from this log`,
    );
  if (last <= reached) return;
  const [event] = await log.read({ after: formatEventPosition(last - 1), limit: 1, maxBytes: 1 });
  if (event) return;
  throw new Fault(
    'log_behind_tables',
    `the tables hold events up to ${formatEventPosition(last)}, and the log does not have that event: it was cut, or an older copy of it was put back; restore the newer log, or delete the tables, which are filled again from this one`,
  );
}
