import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { Fault } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { attemptReport, corrections, curve, exposure, runs, stepGaps } from '@tributary/training';
import { evidenceOf, freshness } from '../freshness.ts';
import type { AsOf } from '../freshness.ts';
import { endOf, wholeHistory } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';

const MAX_PAGE = 1000;

/** Gaps and corrections that a report lists. */
const MAX_LISTED = 1000;

type RunsArgs = { experiment?: string; first: number; after?: string; asOf?: string };
type ExposureArgs = { run: string; step?: number; by: 'domain' | 'slice' | 'shard'; asOf?: string };
type CurveArgs = {
  run: string;
  metric: 'loss' | 'learningRate' | 'gradNorm';
  buckets: 'fine' | 'coarse';
  asOf?: string;
};

/** Steps in a bucket of the two rollups. */
const BUCKET_STEPS = { fine: 64, coarse: 4096 } as const;

@Resolver()
export class TrainingResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('runs')
  async runs(@Args() { experiment, first, after, asOf }: RunsArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const size = Math.min(Math.max(first, 1), MAX_PAGE);
    const rows = await this.#runtime.engine.reader.all(runs, {
      experiment_id: experiment ?? null,
      run_id: null,
      after: after ?? '',
      first: size,
      as_of: fresh.places,
    });
    const next = rows.length === size ? rows.at(-1)?.run_id : undefined;
    return { ...fresh, runs: rows.map((row) => runOf(row, fresh.asOf)), next: next ?? null };
  }

  @Query('run')
  async run(@Args() { id, asOf }: { id: string; asOf?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { experiment_id: null, run_id: id, after: '', first: 1, as_of: fresh.places };
    const [row] = await this.#runtime.engine.reader.all(runs, params);
    return row ? runOf(row, fresh.asOf) : null;
  }

  @Query('exposure')
  async exposure(@Args() { run, step, by, asOf }: ExposureArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const sql = this.#runtime.engine.reader;
    const history = await wholeHistory(sql, run, 'exposure', fresh.places);
    const rows = await sql.all(exposure, { ...history, step: step ?? null, by, as_of: fresh.places });
    const units = new Set(rows.map(({ unit }) => unit));
    if (units.size > 1 || rows.some((row) => row.units > 1)) {
      throw new Fault('mixed_units', `run ${run} was counted in several units; amounts cannot be added`);
    }
    return { ...fresh, run, by, ...exposureOf(rows) };
  }

  @Query('curve')
  async curve(@Args() { run, metric, buckets, asOf }: CurveArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const bucket_steps = BUCKET_STEPS[buckets];
    const sql = this.#runtime.engine.reader;
    const history = await wholeHistory(sql, run, 'steps', fresh.places);
    const rows = await sql.all(curve, { ...history, metric, bucket_steps, as_of: fresh.places });
    const points = rows.map(({ step, value_count: values, lowest: low, mean, highest: high }) => ({
      step,
      values,
      low,
      mean,
      high,
    }));
    return { ...fresh, run, metric, bucketSteps: bucket_steps, points };
  }

  @Query('runReport')
  async runReport(@Args() { run, asOf }: { run: string; asOf?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const sql = this.#runtime.engine.reader;
    const history = await wholeHistory(sql, run, 'steps', fresh.places);
    const at = { run_id: run, as_of: fresh.places };
    const own = history.run_ids.filter((id) => id === run).length;
    const [attempts, gaps, corrected] = await Promise.all([
      sql.all(attemptReport, {
        ...at,
        attempts: history.attempts.slice(0, own),
        ends: history.ends.slice(0, own),
      }),
      sql.all(stepGaps, { ...at, first: MAX_LISTED }),
      sql.all(corrections, { stream: `run/${run}`, first: MAX_LISTED, as_of: fresh.places }),
    ]);
    return {
      ...fresh,
      run,
      attempts: attempts.map(attemptOf),
      gaps: gaps.map(({ attempt, from_step: from, to_step: to, missing: steps }) => ({
        attempt,
        from,
        to,
        steps,
      })),
      corrections: corrected.map(({ corrected_position, position, ...rest }) => ({
        ...rest,
        corrected: String(corrected_position),
        by: String(position),
      })),
      history: segmentsIn(history),
    };
  }
}

function attemptOf({ first_step, last_step, evidence, ...row }: RowOf<typeof attemptReport>) {
  return { ...row, firstStep: first_step, lastStep: last_step, evidence: evidenceOf(evidence) };
}

const segmentsIn = (history: CountedHistory) =>
  history.run_ids.map((run, index) => ({
    run,
    attempt: history.attempts[index],
    throughStep: endOf(history, index),
  }));

function runOf(row: RowOf<typeof runs>, asOf: AsOf) {
  return {
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
    asOf,
    evidence: evidenceOf(row.evidence),
  };
}

/** The weakest method names how a sum was counted. */
const METHODS = ['sampled', 'inferred', 'declared', 'reported', 'measured'];

function exposureOf(rows: readonly RowOf<typeof exposure>[]) {
  const total = rows.reduce((sum, { amount }) => sum + amount, 0);
  const unit = rows[0]?.unit ?? null;
  return {
    unit,
    total,
    step: rows.length > 0 ? Math.max(...rows.map(({ last_step }) => last_step)) : null,
    rows: rows.map((row) => ({
      slice: row.slice_name,
      shard: row.shard || null,
      tokens: unit === 'token' ? Math.round(row.amount) : null,
      amount: row.amount,
      share: total > 0 ? row.amount / total : 0,
      method: METHODS.find((method) => row.methods.split(',').includes(method)) ?? 'reported',
    })),
    evidence: evidenceOf([...new Set(rows.flatMap(({ evidence }) => evidence))]),
  };
}
