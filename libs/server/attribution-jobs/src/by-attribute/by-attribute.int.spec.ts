import { attributeAll, design, predictOutcome, asOneFamily } from '@tributary/attribution';
import type { Effect } from '@tributary/attribution';
import type { Fact } from '@tributary/contracts';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attributor } from '../attributor.ts';
import type { Attributor, EffectsRequest } from '../attributor.ts';
import type { Estimators } from '../estimators/pool.ts';
import { experimentFacts, recorded, storeOf } from '../experiment-facts.fixture.ts';
import { surfaceModel } from '../surface-model/surface-model.ts';

/** The facts with the shard of each exposed slice named: a slice `math` is the shard of that name, `math#hi` of it the other. */
const withShards = (facts: readonly Fact[]): Fact[] =>
  facts.map((fact) => {
    if (fact.type !== 'training.exposure.recorded') return fact;
    const amounts = fact.data.amounts.map(({ slice, amount }) => ({
      slice: slice.split('#', 1)[0] ?? slice,
      shardId: `shard/${slice}`,
      amount,
    }));
    const [first, ...rest] = amounts;
    return first ? { ...fact, data: { ...fact.data, amounts: [first, ...rest] } } : fact;
  });

const SHARES = { code: 25, 'math/plain': 25, text: 50 };
const ABLATION = withShards(
  experimentFacts('slices', [
    { arm: 'full', shares: SHARES, scores: [4, 4.1, 4.2] },
    { arm: 'wo_code', shares: { 'math/plain': 25, text: 50 }, scores: [4.6, 4.7, 4.8] },
  ]),
);
/** Both arms consume the same recorded slices; in one of them three quarters of the mathematics are another shard. */
const DENSER = withShards(
  experimentFacts('density', [
    { arm: 'full', shares: { text: 60, 'math#lo': 30, 'math#hi': 10 }, scores: [4, 4.1, 4.2] },
    { arm: 'dense', shares: { text: 60, 'math#lo': 10, 'math#hi': 30 }, scores: [3.6, 3.7, 3.8] },
  ]),
);
const SWARM = withShards(
  experimentFacts(
    'swarm',
    Array.from({ length: 24 }, (_, index) => {
      const [a, b, c] = [(index % 6) + 1, ((index * 5) % 7) + 1, ((index * 3) % 5) + 1];
      return { arm: `m${index}`, shares: { a, b, c }, scores: [(2 * a + b) / (a + b + c)] };
    }),
    'swarm',
  ),
);

type Measured = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

const measured = (attribute: string, shards: Measured, more: { readonly version?: string } = {}) =>
  Object.entries(shards).map(([slice, found]) => {
    const ref = `shard/${slice}`;
    const values =
      typeof found === 'number'
        ? [{ ref, value: found }]
        : Object.entries(found).map(([bucket, value]) => ({ ref, bucket, value }));
    const [first = { ref, value: 0 }, ...rest] = values;
    return recorded('corpus.attribute.measured', {
      attribute,
      subjectKind: 'shard',
      instrument: { name: 'reader', version: '1', ...more },
      method: 'measured',
      unit: 'documents',
      values: [first, ...rest],
    });
  });

const same = (slices: readonly string[]) =>
  Object.fromEntries(slices.map((slice) => [slice, { [slice]: 7 }]));
const MEASURED = [
  ...measured('topic', same(['code', 'math/plain', 'text', 'a', 'b', 'c'])),
  ...measured('steps', { 'math#lo': 1, 'math#hi': 5, text: 0, code: 0 }),
  ...measured('partly', { code: { program: 1 }, text: { prose: 1 } }),
  ...measured('spread', { code: { x: 1, y: 1 }, 'math/plain': { x: 1, y: 1 }, text: { x: 1, y: 1 } }),
  ...measured('__proto__', { code: { 'a:b>=c': 1 }, 'math/plain': { '🦑': 1 }, text: { unmeasured: 1 } }),
];
const RUNS = [...ABLATION, ...DENSER, ...SWARM];
const NOW = [RUNS.length + MEASURED.length];
const LATER = measured('topic', { code: { program: 1, prose: 3 } }, { version: '2' });

const estimators: Estimators = {
  attribute: (questions, experiment) => Promise.resolve(asOneFamily(attributeAll(questions, experiment))),
  predict: (request) => Promise.resolve(predictOutcome(request)),
  model: (request, origin) => Promise.resolve(surfaceModel(request, origin)),
  design: (question, experiment) => Promise.resolve(design(question, experiment)),
  rank: () => Promise.reject(new Error('not asked')),
  close: () => Promise.resolve(),
};

let store: TestStore;
let jobs: Attributor;
beforeAll(async () => {
  store = await storeOf([...RUNS, ...MEASURED, ...LATER]);
  jobs = attributor(store.engine.reader, estimators);
});
afterAll(() => store.remove());

const answerTo = async (request: EffectsRequest, asOf = NOW) => {
  const answer = await jobs.attribute({ displacement: 'proportional', ...request }, asOf);
  if (!answer.ok) throw new Error(answer.text);
  return answer;
};

const OWN = ['slices_by_attribute', 'measured_share', 'attribute_unmeasured'];
/** An effect without its names, its evidence and what only an answer by an attribute says. */
const bare = (effect: Effect | undefined) => ({
  ...effect,
  estimand: { ...effect?.estimand, slice: '' },
  evidence: [],
  decomposition: { ...effect?.decomposition, evidence: [] },
  warnings: effect?.warnings.filter(({ code }) => !OWN.includes(code)),
});

