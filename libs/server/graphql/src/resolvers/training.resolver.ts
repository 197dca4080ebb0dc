import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { Fault, formatEventPosition } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import {
  attemptReport,
  corrections,
  curve,
  endOf,
  exposure,
  runs,
  stepEvidence,
  stepGaps,
  wholeHistory,
} from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import { answered, evidenceOf, freshness, MAX_EVIDENCE, merged } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { connectionOf, sizeOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { ExposureUnit } from '../generated/schema.ts';
import type {
  Answer,
  AttemptReport,
  Correction,
  Exposure,
  HistorySegment,
  Method,
  Query,
  QueryCurveArgs,
  QueryExposureArgs,
  QueryRunArgs,
  QueryRunReportArgs,
  QueryRunsArgs,
  Run,
} from '../generated/schema.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

/** Gaps and corrections that a report lists. */
const MAX_LISTED = 1_000;

/** Steps in a bucket of the two rollups. */
const BUCKET_STEPS = { fine: 64, coarse: 4096 } as const;

@Resolver()
export class TrainingResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('runs')
  async runs(@Args() { experiment, asOf, ...page }: QueryRunsArgs): Promise<Counted<Query['runs']>> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const params = { experiment_id: experiment ?? null, run_id: null, after: page.after ?? '' };
    const paged = { ...params, first: sizeOf(page), as_of: fresh.position };
    return connectionOf({ reader, fresh }, runs, paged, {
      node: (row) => runOf(fresh, row),
      cursor: ({ run_id }) => run_id,
      evidence: ({ evidence }) => ({ positions: evidence }),
    });
  }

  @GraphQuery('run')
  async run(@Args() { id, asOf }: QueryRunArgs): Promise<Query['run']> {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { experiment_id: null, run_id: id, after: '', first: 1, as_of: fresh.position };
    const [row] = await this.#runtime.engine.reader.all(runs, params);
    return row ? runOf(fresh, row) : null;
  }

  @GraphQuery('exposure')
  async exposure(@Args() { run, step, by: named, asOf }: QueryExposureArgs): Promise<Query['exposure']> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const by = named ?? 'domain';
    const history = await wholeHistory(reader, run, 'exposure', fresh.position);
    const rows = await reader.all(exposure, { ...history, step: step ?? null, by, as_of: fresh.position });
    const units = new Set(rows.map(({ unit }) => unit));
    if (units.size > 1 || rows.some((row) => row.units > 1))
      throw new Fault(
        'mixed_units',
        `run ${run} was counted in several units; their amounts cannot be added`,
      );
    const positions = rows.flatMap(({ evidence }) => evidence);
    const evidence = { positions, total: rows[0]?.evidence_total ?? 0 };
    return { ...answered(fresh, evidence), run, by, ...exposureOf(rows) };
  }

  @GraphQuery('curve')
  async curve(@Args() { run, asOf, ...args }: QueryCurveArgs): Promise<Query['curve']> {
    const fresh = await freshness(this.#runtime, asOf);
    const metric = args.metric ?? 'loss';
    const bucket_steps = BUCKET_STEPS[args.buckets ?? 'fine'];
    const { reader } = this.#runtime.engine;
    const history = await wholeHistory(reader, run, 'steps', fresh.position);
    const as_of = fresh.position;
    const [rows, [behind]] = await Promise.all([
      reader.all(curve, { ...history, metric, bucket_steps, as_of }),
      reader.all(stepEvidence, { ...history, first: MAX_EVIDENCE, as_of }),
    ]);
    const points = rows.map(({ step, value_count: values, lowest: low, mean, highest: high }) => ({
      step,
      values,
      low,
      mean,
      high,
    }));
    const evidence = { positions: behind?.evidence ?? [], total: behind?.evidence_total ?? 0 };
    return { ...answered(fresh, evidence), run, metric, bucketSteps: bucket_steps, points };
  }

  @GraphQuery('runReport')
  async runReport(@Args() { run, asOf }: QueryRunReportArgs): Promise<Query['runReport']> {
    const fresh = await freshness(this.#runtime, asOf);
    const { reader } = this.#runtime.engine;
    const as_of = fresh.position;
    const history = await wholeHistory(reader, run, 'steps', as_of);
    const own = history.run_ids.filter((id) => id === run).length;
    const ownAttempts = { attempts: history.attempts.slice(0, own), ends: history.ends.slice(0, own) };
    const [attempts, gaps, corrected, [behind]] = await Promise.all([
      reader.all(attemptReport, { run_id: run, ...ownAttempts, as_of }),
      reader.all(stepGaps, { run_id: run, first: MAX_LISTED, as_of }),
      reader.all(corrections, { stream: `run/${run}`, first: MAX_LISTED, as_of }),
      reader.all(stepEvidence, { ...history, first: MAX_EVIDENCE, as_of }),
    ]);
    const evidence = merged([
      ...attempts.map((attempt) => ({ positions: attempt.evidence })),
      { positions: corrected.map(({ position }) => position) },
      { positions: behind?.evidence ?? [], total: behind?.evidence_total ?? 0 },
    ]);
    return {
      ...answered(fresh, evidence),
      run,
      attempts: attempts.map(attemptOf),
      gaps: gaps.map(({ attempt, from_step: from, to_step: to, missing: steps }) => ({
        attempt,
        from,
        to,
        steps,
      })),
      corrections: corrected.map(correctionOf),
      history: segmentsOf(history),
    };
  }
}

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

const correctionOf = ({
  corrected_position,
  position,
  ...correction
}: RowOf<typeof corrections>): Correction => ({
  ...correction,
  corrected: formatEventPosition(corrected_position),
  by: formatEventPosition(position),
});

const segmentsOf = (history: CountedHistory): HistorySegment[] =>
  history.run_ids.map((run, index) => ({
    run,
    attempt: history.attempts[index] ?? 0,
    throughStep: endOf(history, index),
  }));

const runOf = (fresh: Freshness, row: RowOf<typeof runs>): Run => ({
  ...answered(fresh, { positions: row.evidence }),
  id: row.run_id,
  attempt: row.attempt,
  experiment: row.experiment_id || null,
  arm: row.arm || null,
  mixture: row.mixture_id || null,
  model: row.model,
  parameters: row.parameters,
  seed: row.seed,
  status: row.status,
  lastStep: row.last_step,
  tokens: row.tokens,
  lastLoss: row.last_loss,
});

/** The weakest method names how a sum was counted. */
const FROM_WEAKEST: readonly Method[] = ['sampled', 'inferred', 'declared', 'reported', 'measured'];

function exposureOf(rows: readonly RowOf<typeof exposure>[]): Omit<Exposure, keyof Answer | 'run' | 'by'> {
  const total = rows.reduce((sum, { amount }) => sum + amount, 0);
  const unit = rows[0] ? valueOf(ExposureUnit, rows[0].unit, 'the unit of an exposure') : null;
  return {
    unit,
    total,
    step: rows.length > 0 ? rows.reduce((last, row) => Math.max(last, row.last_step), 0) : null,
    rows: rows.map((row) => ({
      slice: row.slice_name,
      shard: row.shard || null,
      tokens: unit === 'token' ? Math.round(row.amount) : null,
      amount: row.amount,
      share: total > 0 ? row.amount / total : 0,
      method: FROM_WEAKEST.find((method) => row.methods.split(',').includes(method)) ?? 'reported',
    })),
  };
}
