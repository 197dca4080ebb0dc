import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distance } from './distance.ts';
import { replayed } from './replay.ts';

const STEPS = 40;
const step = fc.integer({ min: 0, max: STEPS - 1 });

const aPhase = fc.record({ fromStep: step, length: fc.option(fc.integer({ min: 1, max: 12 })) });
const aDecision = fc.uniqueArray(aPhase, { minLength: 1, maxLength: 4, selector: (phase) => phase.fromStep });

/** Decisions as rows of `decided-phases.sql`. */
const decisions = fc.array(aDecision, { maxLength: 5 }).map((all) =>
  all.flatMap((phases, decision) =>
    phases
      .toSorted((left, right) => left.fromStep - right.fromStep)
      .map(({ fromStep, length }) => ({
        mixture_id: 'm',
        decision,
        unit: 'token_share',
        missing: [],
        phase: `from ${fromStep}`,
        from_step: fromStep,
        ends_at: length === null ? null : fromStep + length - 1,
        weights: [] as [string, number][],
      })),
  ),
);

/** The phase of a step, from what is said of one step alone. */
function inForce(
  rows: readonly (typeof decisions extends fc.Arbitrary<infer All> ? All : never)[number][],
  at: number,
) {
  const begun = rows.filter(({ from_step }) => from_step <= at);
  const decision = begun.reduce((newest, row) => Math.max(newest, row.decision), -1);
  const phase = begun.filter((row) => row.decision === decision).at(-1);
  return phase && at <= (phase.ends_at ?? Infinity) ? phase : undefined;
}

it('has at each step the newest decision that began by then, and of that the newest phase that has not ended', () => {
  fc.assert(
    fc.property(decisions, (rows) => {
      const timeline = replayed(rows);
      for (let at = 0; at < STEPS + 15; at += 1) {
        const found = timeline.filter(({ firstStep, lastStep }) => firstStep <= at && at <= lastStep);
        const expected = inForce(rows, at);
        expect(found.map(({ decision, phase }) => [decision, phase])).toEqual(
          expected ? [[expected.decision, expected.phase]] : [],
        );
      }
    }),
    { numRuns: 200 },
  );
});

const weights = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 8 });

it('is 0 between equal shares, never below 0, at most 2 in L1, and infinite only where 0 was planned', () => {
  fc.assert(
    fc.property(weights, (given) => {
      const [left, right] = [0, 1].map((side) => given.reduce((sum, pair) => sum + (pair[side] ?? 0), 0));
      fc.pre(left !== undefined && right !== undefined && left > 0 && right > 0);
      const groups = given.map(([planned, realised]) => ({
        planned: planned / left,
        realised: realised / right,
      }));
      const { l1, kl } = distance(groups);
      expect(l1).toBeLessThanOrEqual(2 + 1e-12);
      expect(kl === null).toBe(groups.some(({ planned, realised }) => planned === 0 && realised > 0));
      /* Pinsker: the divergence is at least half the square of the distance. */
      expect(kl ?? Infinity).toBeGreaterThanOrEqual(l1 ** 2 / 2 - 1e-12);
      expect(distance(groups.map(({ planned }) => ({ planned, realised: planned })))).toEqual({
        l1: 0,
        kl: 0,
      });
    }),
    { numRuns: 300 },
  );
});
