import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import {
  columnCurve,
  curve,
  pointCurve,
  pointEvidence,
  stepEvidence,
  wholeHistory,
} from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import { answered, incomplete, MAX_EVIDENCE, withCorrectionsOf } from '../answer.ts';
import type { Evidence, Freshness } from '../answer.ts';
import { MetricOrigin } from '../generated/schema.ts';
import type { Curve, CurvePoint, QueryCurveArgs } from '../generated/schema.ts';
import { freshnessOfRun } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { noValue, originOf } from './metric-origin.ts';

/** Steps in a bucket of the two sizes. */
const BUCKET_STEPS = { fine: 64, coarse: 4096 } as const;

/** Metrics whose columns have rollups. */
const ROLLED_UP = ['loss', 'learningRate', 'gradNorm'] as const;

type Asked = {
  readonly run: string;
  readonly metric: string;
  readonly history: CountedHistory;
  readonly from_step: number;
  readonly to_step: number;
  readonly bucket_steps: 64 | 4096;
  /** Whether the question names no step. */
  readonly isWhole: boolean;
  readonly as_of: LogPosition;
};

/** What a curve is drawn from. */
type Drawn = {
  readonly rows: readonly RowOf<typeof curve>[];
  readonly evidence: Evidence;
  /** Why some values are not in it. */
  readonly reason?: string | undefined;
};

/** A metric of a run over its steps, whatever it was recorded by. */
export async function metricCurve(
  runtime: Runtime,
  tables: Freshness,
  { run, metric: named, origin: wanted, buckets, ...steps }: QueryCurveArgs,
): Promise<Curve> {
  const metric = named ?? 'loss';
  const { reader } = runtime.engine;
  const as_of = tables.position;
  const history = await wholeHistory(reader, { run }, as_of);
  const runs = [run, ...history.run_ids];
  const origin = await originOf(reader, { runs, name: metric, origin: wanted, as_of }, MetricOrigin.Steps);
  const bucket_steps = BUCKET_STEPS[buckets ?? 'fine'];
  const from_step = Math.max(0, steps.fromStep ?? 0);
  const to_step = steps.toStep ?? Number.MAX_SAFE_INTEGER;
  const isWhole = steps.fromStep === undefined && steps.toStep === undefined;
  const asked = { run, metric, history, from_step, to_step, bucket_steps, isWhole, as_of };
  const { rows, evidence, reason } = await drawn(reader, asked, to_step < from_step ? undefined : origin);
  const known = await withCorrectionsOf(runtime, await freshnessOfRun(reader, tables, run), runs);
  const whole = incomplete(known, origin ? reason : noValue(metric, wanted));
  return {
    ...answered(whole, evidence),
    run,
    metric,
    origin: origin ?? null,
    bucketSteps: bucket_steps,
    points: rows.map(pointOf),
  };
}

function drawn(reader: SqlReader, asked: Asked, origin: MetricOrigin | undefined): Promise<Drawn> {
  if (!origin) return Promise.resolve({ rows: [], evidence: { positions: [] } });
  return origin === MetricOrigin.Steps ? drawnFromSteps(reader, asked) : drawnFromPoints(reader, asked);
}

async function drawnFromSteps(reader: SqlReader, { metric, history, ...asked }: Asked): Promise<Drawn> {
  const rolledUp = ROLLED_UP.find((name) => name === metric);
  const [rows, [behind]] = await Promise.all([
    rolledUp
      ? reader.all(curve, { ...history, ...asked, metric: rolledUp })
      : reader.all(columnCurve, { ...history, ...asked, metric }),
    reader.all(stepEvidence, { ...history, first: MAX_EVIDENCE, as_of: asked.as_of }),
  ]);
  return { rows, evidence: { positions: behind?.evidence ?? [], total: behind?.evidence_total ?? 0 } };
}

/** Points of the run itself: a fork inherits steps, and points have no segments. */
async function drawnFromPoints(reader: SqlReader, { run, metric, isWhole, ...asked }: Asked): Promise<Drawn> {
  const params = { ...asked, run_ids: [run], key: metric };
  const [rows, [behind]] = await Promise.all([
    reader.all(pointCurve, params),
    reader.all(pointEvidence, { ...params, first: MAX_EVIDENCE }),
  ]);
  const outside = isWhole ? (behind?.outside ?? 0) : 0;
  return {
    rows,
    evidence: { positions: behind?.evidence ?? [], total: behind?.evidence_total ?? 0 },
    reason: outside === 0 ? undefined : `${outside} ${IN_NO_BUCKET}`,
  };
}

const IN_NO_BUCKET =
  'points without a step, or with one below 0, are in no bucket; `metricHistory` lists them';

const pointOf = (row: RowOf<typeof curve>): CurvePoint => ({
  step: row.step,
  values: row.value_count,
  low: row.lowest,
  mean: row.mean,
  high: row.highest,
});
