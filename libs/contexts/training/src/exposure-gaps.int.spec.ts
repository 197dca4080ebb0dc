import { aFact, openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholeHistory } from './counted-history.ts';
import { exposureGaps } from './history-queries.ts';
import { trainingProjection } from './projection.ts';

/* Short ranges, and some that reach over the 64 steps in which they are joined. */
const length = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 20, max: 140 }));
const range = fc.record({ first: fc.integer({ min: 0, max: 200 }), length });
const anAttempt = fc.record({
  resumed: fc.integer({ min: 1, max: 200 }),
  ranges: fc.array(range, { minLength: 1, maxLength: 12 }),
  skipped: fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 12 }),
});
const aHistory = fc.array(anAttempt, { minLength: 1, maxLength: 2 });
type Attempts = readonly (typeof anAttempt extends fc.Arbitrary<infer Value> ? Value : never)[];

const factsOf = (attempts: Attempts, runId: string) =>
  attempts.flatMap(({ resumed, ranges, skipped }, before) => {
    const attempt = before + 1;
    const resumedFrom = before === 0 ? {} : { resumedFrom: { attempt: before, step: resumed } };
    const own = { runId, attempt };
    return [
      aFact('training.run.started', { ...own, model: { name: 'm' }, config: {}, seeds: {}, ...resumedFrom }),
      ...ranges.map(({ first, length }) =>
        aFact('training.exposure.recorded', {
          ...own,
          firstStep: first,
          lastStep: first + length - 1,
          unit: 'token' as const,
          method: 'measured' as const,
          amounts: [{ slice: 'a', amount: 1 }],
        }),
      ),
      ...(skipped.length === 0
        ? []
        : [aFact('training.steps.skipped', { ...own, steps: skipped, reason: 'nan' })]),
    ];
  });

const stepsFrom = (first: number, length: number): number[] => Array.from({ length }, (_, at) => first + at);

/** Steps of an attempt that count: up to where the next one goes on. */
const countedOf = (attempts: Attempts, of: (attempt: Attempts[number]) => readonly number[]): Set<number> =>
  new Set(
    attempts.flatMap((attempt, index) => {
      const end = attempts[index + 1]?.resumed ?? Infinity;
      return of(attempt).filter((step) => step <= end);
    }),
  );

/** The first step of a run, or the one that it has where it goes on with other numbers, its last, and its last mark; 0 is not known. */
type Bounds = {
  readonly first: number;
  readonly continued: number;
  readonly last: number;
  readonly mark: number;
};

/** Ascending steps, divided where one is left out. */
const stretchesOf = (steps: readonly number[]): number[][] =>
  steps.reduce<number[][]>((found, step) => {
    const open = found.at(-1);
    if (open?.at(-1) === step - 1) open.push(step);
    else found.push([step]);
    return found;
  }, []);

function beginOf(lowest: number, bounds: Bounds | undefined): number {
  if (!bounds || bounds.first === 0) return lowest;
  return Math.min(lowest, lowest + 1 < bounds.continued ? bounds.first : bounds.continued);
}

function endOf(lowest: number, bounds: Bounds | undefined): number {
  if (!bounds) return 0;
  return Math.max(bounds.last, lowest === 0 ? bounds.mark - 1 : bounds.mark);
}

/** The same, step by step: a step is missing where neither exposure nor a skip of it counts. */
function expectedOf(
  attempts: Attempts,
  run_id: string,
  { bounds, from = 0 }: { bounds?: Bounds; from?: number } = {},
) {
  const recorded = countedOf(attempts, ({ ranges }) =>
    ranges.flatMap(({ first, length }) => stepsFrom(first, length)),
  );
  const skipped = countedOf(attempts, (attempt) => attempt.skipped);
  if (recorded.size === 0) return [];
  const lowest = Math.min(...recorded);
  const first = beginOf(lowest, bounds);
  const last = Math.max(...recorded, endOf(lowest, bounds));
  const unrecorded = stepsFrom(first, last - first + 1).filter((step) => step >= from && !recorded.has(step));
  const gaps = stretchesOf(unrecorded).filter((steps) => steps.some((step) => !skipped.has(step)));
  const [gap] = gaps;
  const ends = { gap_from: gap?.[0] ?? null, gap_to: gap?.at(-1) ?? null };
  return [{ run_id, gaps: gaps.length, ...ends }];
}

const histories = fc
  .sample(aHistory, { seed: 53, numRuns: 24 })
  .map((attempts, index) => ({ attempts, run: `run-${index}` }));

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  const facts = histories.flatMap(({ attempts, run }) => factsOf(attempts, run));
  await project(store, trainingProjection, facts);
});
afterAll(() => store.remove());

/* None, of a run that begins at 1, of one that ends later too, of one that goes on from step 20, and of one whose first is not known. */
const BOUNDS: readonly (readonly [Bounds] | readonly [])[] = [
  [],
  [{ first: 1, continued: 1, last: 0, mark: 0 }],
  [{ first: 1, continued: 1, last: 250, mark: 100 }],
  [{ first: 1, continued: 20, last: 30, mark: 350 }],
  [{ first: 0, continued: 0, last: 0, mark: 350 }],
];

it.each(histories)(
  'finds the steps that no recorded range has, as counting step by step does ($run)',
  async ({ attempts, run }) => {
    const { reader } = store.engine;
    const as_of = [1_000_000];
    const history = await wholeHistory(reader, { run }, as_of);
    const segments = { run_ids: history.run_ids, attempts: history.attempts, ends: history.ends };
    const bounded = (bounds: readonly Bounds[], from_step: number) => ({
      ...segments,
      from_step,
      bounded: bounds.map(() => run),
      first_steps: bounds.map(({ first }) => first),
      continued_steps: bounds.map(({ continued }) => continued),
      last_steps: bounds.map(({ last }) => last),
      last_marks: bounds.map(({ mark }) => mark),
      as_of,
    });
    for (const [bounds] of BOUNDS)
      for (const from of [0, 130])
        expect(await reader.all(exposureGaps, bounded(bounds ? [bounds] : [], from))).toEqual(
          expectedOf(attempts, run, { ...(bounds ? { bounds } : {}), from }),
        );
  },
);

it('has gaps in some of the histories, and none in others', () => {
  const gaps = histories.flatMap(({ attempts, run }) => expectedOf(attempts, run).map((row) => row.gaps));
  expect(gaps.filter((count) => count === 0).length).toBeGreaterThan(2);
  expect(gaps.filter((count) => count > 1).length).toBeGreaterThan(2);
});
