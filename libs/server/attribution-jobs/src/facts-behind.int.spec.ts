import type { Fact } from '@tributary/contracts';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { effectOfCode } from './asked-effect.fixture.ts';
import { experimentFacts, recorded, storeOf } from './experiment-facts.fixture.ts';

const RUN = 'lab-more-s1';
const MORE: readonly (readonly [string, Fact])[] = [
  [
    'items',
    recorded('evaluation.items.recorded', {
      runId: RUN,
      step: 100,
      capability: 'reasoning',
      benchmark: 'held-out',
      metric: 'bits',
      harness: { name: 'lab', version: '1' },
      itemIds: ['1', '2'],
      values: [4, 4],
    }),
  ],
  [
    'skipped steps',
    recorded('training.steps.skipped', { runId: RUN, attempt: 1, steps: [7], reason: 'nan' }),
  ],
  ['parameters', recorded('training.run.annotated', { runId: RUN, params: { dropout: '0.1' } })],
];
const FACTS = [
  ...experimentFacts('lab', [
    { arm: 'more', shares: { code: 50, text: 50 }, scores: [4, 4.1, 4.2] },
    { arm: 'less', shares: { code: 25, text: 75 }, scores: [4.6, 4.7, 4.8] },
  ]),
  ...MORE.map(([, fact]) => fact),
];

let store: TestStore;
beforeAll(async () => {
  store = await storeOf(FACTS);
});
afterAll(() => store.remove());

it.each(MORE.map(([what, fact]) => ({ what, position: String(FACTS.indexOf(fact) + 1) })))(
  'an effect has among its evidence the $what that decide about it, so that their correction outdates it',
  async ({ position }) => {
    const { evidence } = await effectOfCode(store, FACTS.length, { experiment: 'lab' });
    expect(evidence).toContain(position);
  },
);
