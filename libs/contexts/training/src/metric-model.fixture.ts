import type { RowOf } from '@tributary/kernel';
import type { runMetrics } from './metric-queries.ts';
import { countedAsOf } from './random-metrics.fixture.ts';
import type { Logged } from './random-metrics.fixture.ts';

export type Metric = Omit<RowOf<typeof runMetrics>, 'page_key'>;

/** One recorded value of a metric. */
type RecordedValue = Pick<Metric, 'name' | 'origin'> & {
  readonly attempt: number;
  readonly method: string | undefined;
  readonly finite: boolean;
  readonly step: number | null;
  readonly position: number;
};

/** The definition: every value of the facts that count, by name and origin. */
export function metricsIn(log: readonly Logged[], as_of: number, attempt?: number): Metric[] {
  const groups = new Map<string, RecordedValue[]>();
  for (const logged of countedAsOf(log, as_of))
    for (const value of valuesOf(logged)) {
      if (attempt !== undefined && value.attempt !== attempt) continue;
      const key = `${Buffer.from(value.name).toString('hex')}.${value.origin}`;
      groups.set(key, [...(groups.get(key) ?? []), value]);
    }
  return [...groups]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, values]) => metricOf(values));
}

function metricOf(values: readonly RecordedValue[]): Metric[] {
  const [first] = values;
  if (!first) return [];
  const steps = values.flatMap(({ step }) => step ?? []);
  const positions = values.map(({ position }) => position);
  const methods = new Set(values.flatMap(({ method }) => method ?? []));
  return [
    {
      name: first.name,
      origin: first.origin,
      methods: [...methods].toSorted() as Metric['methods'],
      recorded_values: values.length,
      nonfinite: values.filter(({ finite }) => !finite).length,
      first_step: steps.length === 0 ? null : Math.min(...steps),
      last_step: steps.length === 0 ? null : Math.max(...steps),
      evidence: [Math.min(...positions), Math.max(...positions)],
    },
  ];
}

/** A step of -0 is step 0. */
const stepAt = (steps: readonly (number | null)[], index: number): number | null => {
  const step = steps[index] ?? null;
  return step === null ? null : step + 0;
};

function valuesOf({ position, fact }: Logged): RecordedValue[] {
  if (fact.type === 'training.metrics.recorded') {
    const { keys, values, steps, attempt = 0, method } = fact.data;
    return keys.map((name, index) => {
      const step = stepAt(steps, index);
      const finite = (values[index] ?? null) !== null;
      return { name, origin: 'points', attempt, method, step, finite, position };
    });
  }
  const { columns, nonfinite = {}, steps, attempt } = fact.data;
  const stated = new Map(Object.entries(nonfinite));
  return Object.entries(columns).flatMap(([name, values]) =>
    values.flatMap((value, index): RecordedValue[] => {
      const isStated = (stated.get(name) ?? []).some((entry) => entry.index === index);
      if (value === null ? !isStated : name === 'tokens' && value === 0) return [];
      const finite = value !== null && Number.isFinite(Math.fround(value));
      const step = steps[index] ?? null;
      return [{ name, origin: 'steps', attempt, method: undefined, step, finite, position }];
    }),
  );
}

const NONFINITE = new Map<string, number>([
  ['nan', Number.NaN],
  ['+inf', Infinity],
  ['-inf', -Infinity],
]);

type Value = { readonly step: number; readonly value: number; readonly position: number };
export type Range = { readonly from_step: number; readonly to_step: number };

/** The definition: values of a column in the steps that no later attempt supersedes. */
export function columnIn(log: readonly Logged[], as_of: number, name: string): Value[] {
  const facts = countedAsOf(log, as_of).flatMap(({ fact, position }) =>
    fact.type === 'training.steps.recorded' ? [{ ...fact.data, position }] : [],
  );
  return facts.flatMap(({ attempt, steps, columns, nonfinite = {}, position }) => {
    const later = facts.filter((other) => other.attempt > attempt).flatMap((other) => other.steps);
    const stated = new Map(Object.entries(nonfinite)).get(name) ?? [];
    const values = new Map(Object.entries(columns)).get(name) ?? [];
    return values.flatMap((number, index): Value[] => {
      const step = steps[index] ?? 0;
      const known = NONFINITE.get(stated.findLast((entry) => entry.index === index)?.value ?? '');
      const value = name === 'tokens' && number === 0 ? undefined : (number ?? known);
      if (value === undefined || step >= Math.min(...later)) return [];
      return [{ step, value: name === 'tokens' ? value : Math.fround(value), position }];
    });
  });
}

