import { describe, expect, it } from 'vitest';
import { shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { attribute } from '../index.ts';
import type { Decomposition, Effect, Experiment, ReceiverPart } from '../index.ts';
import { random } from '../numerics/random.ts';
import { FULL, mixtureOf, swapArms, WEIGHTS } from './swap-arms.fixture.ts';

const asked = { capability: 'math', slice: 'code', displacement: 'proportional' };

function effectOf(experiment: Experiment, more: object = {}): Effect {
  const answer = attribute({ ...asked, ...more }, experiment);
  if ('refusal' in answer) throw new Error(answer.text);
  return answer[0]!;
}

function partsOf(experiment: Experiment): Decomposition {
  const { decomposition } = effectOf(experiment);
  if (!decomposition) throw new Error('no decomposition');
  return decomposition;
}

const receiverOf = ({ receivers }: Decomposition, name: string): ReceiverPart =>
  receivers.find(({ receiver }) => receiver === name)!;

/** Outcome plus noise by arm and seed that is the same in every call. */
const noisy = (outcome: (shares: Composition) => number, sd = 0.002) => {
  const generator = random(11);
  return (shares: Composition) => outcome(shares) + sd * generator.normal();
};

const width = ({ low, high }: { readonly low: number; readonly high: number }) => high - low;

describe('a proportional effect in parts', () => {
  it('is that mathematics gave way, where the outcome depends on mathematics alone', () => {
    const parts = partsOf(swapArms({ outcome: noisy((shares) => 4 - 2 * shareOf(shares, 'math')) }));
    expect(parts.bundle.estimate).toBeCloseTo(0.2, 2);
    expect(receiverOf(parts, 'math').gaveWay?.estimate).toBeCloseTo(0.2, 2);
    for (const name of ['code_nl', 'web']) {
      expect(receiverOf(parts, name).own?.estimate).toBeCloseTo(0, 2);
      expect(receiverOf(parts, name).displaced?.estimate).toBeCloseTo(0.2, 2);
    }
    expect(parts.remainder.estimate).toBeCloseTo(0, 2);
  });

  it('is the own part of code in the place of every receiver, where the outcome depends on code alone', () => {
    const parts = partsOf(swapArms({ outcome: noisy((shares) => 4 + 0.4 * shareOf(shares, 'code')) }));
    for (const { own, displaced } of parts.receivers) {
      expect(own?.estimate).toBeCloseTo(0.1, 2);
      expect(displaced?.estimate).toBeCloseTo(0, 2);
    }
  });

  it('leaves the curvature of the outcome in the remainder', () => {
    const outcome = (shares: Composition) => 4 - 3 * shareOf(shares, 'math') ** 2;
    const parts = partsOf(swapArms({ outcome: noisy(outcome, 1e-6) }));
    const at = (into: string) => outcome(mixtureOf(FULL, { rule: 'swap', into }));
    const chord = Object.entries(WEIGHTS).reduce((sum, [into, weight]) => sum + weight * at(into), 0);
    expect(parts.remainder.estimate).toBeCloseTo(
      chord - outcome(mixtureOf(FULL, { rule: 'proportional' })),
      4,
    );
    expect(Math.abs(parts.remainder.estimate)).toBeGreaterThan(0.03);
  });

  it('names receivers, their weights and arms; a part of a slice where only that has an arm', () => {
    const outcome = noisy(() => 4);
    const parts = partsOf(swapArms({ outcome }));
    expect(parts.receivers.map(({ receiver, arm }) => [receiver, arm])).toEqual([
      ['code_nl', 'to_code_nl'],
      ['math', 'to_math'],
      ['web', 'to_web'],
    ]);
    for (const { receiver, weight } of parts.receivers) expect(weight).toBeCloseTo(WEIGHTS[receiver]!, 12);
    const split = partsOf(swapArms({ outcome, swaps: ['math/proof'] }));
    expect(split.receivers.map(({ receiver, arm }) => [receiver, arm])).toEqual([
      ['code_nl', null],
      ['math/plain', null],
      ['math/proof', 'to_math/proof'],
      ['web', null],
    ]);
    expect(split.notSeparated).toEqual(['code_nl', 'math/plain', 'web']);
  });

  it('agrees with the answer to the question about the swap', () => {
    const experiment = swapArms({ outcome: noisy((shares) => 4 - shareOf(shares, 'math')) });
    for (const paired of [true, false]) {
      const { own } = receiverOf(effectOf(experiment, { paired }).decomposition!, 'web');
      const swap = effectOf(experiment, { paired, displacement: 'swap:web' });
      expect(own?.estimate).toBeCloseTo(swap.effect!, 12);
      expect(own?.interval?.low).toBeCloseTo(swap.interval!.low, 12);
      expect(own?.interval?.high).toBeCloseTo(swap.interval!.high, 12);
      expect(own?.identification).toBe(swap.identification);
    }
  });
});

describe('the intervals of parts', () => {
  it('hold no error of the control where it cancels', () => {
    const wild = random(3);
    const outcome = noisy((shares) => 4 - shareOf(shares, 'math'));
    const loud = (shares: Composition, arm: string) => outcome(shares) + (arm === 'full' ? wild.normal() : 0);
    const { own, displaced } = receiverOf(
      effectOf(swapArms({ outcome: loud }), { paired: false }).decomposition!,
      'web',
    );
    expect(width(displaced!.interval!)).toBeLessThan(0.05 * width(own!.interval!));
  });

  it('hold no error of a seed that all arms share', () => {
    const outcome = noisy((shares) => 4 - shareOf(shares, 'math'));
    const bySeed = (shares: Composition, _arm: string, seed: number) => outcome(shares) + seed;
    const parts = partsOf(swapArms({ outcome: bySeed }));
    for (const part of [parts.remainder, ...parts.receivers.flatMap(({ own }) => own ?? [])]) {
      expect(part.interval).toMatchObject({ method: 'paired_t' });
      expect(width(part.interval!)).toBeLessThan(0.05);
    }
  });

  it('borrow the noise of other arms for an arm with one run, and are absent without any', () => {
    const outcome = noisy((shares) => 4 - shareOf(shares, 'math'));
    const single = swapArms({ outcome, seedsOf: (arm) => (arm === 'to_web' ? [1] : [1, 2, 3]) });
    expect(receiverOf(partsOf(single), 'web').own?.interval).toMatchObject({ method: 'borrowed_noise_t' });
    const alone = swapArms({ outcome, seedsOf: () => [1] });
    expect(receiverOf(partsOf(alone), 'web').own?.interval).toBeNull();
  });
});

describe('parts that are not identified', () => {
  it('name the arms, with their mixtures, runs and seeds', () => {
    const parts = partsOf(swapArms({ outcome: noisy(() => 4), swaps: ['web'] }));
    expect(parts.notIdentified).toEqual({
      code: 'decomposition_not_identified',
      text:
        'What code does in the place of single slices is not identified. Needs the arms swap:code_nl, swap:math: ' +
        'each with 0.0 % code, the freed 25.0 % in that slice alone and the rest as in full, 4 runs on the seeds 1, 2, 3, 4.',
    });
    expect(receiverOf(parts, 'code_nl')).toMatchObject({ own: null, displaced: null, gaveWay: null });
    expect(receiverOf(parts, 'code_nl').needed).toMatchObject({
      displacement: 'swap:code_nl',
      shares: expect.arrayContaining([{ slice: 'code_nl', share: expect.closeTo(0.4, 12) }]),
      runs: 4,
    });
    expect(parts.notSeparated).toEqual(['code_nl', 'math']);
  });

  it('become identified by the very arms that are named', () => {
    const outcome = noisy((shares) => 4 - shareOf(shares, 'math'));
    const before = partsOf(swapArms({ outcome, swaps: [] }));
    const swaps = before.receivers.map(({ needed }) => needed!.displacement.replace('swap:', ''));
    const after = partsOf(swapArms({ outcome, swaps }));
    expect(after.notIdentified).toBeNull();
    expect(after.receivers.every(({ own }) => own !== null)).toBe(true);
  });

  it('say why where an arm was measured in another way', () => {
    const experiment = swapArms({ outcome: noisy(() => 4) });
    const runs = experiment.runs.map((run) =>
      run.arm === 'to_web' ? { ...run, scores: { math: { ...run.scores['math']!, step: 500 } } } : run,
    );
    const web = receiverOf(partsOf({ ...experiment, runs }), 'web');
    expect(web).toMatchObject({ own: null, warnings: [{ code: 'evaluations_not_matched' }] });
  });

  it('are absent where the question is not about a proportional ablation', () => {
    const experiment = swapArms({ outcome: noisy(() => 4) });
    expect(effectOf(experiment, { displacement: 'swap:web' }).decomposition).toBeUndefined();
  });
});

describe('the identification of a part', () => {
  it('is lowered by a difference of its own arm, and that of the others is not', () => {
    const experiment = swapArms({ outcome: noisy(() => 4) });
    const runs = experiment.runs.map((run) =>
      run.arm === 'to_web' ? { ...run, facts: new Map([...run.facts!, ['hardware', 'another']]) } : run,
    );
    const parts = partsOf({ ...experiment, runs });
    expect(receiverOf(parts, 'web')).toMatchObject({
      own: { identification: 'associational' },
      displaced: { identification: 'associational' },
      warnings: [{ code: 'configuration_differs' }],
    });
    expect(receiverOf(parts, 'math').own?.identification).toBe('controlled_ablation');
    expect(parts.bundle.identification).toBe('controlled_ablation');
    expect(parts.remainder.identification).toBe('associational');
  });
});
