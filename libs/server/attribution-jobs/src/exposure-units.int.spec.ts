import type { Fact, FactCatalogue } from '@tributary/contracts';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effectOfCode } from './asked-effect.fixture.ts';
import { experimentFacts, recorded, storeOf } from './experiment-facts.fixture.ts';

type Exposure = FactCatalogue['training.exposure.recorded'];

/** Twice as many bytes of code as of text stand behind a token. */
const BYTES: Readonly<Record<string, number>> = { code: 5, text: 3 };

const inBytes = (exposure: Exposure, more: Partial<Exposure>): Fact => {
  const [first, ...rest] = exposure.amounts.map((one) => ({
    ...one,
    amount: one.amount * (BYTES[one.slice] ?? 0),
  }));
  return recorded('training.exposure.recorded', {
    ...exposure,
    unit: 'byte',
    amounts: [first ?? { slice: 'text', amount: 0 }, ...rest],
    ...more,
  });
};

const withShards = (exposure: Exposure): Exposure => {
  const [first, ...rest] = exposure.amounts.map((one) => ({ ...one, shardId: `shard/${one.slice}` }));
  return first ? { ...exposure, amounts: [first, ...rest] } : exposure;
};

/** An experiment whose runs record each range in tokens, and what `also` makes of that. */
const counted = (experiment: string, also: (exposure: Exposure) => Fact[]): Fact[] =>
  experimentFacts(experiment, [
    { arm: 'more', shares: { code: 50, text: 50 }, scores: [4, 4.1, 4.2] },
    { arm: 'less', shares: { code: 25, text: 75 }, scores: [4.6, 4.7, 4.8] },
  ]).flatMap((fact): Fact[] => {
    if (fact.type !== 'training.exposure.recorded') return [fact];
    const exposure = withShards(fact.data);
    return [recorded('training.exposure.recorded', exposure), ...also(exposure)];
  });

const ofFirst = (experiment: string, exposure: Exposure, fact: Fact): Fact[] =>
  exposure.runId === `${experiment}-more-s1` ? [fact] : [];

const FACTS = [
  ...counted('tokens', () => []),
  ...counted('both', (exposure) => [inBytes(exposure, {})]),
  ...counted('longer', (exposure) => ofFirst('longer', exposure, inBytes(exposure, { lastStep: 101 }))),
  ...counted('images', (exposure) =>
    ofFirst('images', exposure, inBytes(exposure, { amounts: [{ slice: 'image', amount: 9000 }] })),
  ),
  recorded('corpus.attribute.measured', {
    attribute: 'topic',
    subjectKind: 'shard',
    instrument: { name: 'reader', version: '1' },
    method: 'measured',
    unit: 'documents',
    values: [
      { ref: 'shard/code', bucket: 'code', value: 1 },
      { ref: 'shard/text', bucket: 'text', value: 1 },
    ],
  }),
];

let store: TestStore;
beforeAll(async () => {
  store = await storeOf(FACTS);
});
afterAll(() => store.remove());

const ASKED = [
  ['recorded slices', {}],
  ['slices of an attribute', { by: { attribute: 'topic' } }],
] as const;

const effectOf = (experiment: string, request: (typeof ASKED)[number][1]) =>
  effectOfCode(store, FACTS.length, { experiment, ...request });

describe.each(ASKED)('exposure in several units, by %s', (_what, request) => {
  it('is counted in tokens alone, which is said', async () => {
    const effect = await effectOf('both', request);
    const { estimand, effect: size, interval } = await effectOf('tokens', request);
    expect(effect).toMatchObject({ estimand, effect: size, interval });
    expect(effect.warnings).toContainEqual({
      code: 'exposure_units_left_out',
      text: expect.stringContaining('counted in token alone') as string,
    });
  });

  it.each(['longer', 'images'])(
    'leaves out a run whose tokens are not all of it, and names its units: %s',
    async (experiment) => {
      const effect = await effectOf(experiment, request);
      expect(effect).toMatchObject({ n: { runs: 5 } });
      expect(effect.warnings).toContainEqual({
        code: 'exposure_units_mixed',
        text: expect.stringContaining(`: ${experiment}-more-s1 (byte, token).`) as string,
      });
    },
  );
});