type Point = Omit<Value, 'step'> & { readonly step: number | null };

/** The definition: points of a metric, each once even if it was sent again. */
function distinctPoints(log: readonly Logged[], as_of: number, key: string): Point[] {
  const points = new Map<string, Point>();
  for (const { fact, position } of countedAsOf(log, as_of)) {
    if (fact.type !== 'training.metrics.recorded') continue;
    const { keys, steps, times, values, nonfinite = [] } = fact.data;
    for (const [index, name] of keys.entries()) {
      if (name !== key) continue;
      const stated = nonfinite.findLast((entry) => entry.index === index)?.value ?? 'nan';
      const [step, value] = [stepAt(steps, index), values[index] ?? NONFINITE.get(stated) ?? Number.NaN];
      points.set(`${step} ${times[index] ?? null} ${value}`, { step, value, position });
    }
  }
  return [...points.values()];
}

const inBucket = ({ step }: Point): boolean => step !== null && step >= 0 && step <= Number.MAX_SAFE_INTEGER;

/** Those in a bucket of a curve. */
export const pointsIn = (log: readonly Logged[], as_of: number, key: string): Value[] =>
  distinctPoints(log, as_of, key).flatMap((point) =>
    inBucket(point) ? [{ ...point, step: point.step ?? 0 }] : [],
  );

/** How many of those that a question is about are in no bucket; one without a step is between no two steps. */
export const pointsOutside = (
  log: readonly Logged[],
  as_of: number,
  { key, from_step, to_step }: { key: string; from_step: number | null; to_step: number | null },
): number =>
  distinctPoints(log, as_of, key).filter(
    (point) =>
      !inBucket(point) &&
      (from_step === null || (point.step ?? Number.NaN) >= from_step) &&
      (to_step === null || (point.step ?? Number.NaN) <= to_step),
  ).length;

export function bucketsOf(values: readonly Value[], bucket_steps: number) {
  const buckets = new Map<number, number[]>();
  for (const { step, value } of values) {
    const bucket = bucket_steps * Math.floor(step / bucket_steps);
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), ...(Number.isFinite(value) ? [value] : [])]);
  }
  return [...buckets]
    .filter(([, finite]) => finite.length > 0)
    .toSorted(([left], [right]) => left - right)
    .map(([step, finite]) => ({
      step,
      value_count: finite.length,
      mean: finite.toSorted((a, b) => a - b).reduce((sum, value) => sum + value / finite.length, 0),
      lowest: Math.min(...finite),
      highest: Math.max(...finite),
    }));
}

export const within = (values: readonly Value[], { from_step, to_step }: Range): Value[] =>
  values.filter(({ step }) => step >= from_step && step <= to_step);

type Listed = readonly [step: number, value: string, position: number];

export const asListed = ({
  step_number,
  value,
  position,
}: {
  step_number: number;
  value: number;
  position: number;
}): Listed => [step_number, String(value), position];

/** Distinct values in order of step and value, NaN last, each with its first position. */
export function listed(values: readonly Value[]): Listed[] {
  const firsts = new Map<string, Value>();
  for (const one of values.toSorted((left, right) => left.position - right.position)) {
    const key = `${one.step} ${one.value}`;
    if (!firsts.has(key)) firsts.set(key, one);
  }
  const rank = ({ value }: Value): number => (Number.isNaN(value) ? Infinity : value);
  const isNumber = ({ value }: Value): number => (Number.isNaN(value) ? 1 : 0);
  return [...firsts.values()]
    .toSorted((a, b) => a.step - b.step || isNumber(a) - isNumber(b) || (rank(a) < rank(b) ? -1 : 1))
    .map(({ step, value, position }) => [step, String(value), position]);
}
