import { aFact } from '@tributary/fixtures';
import type { Fact } from '@tributary/contracts';
import { valueIn } from '@tributary/kernel';
import fc from 'fast-check';
import { countedFacts, partsOf } from './counted-model.fixture.ts';
import type { Recorded } from './counted-model.fixture.ts';

export const PARENT = 'parent';
export const FORK = 'fork';
/** Some have a column of their own; each is a key of points too. */
export const NAMES = ['loss', 'tokens', 'late', 'rare'];

const aRun = fc.constantFrom(PARENT, FORK);
const aStep = fc.integer({ min: 0, max: 9 });
const aName = fc.constantFrom(...NAMES);

const THREE = { minLength: 3, maxLength: 3 };

const anAction = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('steps' as const),
      run: aRun,
      first: aStep,
      /** By step, of two names; a value that is not finite is stated as one. */
      columns: fc.array(
        fc.record({ name: aName, values: fc.array(fc.constantFrom(null, 1, 2, 'nan' as const), THREE) }),
        { minLength: 1, maxLength: 2 },
      ),
      corrects: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('points' as const), run: aRun, name: aName }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('attempt' as const), run: aRun, step: aStep }) },
);

type Action = typeof anAction extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * A log of a run and of a fork of it, with rewinds, corrections, columns and points. A fork begins with its first attempt,
 * and what is drawn for it before that is of its parent.
 */
export function randomForks(seed: number): Recorded[] {
  const [plan = []] = fc.sample(fc.array(anAction, { minLength: 16, maxLength: 24 }), { seed, numRuns: 1 });
  const attempts = new Map([[PARENT, 1]]);
  const log: Recorded[] = [{ position: 1, fact: started(PARENT, 1, {}) }];
  for (const action of plan) log.push({ position: log.length + 1, ...recorded(log, attempts, action) });
  return log;
}

type Attempts = Map<string, number>;

function recorded(log: readonly Recorded[], attempts: Attempts, action: Action): Omit<Recorded, 'position'> {
  const run = action.kind === 'attempt' || attempts.has(action.run) ? action.run : PARENT;
  const attempt = attempts.get(run) ?? 0;
  if (action.kind === 'points') return { fact: pointOf(run, action.name) };
  if (action.kind === 'attempt') {
    attempts.set(run, attempt + 1);
    const descent =
      attempt === 0
        ? { forkedFrom: { runId: PARENT, step: action.step } }
        : { resumedFrom: { attempt, step: action.step } };
    return { fact: started(run, attempt + 1, descent) };
  }
  const corrected = log.find(
    ({ position, fact }) =>
      fact.type === 'training.steps.recorded' &&
      fact.data.runId === run &&
      !log.some(({ corrects }) => corrects === position),
  );
  const fact = stepsOf(run, attempt, action);
  return action.corrects && corrected ? { fact, corrects: corrected.position } : { fact };
}

const started = (runId: string, attempt: number, descent: object): Fact =>
  aFact('training.run.started', { runId, attempt, model: { name: 'm' }, config: {}, seeds: {}, ...descent });

const pointOf = (runId: string, name: string): Fact =>
  aFact('training.metrics.recorded', { runId, keys: [name], steps: [1], times: [1], values: [1] });

function stepsOf(
  runId: string,
  attempt: number,
  { first, columns }: Extract<Action, { kind: 'steps' }>,
): Fact {
  const byName = new Map(columns.map(({ name, values }) => [name, values]));
  return aFact('training.steps.recorded', {
    runId,
    attempt,
    steps: [first, first + 1, first + 2],
    columns: Object.fromEntries(
      [...byName].map(([name, values]) => [name, values.map((value) => (value === 'nan' ? null : value))]),
    ),
    nonfinite: Object.fromEntries(
      [...byName].map(([name, values]) => [
        name,
        values.flatMap((value, index) => (value === 'nan' ? [{ index, value }] : [])),
      ]),
    ),
  });
}

/** The definition: the steps of a run that have a counted value of a metric in their columns, inherited ones too. */
export function stepsWith(log: readonly Recorded[], as_of: number, run: string, name: string): number[] {
  const facts = countedFacts(log, as_of);
  const steps = partsOf(facts, run, Infinity).flatMap(({ run: owner, counts }) =>
    facts.flatMap(({ fact }) => {
      if (fact.type !== 'training.steps.recorded' || fact.data.runId !== owner) return [];
      const { attempt, columns, nonfinite = {} } = fact.data;
      return fact.data.steps.filter((step, index) => {
        const isStated = (valueIn(nonfinite, name) ?? []).some((entry) => entry.index === index);
        return counts(attempt, step) && (isStated || (valueIn(columns, name)?.[index] ?? null) !== null);
      });
    }),
  );
  return [...new Set(steps)].toSorted((left, right) => left - right);
}

/** The definition: whether a run has a point of a metric itself. */
export const hasPoint = (log: readonly Recorded[], as_of: number, run: string, name: string): boolean =>
  countedFacts(log, as_of).some(
    ({ fact }) =>
      fact.type === 'training.metrics.recorded' && fact.data.runId === run && fact.data.keys.includes(name),
  );
