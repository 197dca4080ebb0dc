import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displace } from '../composition/displacement.ts';
import type { Decomposition } from '../effect.ts';
import { random } from '../numerics/random.ts';
import { aSwarm } from '../surfaces/planted-surfaces.fixture.ts';
import { fitSurface } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { finiteEffect } from '../surfaces/surface-effect.ts';
import type { Observations } from '../surfaces/surface.ts';
import { decomposeSurface } from './surface-decomposition.ts';

/** Few draws: laws of sums hold for any number. */
const fitted = (swarm: Observations): ResponseSurface => {
  const surface = fitSurface(swarm, random(1))!;
  return { ...surface, draws: surface.draws.slice(0, 8) };
};

const EVEN = { a: 0.25, b: 0.25, c: 0.25, d: 0.25 };
const sharesWith = (kept: number) =>
  Float64Array.from(Object.values(displace(EVEN, 'a', { rule: 'proportional' }, kept)!));

/** The effect of slice a from one share to another, the others in proportion, in parts. */
function split(
  surface: ResponseSurface,
  [from, to]: readonly [number, number] = [0.05, 0.25],
): Decomposition {
  const contrast = { more: sharesWith(to), less: sharesWith(from), direction: sharesWith(to) };
  const { value, interval } = finiteEffect(surface, contrast, 0.95);
  const found = {
    more: { mixture: 'even', share: to },
    less: { mixture: 'less', share: from },
    contrast,
    hullDistance: 0,
    isPartial: false,
  };
  const bundle = { estimate: value, interval, identification: 'randomised' } as const;
  return decomposeSurface(surface, { slice: 'a', level: 0.95, bundle, found, runs: 1, evidence: ['1'] });
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const estimates = ({ receivers }: Decomposition, part: 'own' | 'displaced' | 'gaveWay' | 'held' | 'moved') =>
  receivers.map((receiver) => receiver[part]?.estimate ?? Number.NaN);

const swarms = fc.record({
  coefficients: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 5, maxLength: 5 }),
  noise: fc.constantFrom(0.001, 0.1, 1),
  seed: fc.integer({ min: 1, max: 999 }),
  mixtures: fc.integer({ min: 10, max: 24 }),
  seeds: fc.integer({ min: 1, max: 2 }),
});

describe('the parts of a proportional effect of a surface', () => {
  it('add up to it for every swarm, and have its identification', () => {
    fc.assert(
      fc.property(swarms, ({ coefficients: [a, b, c, d, e], ...planted }) => {
        const law = (x: Float64Array) =>
          a! * x[0]! + b! * x[1]! + c! * Math.log(x[0]! + 0.05) + d! * x[2]! * x[0]! + e!;
        const parts = split(fitted(aSwarm(law, planted)));
        const { bundle, receivers, remainder } = parts;
        const scale = Math.abs(bundle.estimate) + bundle.interval!.high - bundle.interval!.low;
        const separated = receivers.filter(({ own }) => own !== null);
        const gaveWay = sumOf(separated.map((one) => one.gaveWay!.estimate));
        expect(Math.abs(gaveWay + remainder.estimate - bundle.estimate) / scale).toBeLessThan(1e-5);
        const whole = separated.flatMap(({ own, displaced, held, moved }) => [
          own!.estimate + displaced!.estimate,
          held && moved ? held.estimate + moved.estimate : bundle.estimate,
        ]);
        for (const sum of whole) expect(sum / scale).toBeCloseTo(bundle.estimate / scale, 9);
        for (const { own } of separated) expect(own!.identification).toBe('randomised');
        const all = separated.length === receivers.length;
        expect(remainder.estimate === 0 && remainder.interval === null).toBe(all);
      }),
      { seed: 5, numRuns: 12 },
    );
  });

  it('of two doses, one after the other, add up to those of both', () => {
    const surface = fitted(aSwarm((x) => Math.log(x[0]! + 0.02) * (1 + x[1]!), { mixtures: 24, seeds: 1 }));
    const [whole, upper, lower] = (
      [
        [0.05, 0.25],
        [0.12, 0.25],
        [0.05, 0.12],
      ] as const
    ).map((dose) => split(surface, dose));
    for (const part of ['own', 'displaced', 'gaveWay', 'held', 'moved'] as const) {
      const both = estimates(lower!, part).map((value, index) => value + estimates(upper!, part)[index]!);
      for (const [index, value] of estimates(whole!, part).entries())
        expect(both[index]).toBeCloseTo(value, 6);
    }
  });

  it('leave nothing to the slice where the outcome depends on what gave way alone', () => {
    const parts = split(
      fitted(aSwarm((x) => -2 * Math.sqrt(x[1]!), { mixtures: 40, seeds: 1, noise: 0.001 })),
    );
    const [inB, inC, inD] = parts.receivers;
    expect(parts.bundle.estimate).toBeGreaterThan(0.1);
    for (const part of [inB!.held!, inC!.own!, inD!.own!]) expect(Math.abs(part.estimate)).toBeLessThan(0.01);
    for (const part of [inB!.gaveWay!, inB!.moved!])
      expect(Math.abs(part.estimate - parts.bundle.estimate)).toBeLessThan(0.01);
  });

  it('leave nothing to what gave way where the outcome depends on the slice alone', () => {
    const parts = split(
      fitted(aSwarm((x) => -2 * Math.sqrt(x[0]!), { mixtures: 40, seeds: 1, noise: 0.001 })),
    );
    for (const moved of estimates(parts, 'moved')) expect(Math.abs(moved)).toBeLessThan(0.01);
    for (const held of estimates(parts, 'held'))
      expect(Math.abs(held - parts.bundle.estimate)).toBeLessThan(0.01);
  });
});

/** The swarm with c always twice as large as d. */
function tied(): Observations {
  const swarm = aSwarm((x) => x[0]! - x[2]!, { mixtures: 30, seeds: 1 });
  const shares = swarm.shares.map(([a, b, c, d]) => Float64Array.of(a!, b!, (c! + d!) / 2, (c! + d!) / 2));
  return { ...swarm, shares };
}

describe('a swap that no mixture supports', () => {
  const swarm = tied();
  const parts = split(fitted(swarm));
  const unknown = parts.receivers.filter(({ own }) => own === null);

  it('is said and left in the remainder, not extrapolated', () => {
    expect(parts.notSeparated).toEqual(['c', 'd']);
    expect(parts.remainder.interval).not.toBeNull();
    expect(parts.notIdentified).toMatchObject({ code: 'decomposition_not_identified' });
    expect(parts.notIdentified!.text).toContain('Needs runs of the mixtures swap:c, swap:d');
  });

  it('holds back what needs it, and nothing else', () => {
    expect(parts.receivers.map(({ held }) => held === null)).toEqual([true, true, true]);
    expect(parts.receivers[0]!.own).not.toBeNull();
  });

  it('is supported once the mixtures that are named were run', () => {
    const added = unknown.map(({ needed }) => Float64Array.from(needed!.shares, ({ share }) => share));
    const more: Observations = {
      ...swarm,
      mixtures: [...swarm.mixtures, ...added.map((_, index) => `added-${index}`)],
      shares: [...swarm.shares, ...added],
      values: Float64Array.from([...swarm.values, ...added.map(([a, , c]) => a! - c!)]),
    };
    expect(split(fitted(more)).notSeparated).toEqual([]);
  });
});
