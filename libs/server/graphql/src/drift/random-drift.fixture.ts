import fc from 'fast-check';
import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

/** Slices of plans and of what is consumed; `c/x` lies inside of a planned one, and `d` is planned by none. */
const PLANNED = ['a', 'b/x', 'c'];
const CONSUMED = ['a', 'b/x', 'c/x', 'd'];

const share = fc.double({ min: 0, max: 1, noNaN: true });

const aPlan = fc.record({
  mixture: fc.integer({ min: 1, max: 2 }),
  phases: fc.uniqueArray(
    fc.record({
      fromStep: fc.integer({ min: 0, max: 30 }),
      endsAfter: fc.option(fc.integer({ min: 0, max: 9 }), { freq: 4 }),
      weights: fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: 1, max: 4 })),
    }),
    { minLength: 1, maxLength: 3, selector: ({ fromStep }) => fromStep },
  ),
});

const anAttempt = fc.record({
  from: share,
  mixture: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 3 }),
  ranges: fc.array(
    fc.record({
      gap: fc.boolean(),
      length: fc.integer({ min: 1, max: 6 }),
      perStep: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(2)),
      corrected: fc.option(fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(2)), { freq: 1 }),
      skipped: fc.option(share, { freq: 2 }),
      plan: fc.option(aPlan, { freq: 2 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

const aHistory = fc.record({ plan: aPlan, attempts: fc.array(anAttempt, { minLength: 1, maxLength: 3 }) });

type History = typeof aHistory extends fc.Arbitrary<infer Value> ? Value : never;
type Range = History['attempts'][number]['ranges'][number];

/**
 * The log of one run with rewinds, skipped steps, corrections, gaps, and mixtures that are decided again while it trains.
 * Within a recorded range every step consumes the same, so that the share of any steps of it is exact.
 */
export function randomDrift(seed: number, run: string): SentEvent[] {
  const [history] = fc.sample(aHistory, { seed, numRuns: 1 });
  if (!history) return [];
  const events = [decided(run, history.plan)];
  let next = 1;
  for (const [before, { from, mixture, ranges }] of history.attempts.entries()) {
    const attempt = before + 1;
    const resumed = before === 0 ? 0 : Math.floor(from * next);
    events.push(started({ run, attempt, mixture, resumed }));
    next = resumed + 1;
    for (const range of ranges) {
      next += range.gap ? 2 : 0;
      events.push(...recorded({ run, attempt, range, firstStep: next }));
      next += range.length;
    }
  }
  return events;
}

function decided(run: string, { mixture, phases }: History['plan']): SentEvent {
  const ascending = phases.toSorted((left, right) => left.fromStep - right.fromStep);
  return fact('mixture.plan.decided', {
    mixtureId: `${run}/${mixture}`,
    unit: 'unnormalised',
    phases: ascending.map(({ fromStep, endsAfter, weights }) => ({
      name: `from ${fromStep}`,
      fromStep,
      ...(endsAfter === null ? {} : { endsAt: fromStep + endsAfter }),
      weights: PLANNED.map((slice, at) => ({ slice, weight: weights[at] ?? 0 })),
    })),
    rationale: 'r',
    decidedBy: 'd',
  });
}

type Start = { readonly run: string; readonly attempt: number; readonly resumed: number };

const started = ({
  run,
  attempt,
  mixture,
  resumed,
}: Start & { readonly mixture: number | null }): SentEvent =>
  fact('training.run.started', {
    runId: run,
    attempt,
    model: { name: 'm' },
    config: {},
    seeds: {},
    ...(mixture === null ? {} : { mixtureId: `${run}/${mixture}` }),
    ...(attempt === 1 ? {} : { resumedFrom: { attempt: attempt - 1, step: resumed } }),
  });

type Recorded = {
  readonly run: string;
  readonly attempt: number;
  readonly range: Range;
  readonly firstStep: number;
};

function recorded({ run, attempt, range, firstStep }: Recorded): SentEvent[] {
  const { length, perStep, corrected, skipped, plan } = range;
  const exposure = (amounts: readonly number[]): SentEvent =>
    fact('training.exposure.recorded', {
      runId: run,
      attempt,
      firstStep,
      lastStep: firstStep + length - 1,
      unit: 'token',
      method: 'measured',
      amounts: CONSUMED.map((slice, at) => ({ slice, amount: (amounts[at] ?? 0) * length })),
    });
  const first = exposure(perStep);
  const again = corrected && {
    ...exposure(corrected),
    corrects: first.id,
    correctionreason: 'counted again',
    actor: 'somebody',
  };
  const steps = skipped === null ? [] : [firstStep + Math.floor(skipped * (length - 1))];
  return [
    first,
    ...(plan ? [decided(run, plan)] : []),
    ...(steps.length === 0
      ? []
      : [fact('training.steps.skipped', { runId: run, attempt, steps, reason: 'nan' })]),
    ...(again ? [again] : []),
  ];
}
