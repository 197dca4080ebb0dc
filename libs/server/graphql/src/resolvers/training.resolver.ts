import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { formatEventPosition } from '@tributary/kernel';
import type { RowOf, SqlReader } from '@tributary/kernel';
import {
  attemptReport,
  corrections,
  endOf,
  EVERY_STEP,
  listRuns,
  startedRuns,
  stepEvidence,
  stepGaps,
  unstartedRuns,
  wholeHistory,
} from '@tributary/training';
import type { CountedHistory, ListedRun } from '@tributary/training';
import {
  answered,
  evidenceOf,
  freshness,
  freshnessOfTables,
  incomplete,
  MAX_EVIDENCE,
  merged,
  withCorrectionsOf,
} from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { connectionFrom, sizeOf, totalOf } from '../connection.ts';
import type { Counted, Page } from '../connection.ts';
import {
  freshnessOfRun,
  isNode,
  requireExperiment,
  requireName,
  runRow,
  unknown,
  unstarted,
} from '../known.ts';
import type {
  AttemptReport,
  Correction,
  HistorySegment,
  Query,
  QueryBatchArgs,
  QueryCurveArgs,
  QueryExposureArgs,
  QueryExposureDifferenceArgs,
  QueryExposureGroupsArgs,
  QueryLossSpikesArgs,
  QueryMetricsArgs,
  QueryRunArgs,
  QueryRunReportArgs,
  QueryRunsArgs,
  QueryTrainingContentSummaryArgs,
  Run,
  RunSettings,
  StepGap,
} from '../generated/schema.ts';
import { contentSummary } from '../content-summary/content-summary.ts';
import { runBatch } from '../batch/run-batch.ts';
import { exposureDifference } from '../exposure/difference.ts';
import { doubtsOfHistory } from '../exposure/history-doubts.ts';
import { exposureGroups } from '../exposure/exposure-groups.ts';
import { runExposure } from '../exposure/run-exposure.ts';
import { listMetrics } from '../metrics/list-metrics.ts';
import { metricCurve } from '../metrics/metric-curve.ts';
import { runSettings } from '../metrics/run-settings.ts';
import type { SettingsPart } from '../metrics/run-settings.ts';
import { runSpikes } from '../spikes/run-spikes.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

/** Gaps that a report lists, and corrections. */
const MAX_LISTED = 1_000;

