import { formatEventPosition, rfc3339 } from '@tributary/kernel';
import type { RowOf, SqlReader } from '@tributary/kernel';
import { metricHistory, stepHistory, wholeHistory } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import { incomplete, withCorrectionsOf } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { connectionOf, sizeOf } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { MetricOrigin } from '../generated/schema.ts';
import type { MetricHistory, MetricPoint, NonFinite, QueryMetricHistoryArgs } from '../generated/schema.ts';
import { freshnessOfRun } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { noValue, originOf } from './metric-origin.ts';

const POINTS = { most: 10_000, usual: 1_000 };

/** The values of a metric of a run, page by page, whatever they were recorded by. */
export async function metricValues(
  runtime: Runtime,
  tables: Freshness,
  asked: QueryMetricHistoryArgs,
): Promise<Counted<MetricHistory>> {
  const { run, key } = asked;
  const { reader } = runtime.engine;
  const as_of = tables.position;
  const history = await wholeHistory(reader, { run }, as_of);
  const runs = [run, ...history.run_ids];
  const wanted = { runs, name: key, origin: asked.origin, as_of };
  const origin = await originOf(reader, wanted, MetricOrigin.Points);
  const known = await withCorrectionsOf(runtime, await freshnessOfRun(reader, tables, run), runs);
  const fresh = incomplete(known, origin ? undefined : noValue(key, asked.origin));
  const page = await (origin === MetricOrigin.Steps
    ? columnPage({ reader, fresh }, history, asked)
    : pointPage({ reader, fresh }, asked));
  return { ...page, run, key, origin: origin ?? null };
}

type Source = { readonly reader: SqlReader; readonly fresh: Freshness };

const parts = {
  cursor: ({ page_key }: { readonly page_key: string }) => page_key,
  evidence: ({ position }: { readonly position: number }) => ({ positions: [position] }),
};

const pointPage = (source: Source, { run, key, fromStep, toStep, ...page }: QueryMetricHistoryArgs) =>
  connectionOf(
    source,
    metricHistory,
    {
      run_id: run,
      key,
      from_step: fromStep ?? null,
      to_step: toStep ?? null,
      after: page.after ?? '',
      first: sizeOf(page, POINTS),
      skip: 0,
      as_of: source.fresh.position,
    },
    { ...parts, node: pointOf },
  );

const columnPage = (
  source: Source,
  history: CountedHistory,
  { key, fromStep, toStep, ...page }: QueryMetricHistoryArgs,
) =>
  connectionOf(
    source,
    stepHistory,
    {
      ...history,
      metric: key,
      ...wholeSteps(fromStep ?? 0, toStep ?? Number.MAX_SAFE_INTEGER),
      after: page.after ?? '',
      first: sizeOf(page, POINTS),
      as_of: source.fresh.position,
    },
    { ...parts, node: ({ step_number, ...row }) => pointOf({ ...row, step: step_number, time: null }) },
  );

/** The whole steps between two numbers; where there are none, the first one is above the last one. */
function wholeSteps(from: number, to: number): { from_step: number; to_step: number } {
  const [first, last] = [Math.max(0, Math.ceil(from)), Math.min(Math.floor(to), Number.MAX_SAFE_INTEGER)];
  return last < first ? { from_step: 1, to_step: 0 } : { from_step: first, to_step: last };
}

const pointOf = ({
  step,
  time,
  value,
  position,
}: Omit<RowOf<typeof metricHistory>, 'page_key'>): MetricPoint => ({
  step,
  time: time === null ? null : rfc3339(time),
  value: Number.isFinite(value) ? value : null,
  nonfinite: nonFiniteOf(value),
  evidence: formatEventPosition(position),
});

function nonFiniteOf(value: number): NonFinite | null {
  if (Number.isFinite(value)) return null;
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'positive_infinity' : 'negative_infinity';
}