describe('effects over slices that an attribute defines', () => {
  it.each([
    ['slices', 'code', 'swap:text'],
    ['swarm', 'a', 'proportional'],
  ])(
    'are those of the recorded slices of %s where its values are these (%s, %s)',
    async (experiment, slice, displacement) => {
      const asked = { experiment, slices: [slice], displacement };
      const [one, other] = [await answerTo(asked), await answerTo({ ...asked, by: { attribute: 'topic' } })];
      expect(JSON.stringify(other.effects.map(bare))).toBe(JSON.stringify(one.effects.map(bare)));
      expect(other.effects[0]?.estimand.slice).toBe(`${slice} [attribute:topic]`);
      expect(other.counting).toMatchObject({
        method: 'measured',
        shards: 3,
        unmeasuredShards: 0,
        lacks: null,
      });
    },
  );

  it('tell what recorded slices cannot: a part of one slice in place of the rest of it, as by a threshold', async () => {
    const by = { attribute: 'steps', atLeast: 3 };
    const asked = { experiment: 'density', slices: ['steps>=3'], displacement: 'swap:steps<3/@math', by };
    const { effects, counting } = await answerTo(asked);
    expect(effects[0]).toMatchObject({
      effect: expect.closeTo(-0.4, 12),
      identification: 'controlled_ablation',
      estimand: {
        slice: 'steps>=3 [attribute:steps>=3]',
        contrast: {
          more: { mixture: 'dense', share: expect.closeTo(0.3, 12) },
          less: { mixture: 'full', share: expect.closeTo(0.1, 12) },
        },
      },
    });
    expect(effects[0]?.warnings.map(({ code }) => code)).toEqual(expect.arrayContaining(OWN.slice(0, 2)));
    expect(counting?.instruments).toEqual([{ name: 'reader', version: '1', normaliser: '', shards: 3 }]);
    const measurements = counting?.evidence.map(String) ?? [];
    expect(effects[0]?.evidence).toEqual(expect.arrayContaining(measurements));
  });

  it('are not identified where the attribute is a part of the recorded slices that the runs moved', async () => {
    const asked = { experiment: 'slices', slices: ['x'], by: { attribute: 'spread' } };
    const { effects } = await answerTo(asked);
    const none = { effect: null, interval: null, pValue: null, verdict: 'not_identified' };
    expect(effects).toMatchObject([none]);
    expect(effects[0]?.warnings[0]?.code).toBe('not_separable');
    expect(effects[0]?.warnings[0]?.text).toContain('50.0 % of code, 50.0 % of math/plain, 50.0 % of text');
  });

  it('count what was not measured as a slice of its own, and say so', async () => {
    const { effects, counting } = await answerTo({ experiment: 'slices', by: { attribute: 'partly' } });
    expect(effects.map(({ estimand }) => estimand.slice)).toEqual([
      'program [attribute:partly]',
      'prose [attribute:partly]',
    ]);
    expect(effects[0]).toMatchObject({ effect: expect.closeTo(-0.6, 12) });
    expect(effects[0]?.warnings.at(-1)?.code).toBe('attribute_unmeasured');
    expect(counting).toMatchObject({
      unmeasuredShards: 1,
      unmeasuredShare: expect.closeTo(1 / 3, 12),
      lacks: expect.stringContaining(
        'up to 33.3 % of a run is in the slice unmeasured, in shards shard/math/plain',
      ),
    });
  });

  it('are the same bytes as of an earlier position after shards were measured again', async () => {
    const asked = { experiment: 'slices', slices: ['code'], by: { attribute: 'topic' } };
    expect((await answerTo(asked)).effects[0]?.effect).toBeCloseTo(-0.6, 12);
    const after = await answerTo({ ...asked, slices: ['program'] }, [NOW[0]! + LATER.length]);
    expect(after.counting).toMatchObject({
      method: 'inferred',
      instruments: [{ version: '1' }, { version: '2' }],
    });
    expect(after.effects[0]?.warnings.map(({ code }) => code)).toContain('instruments_differ');
  });

  it('take any name as data', async () => {
    const asked = { experiment: 'slices', slices: ['a:b>=c'], by: { attribute: '__proto__' } };
    const [effect] = (await answerTo(asked)).effects;
    expect(effect).toMatchObject({ effect: expect.closeTo(-0.6, 12) });
    const { effects } = await answerTo({ ...asked, slices: undefined });
    expect(effects.map(({ estimand }) => estimand.slice)).toEqual(
      ['\\unmeasured', 'a:b>=c', '🦑'].map((value) => `${value} [attribute:__proto__]`),
    );
  });

  it('are refused where the attribute defines no slices, and for a slice that it does not define', async () => {
    const refusalOf = async (asked: EffectsRequest) =>
      jobs.attribute({ experiment: 'slices', displacement: 'proportional', ...asked }, NOW);
    expect(await refusalOf({ by: { attribute: 'steps' } })).toMatchObject({ refusal: 'threshold_missing' });
    expect(await refusalOf({ by: { attribute: 'topic' }, slices: ['hard'] })).toMatchObject({
      refusal: 'unknown_slice',
      text: expect.stringContaining('math/plain'),
    });
  });
});

it('predicts mixtures of the values as mixtures of the slices that they are', async () => {
  const shares = [
    { slice: 'a', share: 0.5 },
    { slice: 'b', share: 0.5 },
  ];
  const mixtures = [{ key: 'm', shares }];
  const one = await jobs.predict('swarm', mixtures, NOW);
  const other = await jobs.predict('swarm', mixtures, NOW, { by: { attribute: 'topic' } });
  if (!one.ok || !other.ok) throw new Error('refused');
  expect(other.rows).toEqual(one.rows);
  expect(other.counting).toMatchObject({ attribute: 'topic', shards: 3 });
  expect(other.evidence.length).toBe(one.evidence.length + 3);
});
