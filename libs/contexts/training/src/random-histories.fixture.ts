import { aFact } from '@tributary/fixtures';
import type { Fact } from '@tributary/contracts';
import fc from 'fast-check';
import type { Recorded } from './counted-model.fixture.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

const anAttempt = fc.record({
  /** Which part of the attempt before it continues; null where it does not say so and records from there. */
  from: share,
  declares: fc.boolean(),
  ranges: fc.array(
    fc.record({ length: fc.integer({ min: 1, max: 9 }), cuts: fc.tuple(share, share), bytes: fc.boolean() }),
    { maxLength: 5 },
  ),
  skipped: fc.array(share, { maxLength: 3 }),
});

const aRun = fc.record({
  perStep: fc.integer({ min: 1, max: 4096 }),
  attempts: fc.array(anAttempt, { minLength: 1, maxLength: 4 }),
  forkedAt: fc.option(share),
  parent: fc.nat(),
  /** Which exposures are corrected later, with other amounts. */
  corrected: fc.array(share, { maxLength: 2 }),
  turns: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
});

type Plan = typeof aRun extends fc.Arbitrary<infer Value> ? Value : never;
type Unplaced = { readonly fact: Fact; readonly correctsIndex?: number };

/**
 * A log of many runs with restarts, rewinds, forks, skipped steps and corrections. Each step of a run consumes the same
 * number of tokens, and its exposure is recorded by ranges. Positions begin after `start`.
 */
export function randomHistories(seed: number, runs: number, start: number): Recorded[] {
  const plans = fc.sample(aRun, { numRuns: runs, seed });
  const queues = plans.map((plan, index) => factsOf(plan, index));
  const log: Recorded[] = [];
  const positions = queues.map((): number[] => []);
  for (let round = 0; positions.some((done, run) => done.length < (queues[run]?.length ?? 0)); round += 1)
    for (const [run, queue] of queues.entries()) {
      const turns = plans[run]?.turns ?? [1];
      const done = positions[run] ?? [];
      for (const { fact, correctsIndex } of queue.slice(
        done.length,
        done.length + (turns[round % turns.length] ?? 1),
      )) {
        const position = start + log.length + 1;
        const corrects = correctsIndex === undefined ? undefined : done[correctsIndex];
        log.push(corrects === undefined ? { position, fact } : { position, fact, corrects });
        done.push(position);
      }
    }
  return log;
}

const runId = (index: number): string => `history-${index}`;

function factsOf(plan: Plan, index: number): Unplaced[] {
  const facts: Unplaced[] = [];
  const forkedFrom = forkOf(plan, index);
  let next = (forkedFrom?.step ?? 0) + 1;
  for (const [before, attempt] of plan.attempts.entries()) {
    const run = { runId: runId(index), attempt: before + 1 };
    const resumed = before === 0 ? next - 1 : Math.floor(attempt.from * next);
    const descent = before > 0 ? resumption(attempt, before, resumed) : forkedFrom && { forkedFrom };
    facts.push({ fact: started({ ...run, ...descent }) });
    const first = resumed + 1;
    next = first;
    for (const range of attempt.ranges) {
      facts.push(...rangeOf({ ...run, ...range, firstStep: next, perStep: plan.perStep }));
      next += range.length;
    }
    const skipped = new Set(attempt.skipped.map((part) => first + Math.floor(part * (next - first))));
    const steps = [...skipped].toSorted((left, right) => left - right);
    if (next > first && steps.length > 0)
      facts.push({ fact: aFact('training.steps.skipped', { ...run, steps, reason: 'nan' }) });
  }
  return [...facts, ...correctionsIn(facts, plan)];
}

type Started = Fact<'training.run.started'>['data'];

const forkOf = ({ forkedAt, parent }: Plan, index: number): Started['forkedFrom'] =>
  forkedAt === null || index === 0
    ? undefined
    : { runId: runId(parent % index), step: Math.floor(forkedAt * 20) };

const resumption = ({ declares }: Plan['attempts'][number], attempt: number, step: number) =>
  declares ? { resumedFrom: { attempt, step } } : {};

const started = (run: Pick<Started, 'runId' | 'attempt' | 'resumedFrom' | 'forkedFrom'>) =>
  aFact('training.run.started', { ...run, model: { name: 'm' }, config: {}, seeds: {} });

type Range = { runId: string; attempt: number; firstStep: number; length: number; perStep: number } & Pick<
  Plan['attempts'][number]['ranges'][number],
  'cuts' | 'bytes'
>;

function rangeOf({ runId: run, attempt, firstStep, length, perStep, cuts, bytes }: Range): Unplaced[] {
  const lastStep = firstStep + length - 1;
  const steps = Array.from({ length }, (_, index) => firstStep + index);
  const total = perStep * length;
  const [low, high] = cuts.map((cut) => Math.floor(cut * total)).toSorted((a, b) => a - b) as [
    number,
    number,
  ];
  const range = { runId: run, attempt, firstStep, lastStep, method: 'measured' } as const;
  const amounts: Fact<'training.exposure.recorded'>['data']['amounts'] = [
    { slice: 'math/plain', shardId: 's1', amount: low },
    { slice: 'code', shardId: 's2', amount: high - low },
    { slice: 'math/structured', amount: total - high },
  ];
  const counted = [
    aFact('training.steps.recorded', {
      runId: run,
      attempt,
      steps,
      columns: { tokens: steps.map(() => perStep) },
    }),
    aFact('training.exposure.recorded', { ...range, unit: 'token', amounts }),
    ...(bytes
      ? [
          aFact('training.exposure.recorded', {
            ...range,
            unit: 'byte',
            amounts: [{ slice: 'code', amount: 7 }],
          }),
        ]
      : []),
  ];
  return counted.map((fact) => ({ fact }));
}

/** Later facts that give an exposure other slices. */
function correctionsIn(facts: readonly Unplaced[], { corrected }: Plan): Unplaced[] {
  const exposures = facts.flatMap(({ fact }, at) =>
    fact.type === 'training.exposure.recorded' ? [{ fact, at }] : [],
  );
  const chosen = new Set(
    corrected.flatMap((part) => exposures.at(Math.floor(part * exposures.length)) ?? []),
  );
  return [...chosen].map(({ fact, at }) => ({
    correctsIndex: at,
    fact: {
      ...fact,
      data: {
        ...fact.data,
        amounts: fact.data.amounts.map((one) => ({ ...one, slice: `${one.slice}/again` })),
      },
    } as Fact,
  }));
}
