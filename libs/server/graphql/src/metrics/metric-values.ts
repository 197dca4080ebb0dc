import { formatEventPosition, rfc3339 } from '@tributary/kernel';
import type { RowOf, SqlReader } from '@tributary/kernel';
import { metricHistory, stepHistory, wholeHistory } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import { incomplete, withCorrectionsOf } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { connectionOf, emptyConnection, sizeOf, unknownCursor } from '../connection.ts';
import type { Counted } from '../connection.ts';
import { MetricOrigin } from '../generated/schema.ts';
import type { MetricHistory, MetricPoint, NonFinite, QueryMetricHistoryArgs } from '../generated/schema.ts';
import { freshnessOfRun } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { doubtsOf, wholeSteps } from './metric-curve.ts';
import { noValue, originOf } from './metric-origin.ts';

const POINTS = { most: 10_000, usual: 1_000 };

/** The values of a metric of a run, page by page, whatever they were recorded by. */
export async function metricValues(
  runtime: Runtime,
  tables: Freshness,
  asked: QueryMetricHistoryArgs,
): Promise<Counted<MetricHistory>> {
  const { run, key: name } = asked;
  const { reader } = runtime.engine;
  const as_of = tables.position;
  const begun = pageBefore(asked);
  const history = await wholeHistory(reader, { run }, as_of);
  const wanted = { run, history, name, origin: asked.origin, as_of };
  const origin = begun?.origin ?? (await originOf(reader, wanted, MetricOrigin.Points));
  const runs = [run, ...history.run_ids];
  const known = await withCorrectionsOf(runtime, await freshnessOfRun(reader, tables, run), runs);
  const lacking = [origin ? undefined : noValue(name, asked.origin), ...doubtsOf(origin, history)];
  const fresh = lacking.reduce<Freshness>(incomplete, known);
  const page = { ...asked, after: begun?.key ?? '', first: sizeOf(asked, POINTS) };
  return {
    ...(await valuesOf({ reader, fresh }, { history, page, origin })),
    run,
    key: name,
    origin: origin ?? null,
  };
}

/**
 * The list that a page continues, and the key of its last value. The cursor says which facts those were of: others may have
 * come to hold the metric since. Throws Fault `unknown_cursor` for any other text, and where the question names other facts.
 */
function pageBefore(asked: QueryMetricHistoryArgs): { origin: MetricOrigin; key: string } | undefined {
  if (!asked.after) return undefined;
  const [named, ...rest] = asked.after.split('.');
  const key = rest.join('.');
  const origin = Object.values(MetricOrigin).find((one) => one === named);
  const isOther = asked.origin && asked.origin !== origin;
  if (!origin || isOther || !KEYS[origin].test(key)) throw unknownCursor(asked);
  return { origin, key };
}

/** Keys of step-history.sql (step and value) and of metric-history.sql (time, step and value). */
const KEYS: Readonly<Record<MetricOrigin, RegExp>> = {
  [MetricOrigin.Steps]: /^[\dA-F]{32}$/,
  [MetricOrigin.Points]: /^(?:~|[\dA-F]{16})[\dA-F]{32}$/,
};

type Source = { readonly reader: SqlReader; readonly fresh: Freshness };

type Wanted = {
  readonly history: CountedHistory;
  readonly page: QueryMetricHistoryArgs & { readonly after: string; readonly first: number };
  readonly origin: MetricOrigin | undefined;
};

async function valuesOf(source: Source, { history, page, origin }: Wanted) {
  if (!origin) return emptyConnection(source.fresh);
  return origin === MetricOrigin.Steps ? columnPage(source, history, page) : pointPage(source, page);
}

const partsOf = (origin: MetricOrigin) => ({
  cursor: ({ page_key }: { readonly page_key: string }) => `${origin}.${page_key}`,
  evidence: ({ position }: { readonly position: number }) => ({ positions: [position] }),
});

const pointPage = (source: Source, { run, key, fromStep, toStep, after, first }: Wanted['page']) =>
  connectionOf(
    source,
    metricHistory,
    {
      run_id: run,
      key,
      from_step: fromStep ?? null,
      to_step: toStep ?? null,
      after,
      first,
      skip: 0,
      as_of: source.fresh.position,
    },
    { ...partsOf(MetricOrigin.Points), node: pointOf },
  );

const columnPage = (
  source: Source,
  history: CountedHistory,
  { key, fromStep, toStep, after, first }: Wanted['page'],
) =>
  connectionOf(
    source,
    stepHistory,
    {
      ...history,
      ...wholeSteps(fromStep ?? null, toStep ?? null),
      metric: key,
      after,
      first,
      as_of: source.fresh.position,
    },
    {
      ...partsOf(MetricOrigin.Steps),
      node: ({ step_number, ...row }) => pointOf({ ...row, step: step_number, time: null }),
    },
  );

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
