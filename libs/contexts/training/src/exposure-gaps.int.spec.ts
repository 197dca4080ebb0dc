import { aFact, openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholeHistory } from './counted-history.ts';
import { exposureGaps } from './history-queries.ts';
import { trainingProjection } from './projection.ts';

const range = fc.record({ first: fc.integer({ min: 1, max: 40 }), length: fc.integer({ min: 1, max: 6 }) });
const anAttempt = fc.record({
  resumed: fc.integer({ min: 1, max: 30 }),
  ranges: fc.array(range, { minLength: 1, maxLength: 6 }),
  skipped: fc.uniqueArray(fc.integer({ min: 1, max: 46 }), { maxLength: 8 }),
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

/** The same, step by step: a step is missing where neither exposure nor a skip of it counts. */
function expectedOf(attempts: Attempts, run_id: string) {
  const endOf = (index: number): number => (index === 0 && attempts[1] ? attempts[1].resumed : Infinity);
  const recorded = new Set<number>();
  const skipped = new Set<number>();
  for (const [index, attempt] of attempts.entries()) {
    for (const { first, length } of attempt.ranges)
      for (let step = first; step < first + length; step += 1) if (step <= endOf(index)) recorded.add(step);
    for (const step of attempt.skipped) if (step <= endOf(index)) skipped.add(step);
  }
  if (recorded.size === 0) return [];
  const [first, last] = [Math.min(...recorded), Math.max(...recorded)];
  const gaps: [number, number][] = [];
  for (let step = first; step <= last; step += 1) {
    if (recorded.has(step)) continue;
    const [begin, end] = gaps.at(-1) ?? [0, 0];
    if (end === step - 1 && begin > 0) gaps[gaps.length - 1] = [begin, step];
    else gaps.push([step, step]);
  }
  const open = gaps.filter(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at).some((step) => !skipped.has(step)),
  );
  const [gap_from, gap_to] = open[0] ?? [null, null];
  return [{ run_id, first_counted: first, last_counted: last, gaps: open.length, gap_from, gap_to }];
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

it.each(histories)(
  'finds the steps that no recorded range has, as counting step by step does ($run)',
  async ({ attempts, run }) => {
    const { reader } = store.engine;
    const as_of = [1_000_000];
    const history = await wholeHistory(reader, { run }, as_of);
    const segments = { run_ids: history.run_ids, attempts: history.attempts, ends: history.ends };
    expect(await reader.all(exposureGaps, { ...segments, as_of })).toEqual(expectedOf(attempts, run));
  },
);

it('has gaps in some of the histories, and none in others', () => {
  const gaps = histories.flatMap(({ attempts, run }) => expectedOf(attempts, run).map((row) => row.gaps));
  expect(gaps.filter((count) => count === 0).length).toBeGreaterThan(2);
  expect(gaps.filter((count) => count > 1).length).toBeGreaterThan(2);
});