@Resolver()
export class TrainingResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('runs')
  async runs(@Args() { experiment, prefix, asOf, ...page }: QueryRunsArgs): Promise<RunPage> {
    const fresh = await freshness(this.#runtime, asOf);
    requireName('experiment', experiment, fresh);
    const { reader } = this.#runtime.engine;
    const [first, as_of] = [sizeOf(page), fresh.position];
    const ids = { experiment_id: experiment ?? null, run_id: null, run_ids: [], prefix: prefix ?? '' };
    const selection = { ...ids, after: page.after ?? '', first: first + 1, as_of };
    const found = await listRuns(reader, selection);
    /* A run with a plan and no start is in the first of the two lists, whatever else is recorded of it. */
    const unplanned = { ...selection, start_from: 0 } as const;
    const total = async () =>
      (await totalOf(reader, startedRuns, selection)) +
      (experiment ? 0 : await totalOf(reader, unstartedRuns, unplanned));
    const connection = connectionFrom(
      fresh,
      { found, first, total },
      {
        node: (row) => runOf({ reader, fresh }, row),
        cursor: ({ run_id }) => run_id,
        evidence: ({ evidence, mentions }) => ({ positions: evidence, total: mentions }),
      },
    );
    if (experiment && connection.nodes.length === 0) await requireExperiment(reader, fresh, experiment);
    return connection;
  }

  @GraphQuery('run')
  async run(@Args() { id, asOf }: QueryRunArgs): Promise<WithSettings> {
    const tables = await freshnessOfTables(this.#runtime, asOf);
    const fresh = await withCorrectionsOf(this.#runtime, tables, [id]);
    const { reader } = this.#runtime.engine;
    const row = await runRow(reader, fresh, id);
    if (row) return runOf({ reader, fresh }, row);
    if (await isNode(reader, fresh, `run:${id}`)) return mentionedRun({ reader, fresh }, id);
    throw unknown('run', id, fresh);
  }

  @GraphQuery('exposure')
  async exposure(@Args() { asOf, ...asked }: QueryExposureArgs): Promise<Query['exposure']> {
    return runExposure(this.#runtime, await freshnessOfTables(this.#runtime, asOf), asked);
  }

  @GraphQuery('exposureGroups')
  async exposureGroups(
    @Args() { asOf, ...asked }: QueryExposureGroupsArgs,
  ): Promise<Query['exposureGroups']> {
    return exposureGroups(this.#runtime, await freshnessOfTables(this.#runtime, asOf), asked);
  }

  @GraphQuery('exposureDifference')
  async exposureDifference(
    @Args() { asOf, ...asked }: QueryExposureDifferenceArgs,
  ): Promise<Query['exposureDifference']> {
    return exposureDifference(this.#runtime, await freshnessOfTables(this.#runtime, asOf), asked);
  }

  @GraphQuery('trainingContentSummary')
  async trainingContentSummary(
    @Args() { asOf, ...asked }: QueryTrainingContentSummaryArgs,
  ): Promise<Query['trainingContentSummary']> {
    return contentSummary(this.#runtime, await freshness(this.#runtime, asOf), asked);
  }

  @GraphQuery('lossSpikes')
  async lossSpikes(@Args() { asOf, ...asked }: QueryLossSpikesArgs): Promise<Query['lossSpikes']> {
    return runSpikes(this.#runtime, await freshness(this.#runtime, asOf), asked);
  }

  @GraphQuery('batch')
  async batch(@Args() { asOf, ...asked }: QueryBatchArgs): Promise<Counted<Known<'batch'>>> {
    return runBatch(this.#runtime, await freshnessOfTables(this.#runtime, asOf), asked);
  }

  @GraphQuery('metrics')
  async metrics(@Args() { asOf, ...asked }: QueryMetricsArgs): Promise<Counted<Known<'metrics'>>> {
    return listMetrics(this.#runtime, await freshnessOfTables(this.#runtime, asOf), asked);
  }

  @GraphQuery('curve')
  async curve(@Args() { asOf, ...asked }: QueryCurveArgs): Promise<Query['curve']> {
    return metricCurve(this.#runtime, await freshnessOfTables(this.#runtime, asOf), asked);
  }

  @GraphQuery('runReport')
  async runReport(@Args() { run, asOf }: QueryRunReportArgs): Promise<Query['runReport']> {
    const fresh = await freshnessOfTables(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const as_of = fresh.position;
    const known = await freshnessOfRun(reader, fresh, run);
    const history = await wholeHistory(reader, { run }, as_of);
    const own = history.run_ids.filter((id) => id === run).length;
    const ownAttempts = { attempts: history.attempts.slice(0, own), ends: history.ends.slice(0, own) };
    const [attempts, gaps, corrected, [behind]] = await Promise.all([
      reader.all(attemptReport, { run_id: run, ...ownAttempts, as_of }),
      reader.all(stepGaps, { run_id: run, first: MAX_LISTED + 1, as_of }),
      reader.all(corrections, { stream: `run/${run}`, first: MAX_LISTED + 1, as_of }),
      reader.all(stepEvidence, { ...history, ...EVERY_STEP, first: MAX_EVIDENCE, as_of }),
    ]);
    const listed = { gaps: gaps.slice(0, MAX_LISTED), corrections: corrected.slice(0, MAX_LISTED) };
    const lacking = [
      notListed('gaps between steps', gaps),
      notListed('corrections', corrected),
      ...doubtsOfHistory(history),
    ];
    const evidence = merged([
      ...attempts.map((attempt) => ({ positions: attempt.evidence })),
      { positions: listed.corrections.map(({ position }) => position) },
      { positions: behind?.evidence ?? [], total: behind?.evidence_total ?? 0 },
    ]);
    const whole = await withCorrectionsOf(this.#runtime, known, [run, ...history.run_ids]);
    return {
      ...answered(lacking.reduce<Freshness>(incomplete, whole), evidence),
      run,
      attempts: attempts.map(attemptOf),
      gaps: listed.gaps.map(gapOf),
      corrections: listed.corrections.map(correctionOf),
      history: segmentsOf(history),
    };
  }
}

type Known<Field extends keyof Query> = NonNullable<Query[Field]>;

const attemptOf = ({
  first_step: firstStep,
  last_step: lastStep,
  evidence,
  ...attempt
}: RowOf<typeof attemptReport>): AttemptReport => ({
  ...attempt,
  firstStep,
  lastStep,
  evidence: evidenceOf(evidence),
});

/** Why a list lacks rows, of which one more was read than it takes. */
const notListed = (what: string, read: readonly unknown[]): string | undefined =>
  read.length > MAX_LISTED ? `only the first ${MAX_LISTED} ${what} are listed` : undefined;

const gapOf = ({
  attempt,
  from_step: from,
  to_step: to,
  missing: steps,
}: RowOf<typeof stepGaps>): StepGap => ({
  attempt,
  from,
  to,
  steps,
});

const correctionOf = ({
  corrected_position,
  position,
  ...correction
}: RowOf<typeof corrections>): Correction => ({
  ...correction,
  corrected: formatEventPosition(corrected_position),
  by: formatEventPosition(position),
});

/** Attempts of which a step counts: of one that a later one began again from its first step, none does. */
const segmentsOf = (history: CountedHistory): HistorySegment[] =>
  history.run_ids.flatMap((run, index) => {
    const throughStep = endOf(history, index);
    if (throughStep !== null && throughStep < 0) return [];
    return [{ run, attempt: history.attempts[index] ?? 0, throughStep }];
  });

type Source = { readonly reader: SqlReader; readonly fresh: Freshness };

/** A run with what is only read where a question selects it. */
type WithSettings = Omit<Run, SettingsPart> & {
  readonly [Part in SettingsPart]: (
    asked: Page & { attempt?: number | null },
  ) => Promise<Counted<RunSettings>>;
};

type RunPage = Omit<Counted<Known<'runs'>>, 'nodes'> & { readonly nodes: readonly WithSettings[] };

const settingsOf = (
  { reader, fresh }: Source,
  named: { readonly run: string; readonly newest: number | null },
): Pick<WithSettings, SettingsPart> => ({
  config: (asked) => runSettings(reader, fresh, { ...named, ...asked, part: 'config' }),
  environment: (asked) => runSettings(reader, fresh, { ...named, ...asked, part: 'environment' }),
});

const runOf = ({ reader, fresh }: Source, row: ListedRun): WithSettings => ({
  ...settingsOf({ reader, fresh }, { run: row.run_id, newest: row.attempt || null }),
  ...answered([lackingStart(row), ...doubtsOfHistory(row)].reduce<Freshness>(incomplete, fresh), {
    positions: row.evidence,
    total: row.mentions,
  }),
  id: row.run_id,
  started: row.started,
  attempt: row.attempt || null,
  experiment: row.experiment_id || null,
  arm: row.arm || null,
  mixture: row.mixture_id || null,
  model: row.model || null,
  parameters: row.parameters,
  seed: row.seed,
  status: row.status,
  lastStep: row.last_step,
  tokens: row.tokens,
  lastLoss: row.last_loss,
});

/** A run of which nothing is recorded itself: another fact refers to it, such as a fork of it or a score. */
const mentionedRun = (source: Source, id: string): WithSettings => ({
  ...settingsOf(source, { run: id, newest: null }),
  ...answered(incomplete(source.fresh, unstarted(id)), { positions: [] }),
  id,
  started: false,
  attempt: null,
  experiment: null,
  arm: null,
  mixture: null,
  model: null,
  parameters: null,
  seed: null,
  status: 'unknown',
  lastStep: null,
  tokens: null,
  lastLoss: null,
});

function lackingStart({ run_id, started, unstarted_attempt }: ListedRun): string | undefined {
  if (!started) return unstarted(run_id);
  if (unstarted_attempt === null) return undefined;
  return `attempt ${unstarted_attempt} of run ${run_id} is recorded without its start`;
}
