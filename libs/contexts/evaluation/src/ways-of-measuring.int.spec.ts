import type { FactCatalogue } from '@tributary/contracts';
import { aFact, openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluationProjection } from './projection.ts';
import { changedScores, finalItems, scores } from './queries.ts';

type Scored = FactCatalogue['evaluation.score.recorded'];

const KEY = { capability: 'qa', benchmark: 'arc', metric: 'acc', harness: { name: 'lab', version: '1' } };

const scored = (more: Partial<Scored> & { readonly runId: string }) =>
  aFact('evaluation.score.recorded', {
    ...KEY,
    step: 5,
    value: 0.4,
    unit: 'accuracy',
    higherIsBetter: true,
    method: 'measured',
    ...more,
  });

/** What makes a score of the same benchmark, metric and step another quantity, each alone. */
const OTHERS: readonly (readonly [string, Partial<Scored>])[] = [
  ['number format', { precision: 'fp32' }],
  ['task', { taskHash: 'ab' }],
  ['unit', { unit: 'percent' }],
  ['direction', { higherIsBetter: false }],
  ['way of counting', { method: 'reported' }],
];

const items = (more: Partial<FactCatalogue['evaluation.items.recorded']>) =>
  aFact('evaluation.items.recorded', { ...KEY, runId: 'r', step: 5, itemIds: ['1'], values: [1], ...more });

const FACTS = [
  ...OTHERS.flatMap(([runId, other]) => [
    scored({ runId, precision: 'bf16' }),
    scored({ runId, precision: 'bf16', value: 0.45, ...other }),
  ]),
  items({ values: [1] }),
  items({ benchmark: 'other', values: [2] }),
  items({ metric: 'norm', values: [3] }),
  items({ shots: 5, values: [4] }),
  items({ step: 9, values: [5] }),
  aFact('evaluation.score.invalidated', { ...withoutHarness(), step: 9, reason: 'leak', actor: 'ada' }),
  aFact('evaluation.score.invalidated', {
    ...withoutHarness(),
    benchmark: 'other',
    reason: 'leak',
    actor: 'ada',
  }),
];
const [LAST, ITEMS] = [FACTS.length, 2 * OTHERS.length];

function withoutHarness() {
  const { harness: _, ...key } = KEY;
  return { ...key, runId: 'r' };
}

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await project(store, evaluationProjection, FACTS);
});
afterAll(() => store.remove());

describe.each(OTHERS.map(([run_id], at) => ({ run_id, first: 2 * at + 1 })))(
  'two scores that differ in $run_id alone',
  ({ run_id, first }) => {
    const read = (after: string, limit: number) =>
      store.engine.reader.all(scores, {
        run_ids: [run_id],
        capability: null,
        benchmark: null,
        after,
        first: limit,
        as_of: [LAST],
      });

    it('stand side by side, in pages of one order', async () => {
      const rows = await read('', 10);
      expect(rows.map(({ value, evidence }) => [value, evidence])).toEqual([
        [0.4, first],
        [0.45, first + 1],
      ]);
      expect(await read(rows[0]?.page_key ?? '', 1)).toEqual([rows[1]]);
    });

    it('do not replace each other in an answer', async () => {
      const asked = { positions: [first], since: [first], as_of: [LAST] };
      expect(await store.engine.reader.all(changedScores, asked)).toEqual([]);
    });
  },
);

describe('the items of a run', () => {
  const itemsAsOf = (as_of: number) =>
    store.engine.reader.all(finalItems, { run_ids: ['r'], capability: null, as_of: [as_of] });

  it('are those of each benchmark, metric and way of measuring', async () => {
    const rows = await itemsAsOf(ITEMS + 4);
    expect(rows).toMatchObject([
      { benchmark: 'arc', metric: 'acc', shots: null, harness_name: 'lab 1', item_values: [1] },
      { benchmark: 'arc', metric: 'acc', shots: 5, item_values: [4] },
      { benchmark: 'arc', metric: 'norm', item_values: [3] },
      { benchmark: 'other', metric: 'acc', item_values: [2] },
    ]);
  });

  it('are without those that were invalidated, from then on', async () => {
    const found = async (as_of: number) =>
      (await itemsAsOf(as_of)).map(({ last_step, item_values }) => [last_step, ...item_values]);
    const others = [
      [5, 4],
      [5, 3],
    ];
    expect(await found(ITEMS + 5)).toEqual([
      [5, 4],
      [9, 5],
      [5, 3],
      [5, 2],
    ]);
    expect(await found(ITEMS + 6)).toEqual([[5, 1], ...others, [5, 2]]);
    expect(await found(LAST)).toEqual([[5, 1], ...others]);
  });
});
