import { aFact, insertRows } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import type { Fact } from '@tributary/contracts';
import fc from 'fast-check';
import { trainingProjection } from './projection.ts';
import { trackerProjection } from './tracker/projection.ts';

/** A fact at a position of a log, and the position of the one that it corrects. */
export type Logged = { readonly position: number; readonly fact: Recorded; readonly corrects?: number };

type Recorded = Fact<'training.steps.recorded'> | Fact<'training.metrics.recorded'>;

/** Names of columns of their own, of members of objects, and others; points and columns share some. */
export const COLUMNS = ['loss', 'learningRate', 'gradNorm', 'tokens', 'eval_loss', '__proto__', 'toString'];
export const KEYS = ['loss', 'tokens', 'acc', '__proto__', 'eval_loss', 'é\n"'];

const NONFINITE = ['nan', '+inf', '-inf'] as const;

/** A finite value, one beyond single precision, one that is missing, or one that is not finite. */
const aValue = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -64, max: 64 }).map((value) => value / 16) },
  fc.constantFrom(null, 1e300, -1e39, ...NONFINITE),
);

type Value = number | null | (typeof NONFINITE)[number];

const isNonfinite = (value: Value): value is (typeof NONFINITE)[number] => typeof value === 'string';

/** An entry for each of the values, which is the last one of its index; every third is named another value before. */
const nonfiniteOf = (values: readonly Value[]) =>
  values.flatMap((value, index) => {
    if (!isNonfinite(value)) return [];
    const before = NONFINITE[index % 2] ?? 'nan';
    return index % 3 === 0
      ? [
          { index, value: before },
          { index, value },
        ]
      : [{ index, value }];
  });

const finiteOf = (values: readonly Value[]) => values.map((value) => (isNonfinite(value) ? null : value));

/** Steps on both sides of the ends of buckets of 4,096. */
const aFirstStep = fc.constantFrom(0, 60, 4_090, 4_095, 8_188, 100_000);

const aStepsFact = fc
  .record({
    attempt: fc.integer({ min: 1, max: 3 }),
    first: aFirstStep,
    columns: fc.array(
      fc.record({
        name: fc.constantFrom(...COLUMNS),
        values: fc.array(aValue, { minLength: 9, maxLength: 9 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ attempt, first, columns }) => {
    const byName = new Map(
      columns.map(({ name, values }) => [name, name === 'tokens' ? values.map(countOf) : values]),
    );
    const nonfinite = [...byName]
      .map(([name, values]) => [name, nonfiniteOf(values)] as const)
      .filter(([, entries]) => entries.length > 0);
    return aFact('training.steps.recorded', {
      runId: 'r',
      attempt,
      steps: Array.from({ length: 9 }, (_, index) => first + index),
      columns: Object.fromEntries([...byName].map(([name, values]) => [name, finiteOf(values)])),
      ...(nonfinite.length > 0 && { nonfinite: Object.fromEntries(nonfinite) }),
    });
  });

/** Tokens are whole numbers, where they are numbers. */
const countOf = (value: Value): Value =>
  typeof value === 'number' ? Math.abs(Math.round(value % 100)) : value;

const aPointsFact = fc
  .record({
    points: fc.array(
      fc.record({
        key: fc.constantFrom(...KEYS),
        step: fc.option(fc.oneof(aFirstStep, fc.constantFrom(-0, -3, 0.5, -5_000, 2 ** 53, 1e16))),
        time: fc.option(fc.constantFrom(1_000_000, 2_000_000)),
        value: aValue,
      }),
      { minLength: 1, maxLength: 6 },
    ),
    attempt: fc.option(fc.integer({ min: 1, max: 2 })),
    method: fc.option(fc.constantFrom('reported' as const, 'measured' as const)),
  })
  .map(({ points, attempt, method }) =>
    aFact('training.metrics.recorded', {
      runId: 'r',
      ...(attempt !== null && { attempt }),
      ...(method !== null && { method }),
      keys: points.map(({ key }) => key),
      steps: points.map(({ step }) => step),
      times: points.map(({ time }) => time),
      values: finiteOf(points.map(({ value }) => value)),
      nonfinite: nonfiniteOf(points.map(({ value }) => value)),
    }),
  );

const aPlan = fc.array(
  fc.record({
    fact: fc.oneof({ weight: 3, arbitrary: aStepsFact }, { weight: 2, arbitrary: aPointsFact }),
    /** What is done beside recording it: it is sent again under another id, or it corrects an earlier fact of its type. */
    also: fc.constantFrom('nothing', 'nothing', 'again', 'corrects'),
    which: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  }),
  { minLength: 12, maxLength: 24 },
);

/** A log of steps and points of one run, with batches that are sent again and corrections, also of corrections. */
export function randomMetrics(seed: number): Logged[] {
  const [plan = []] = fc.sample(aPlan, { seed, numRuns: 1 });
  const log: Logged[] = [];
  for (const { fact, also, which } of plan) {
    const position = log.length + 1;
    const earlier = log.filter((logged) => logged.fact.type === fact.type);
    const corrected = earlier[Math.floor(which * earlier.length)];
    log.push(
      also === 'corrects' && corrected
        ? { position, fact, corrects: corrected.position }
        : { position, fact },
    );
    if (also === 'again') log.push({ position: position + 1, fact });
  }
  return log;
}

/** What counts as of a position: of each fact and all that correct it, or a correction of it, the last one. */
export function countedAsOf(log: readonly Logged[], as_of: number): Logged[] {
  const rootOf = ({ position, corrects }: Logged): number => {
    const corrected = log.find((other) => other.position === corrects);
    return corrected ? rootOf(corrected) : position;
  };
  const last = new Map<number, Logged>();
  for (const logged of log) if (logged.position <= as_of) last.set(rootOf(logged), logged);
  return [...last.values()];
}

/** As `Logged`, of facts of any type. */
type AnyLogged = Omit<Logged, 'fact'> & { readonly fact: Fact };

/** Fills empty tables from a log, so many facts in a block. */
export async function fillFrom(store: TestStore, log: readonly AnyLogged[], block: number): Promise<void> {
  await store.renew();
  for (let from = 0; from < log.length; from += block) {
    const rows = log.slice(from, from + block).flatMap(({ position, fact }) => {
      const stamp = { _position: position, recorded_at: position };
      return [trainingProjection.project(fact, stamp), trackerProjection.project(fact, stamp)];
    });
    await insertRows(store.engine, `${from}`, rows);
  }
  const rows = log.flatMap(({ position, corrects, fact: { type } }) =>
    corrects === undefined
      ? []
      : [
          {
            corrected_position: corrects,
            type,
            stream: 'run/r',
            reason: 'r',
            actor: 'a',
            _position: position,
            recorded_at: position,
          },
        ],
  );
  if (rows.length > 0) await store.engine.insert({ table: 'tributary.log_correction', token: 'c', rows });
}
