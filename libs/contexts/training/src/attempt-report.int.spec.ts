import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholeHistory } from './counted-history.ts';
import { trainingProjection } from './projection.ts';
import { attemptReport, stepGaps } from './queries.ts';
import { listRuns } from './run-list.ts';

/** Distinct steps of an attempt; a run has an attempt for each list. */
const steps = fc.uniqueArray(fc.nat(60), { maxLength: 8 });
const RUNS = fc.sample(fc.array(steps, { minLength: 1, maxLength: 3 }), { numRuns: 14, seed: 11 });
/** The cases that a sample could miss: no step, one step, two steps, and attempts of each kind in one run. */
const CASES = [[[]], [[7]], [[7, 9]], [[7], []], [[], [7]], [[1, 2, 5], [3], [], [4, 8]], ...RUNS];

const MODEL = { model: { name: 'm' }, config: {}, seeds: {} };
const STARTED = CASES.flatMap((attempts, index) =>
  attempts.flatMap((recorded, before) => {
    const named = { runId: `run-${index}`, attempt: before + 1 };
    const columns = { loss: recorded.map(() => 1) };
    return [
      aFact('training.run.started', { ...named, ...MODEL }),
      ...(recorded.length === 0
        ? []
        : [aFact('training.steps.recorded', { ...named, steps: recorded, columns })]),
    ];
  }),
);
/* The order of their bytes and of their UTF-16 units differ. */
const [EARLIER, LATER] = ['\uFFFD', '\u{1F600}'];
const UNSTARTED = ['a', 'run-00', 'z', EARLIER];
const unstarted = UNSTARTED.map((runId) =>
  aFact('training.steps.recorded', { runId, attempt: 2, steps: [1], columns: { loss: [1] } }),
);
const FACTS = [
  ...STARTED,
  aFact('training.run.started', { runId: LATER, attempt: 1, ...MODEL }),
  ...unstarted,
];
const as_of = [FACTS.length];

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await project(store, trainingProjection, FACTS);
});
afterAll(() => store.remove());

/** The most frequent distance of neighbouring steps, the smallest one of several; null for fewer than two steps. */
function intervalOf(recorded: readonly number[]): number | null {
  const sorted = recorded.toSorted((left, right) => left - right);
  const distances = sorted.slice(1).map((step, index) => step - (sorted[index] ?? 0));
  const timesOf = (distance: number) => distances.filter((other) => other === distance).length;
  const [usual] = distances.toSorted((left, right) => timesOf(right) - timesOf(left) || left - right);
  return usual ?? null;
}

function missingIn(recorded: readonly number[]): number {
  const interval = intervalOf(recorded);
  if (interval === null) return 0;
  const sorted = recorded.toSorted((left, right) => left - right);
  const distances = sorted.slice(1).map((step, index) => step - (sorted[index] ?? 0));
  return distances.reduce((sum, distance) => sum + Math.max(0, Math.floor(distance / interval) - 1), 0);
}

it.each(CASES.map((attempts, index) => [JSON.stringify(attempts), attempts, `run-${index}`] as const))(
  'reports attempts that recorded the steps %s',
  async (_text, attempts, run_id) => {
    const { reader } = store.engine;
    const history = await wholeHistory(reader, { run: run_id }, as_of);
    const params = { run_id, attempts: history.attempts, ends: history.ends, as_of };
    expect(await reader.all(attemptReport, params)).toMatchObject(
      attempts.map((recorded, before) => ({
        attempt: before + 1,
        steps: recorded.length,
        first_step: recorded.length === 0 ? null : Math.min(...recorded),
        last_step: recorded.length === 0 ? null : Math.max(...recorded),
        interval: intervalOf(recorded),
        missing: missingIn(recorded),
      })),
    );
    const gaps = await reader.all(stepGaps, { run_id, first: 1_000, as_of });
    const missing = gaps.reduce((sum, gap) => sum + gap.missing, 0);
    expect(missing).toBe(attempts.reduce((sum, recorded) => sum + missingIn(recorded), 0));
    const listed = { experiment_id: null, run_id, prefix: '', after: '', first: 1, as_of };
    expect(await listRuns(reader, listed)).toMatchObject([{ run_id, attempt: attempts.length }]);
  },
);

it('lists runs in pages in order of their id, those whose start is not recorded among them', async () => {
  const ids = [...new Set(FACTS.map(({ data }) => String(data.runId)))].toSorted((left, right) =>
    Buffer.compare(Buffer.from(left), Buffer.from(right)),
  );
  const found: string[] = [];
  for (let after = ''; found.length < ids.length;) {
    const params = { experiment_id: null, run_id: null, prefix: '', after, first: 2, as_of };
    const page = await listRuns(store.engine.reader, params);
    expect(page.length).toBe(Math.min(2, ids.length - found.length));
    for (const { run_id, started } of page) {
      expect(started).toBe(!UNSTARTED.includes(run_id));
      found.push(run_id);
    }
    after = found.at(-1) ?? '';
  }
  expect(found).toEqual(ids);
});
