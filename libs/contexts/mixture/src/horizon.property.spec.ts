import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plannedExposure } from './horizon.ts';
import type { Registered } from './horizon.ts';
import type { PhaseInForce } from './replay.ts';

const SLICES = ['code', 'web/en', 'web/de'];

const aPhase = fc.record({
  gap: fc.nat(5),
  length: fc.integer({ min: 1, max: 50 }),
  weights: fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
});

const phases = fc.array(aPhase, { minLength: 1, maxLength: 3 }).map((all): PhaseInForce[] => {
  let next = 1;
  return all.map(({ gap, length, weights }) => {
    const firstStep = next + gap;
    next = firstStep + length;
    return phaseOf({ firstStep, lastStep: next - 1 }, weights);
  });
});

const phaseOf = (
  steps: Pick<PhaseInForce, 'firstStep' | 'lastStep'>,
  weights: readonly number[],
  unit = 'token_share',
): PhaseInForce => ({
  ...steps,
  mixture_id: 'm',
  decision: 1,
  unit,
  missing: [],
  phase: 'p',
  from_step: steps.firstStep,
  ends_at: null,
  weights: weights.map((weight, at) => [SLICES[at] ?? '', weight]),
});

const registered = fc.array(
  fc
    .record({
      slice: fc.constantFrom('code/py', 'code', 'web/en', 'web', 'prose'),
      part: fc.constantFrom('a', 'b', 'c'),
      tokens: fc.bigInt({ min: 0n, max: 10n ** 12n }),
      repeats: fc.constantFrom(1n, 1n, 4n),
      shards: fc.integer({ min: 1, max: 9 }),
      unknownShards: fc.constantFrom(0, 0, 0, 1),
    })
    .map(({ repeats, ...one }) => ({ ...one, listed: one.tokens * repeats })),
  { maxLength: 8 },
);

const tokens = fc.bigInt({ min: 0n, max: 10n ** 13n });
const steps = fc.integer({ min: 1, max: 200 });

const planned = (
  all: PhaseInForce[],
  horizon: { tokens: bigint; steps?: number },
  known: Registered[] = [],
) => {
  const answer = plannedExposure(all, horizon, known);
  return answer.ok ? answer : { parts: [], withoutPlan: -1n };
};

it('divides every token of the horizon over parts of slices and steps without a plan', () => {
  fc.assert(
    fc.property(phases, tokens, steps, registered, (all, horizon, upTo, known) => {
      const { parts, withoutPlan } = planned(all, { tokens: horizon, steps: upTo }, known);
      expect(parts.reduce((sum, part) => sum + part.tokens, withoutPlan)).toBe(horizon);
      expect(parts.every((part) => part.tokens >= 0n && SLICES.includes(part.slice))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

it('takes nothing from a part where the horizon is further', () => {
  fc.assert(
    fc.property(phases, tokens, tokens, steps, registered, (...[all, horizon, more, upTo, known]) => {
      const before = planned(all, { tokens: horizon, steps: upTo }, known);
      const after = planned(all, { tokens: horizon + more, steps: upTo }, known);
      expect(after.parts.map(({ slice, part }) => [slice, part])).toEqual(
        before.parts.map(({ slice, part }) => [slice, part]),
      );
      expect(after.parts.every((part, at) => part.tokens >= (before.parts[at]?.tokens ?? 0n))).toBe(true);
      expect(after.withoutPlan).toBeGreaterThanOrEqual(before.withoutPlan);
    }),
    { numRuns: 200 },
  );
});

const always = { firstStep: 0, lastStep: Infinity };
const shard = (slice: string, part: string, size: bigint | null): Registered => ({
  slice,
  part,
  tokens: size ?? 0n,
  listed: size ?? 0n,
  shards: 1,
  unknownShards: size === null ? 1 : 0,
});

it('divides a slice by the registered tokens of its parts, and not where one of them is unknown', () => {
  const known = [shard('code/py', 'a', 300n), shard('code', 'b', 100n), shard('web/en', 'c', 50n)];
  const { parts } = planned([phaseOf(always, [0.4, 0.6])], { tokens: 1000n }, [
    ...known,
    shard('web/en', 'd', null),
  ]);
  expect(parts.map((part) => [part.slice, part.part, part.tokens])).toEqual([
    ['code', 'a', 300n],
    ['code', 'b', 100n],
    ['web/en', null, 600n],
  ]);
  expect(parts[2]?.registered).toEqual({ tokens: 50n, listed: 50n, shards: 2, unknownShards: 1 });
});

it('reads a shard as often as it is listed', () => {
  const often = { ...shard('code', 'a', 100n), listed: 400n };
  const known = [often, shard('code', 'b', 100n)];
  const tokensOf = (phase: PhaseInForce) =>
    planned([phase], { tokens: 1000n }, known).parts.map(({ part, tokens: of }) => [part, of]);
  expect(tokensOf(phaseOf(always, [1]))).toEqual([
    ['a', 800n],
    ['b', 200n],
  ]);
  expect(tokensOf(phaseOf(always, [1], 'epochs'))).toEqual(tokensOf(phaseOf(always, [1])));
});

it('counts weights in passes by the tokens of the slice, and says which numbers are lacking', () => {
  const passes = phaseOf(always, [2, 1], 'epochs');
  const known = [shard('code', 'a', 100n), shard('web/en', 'b', 200n)];
  expect(planned([passes], { tokens: 800n }, known).parts.map((part) => part.tokens)).toEqual([400n, 400n]);
  expect(plannedExposure([passes], { tokens: 1n }, [])).toEqual({ ok: false, refusal: 'sizes_unknown' });
  const samples = phaseOf(always, [1], 'sample_share');
  expect(plannedExposure([samples], { tokens: 1n }, [])).toEqual({
    ok: false,
    refusal: 'samples_not_tokens',
  });
  const ending = phaseOf({ firstStep: 1, lastStep: 10 }, [1]);
  expect(plannedExposure([ending], { tokens: 1n }, [])).toEqual({ ok: false, refusal: 'steps_missing' });
});
