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
import { doubtsOfHistory } from '../exposure/history-doubts.ts';
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
  /** The steps that the question is about; null where it names none. */
  readonly fromStep: number | null;
  readonly toStep: number | null;
  readonly bucket_steps: 64 | 4096;
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
  const origin = await originOf(
    reader,
    { run, history, name: metric, origin: wanted, as_of },
    MetricOrigin.Steps,
  );
  const bucket_steps = BUCKET_STEPS[buckets ?? 'fine'];
  const range = { fromStep: steps.fromStep ?? null, toStep: steps.toStep ?? null };
  const asked = { run, metric, history, ...range, bucket_steps, as_of };
  const { rows, evidence, reason } = await drawn(reader, asked, origin);
  const known = await withCorrectionsOf(runtime, await freshnessOfRun(reader, tables, run), runs);
  const lacking = [origin ? reason : noValue(metric, wanted), ...doubtsOf(origin, history)];
  const whole = lacking.reduce<Freshness>(incomplete, known);
  return {
    ...answered(whole, evidence),
    run,
    metric,
    origin: origin ?? null,
    bucketSteps: bucket_steps,
    points: rows.map(pointOf),
  };
}

/** Points have no segments: which steps count changes only what columns of steps say. */
export const doubtsOf = (origin: MetricOrigin | undefined, history: CountedHistory): string[] =>
  origin === MetricOrigin.Steps ? doubtsOfHistory(history) : [];

function drawn(reader: SqlReader, asked: Asked, origin: MetricOrigin | undefined): Promise<Drawn> {
  if (!origin) return Promise.resolve({ rows: [], evidence: { positions: [] } });
  return origin === MetricOrigin.Steps ? drawnFromSteps(reader, asked) : drawnFromPoints(reader, asked);
}

async function drawnFromSteps(
  reader: SqlReader,
  { metric, history, fromStep, toStep, bucket_steps, as_of }: Asked,
): Promise<Drawn> {
  const rolledUp = ROLLED_UP.find((name) => name === metric);
  const counted = { ...history, ...wholeSteps(fromStep, toStep), as_of };
  const [rows, [behind]] = await Promise.all([
    rolledUp
      ? reader.all(curve, { ...counted, bucket_steps, metric: rolledUp })
      : reader.all(columnCurve, { ...counted, bucket_steps, metric }),
    reader.all(stepEvidence, { ...counted, first: MAX_EVIDENCE }),
  ]);
  return { rows, evidence: { positions: behind?.evidence ?? [], total: behind?.evidence_total ?? 0 } };
}

/** The whole steps between two numbers; where there are none, the first one is above the last one. */
export function wholeSteps(
  from: number | null,
  to: number | null,
): { readonly from_step: number; readonly to_step: number } {
  const first = Math.max(0, Math.ceil(from ?? 0));
  const last = Math.min(Math.floor(to ?? Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
  return last < first ? { from_step: 1, to_step: 0 } : { from_step: first, to_step: last };
}

/** Points of the run itself: a fork inherits steps, and points have no segments. */
async function drawnFromPoints(
  reader: SqlReader,
  { run, metric, fromStep, toStep, bucket_steps, as_of }: Asked,
): Promise<Drawn> {
  const params = { run_id: run, key: metric, from_step: fromStep, to_step: toStep, as_of };
  const [rows, [behind]] = await Promise.all([
    reader.all(pointCurve, { ...params, bucket_steps }),
    reader.all(pointEvidence, { ...params, first: MAX_EVIDENCE }),
  ]);
  const outside = behind?.outside ?? 0;
  return {
    rows,
    evidence: { positions: behind?.evidence ?? [], total: behind?.evidence_total ?? 0 },
    reason: outside === 0 ? undefined : `${outside} ${IN_NO_BUCKET}`,
  };
}

const IN_NO_BUCKET = `points without a step, or with one below 0 or above ${Number.MAX_SAFE_INTEGER}, are in no bucket; \`metricHistory\` lists them`;

const pointOf = (row: RowOf<typeof curve>): CurvePoint => ({
  step: row.step,
  values: row.value_count,
  low: row.lowest,
  mean: row.mean,
  high: row.highest,
});
