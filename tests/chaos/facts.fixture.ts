import type { Random } from '@tributary/fixtures';
import { canonicalJson } from '@tributary/json';

export const SOURCE = 'urn:chaos';

/** A fact before it is an event of the log. */
export type Fact = {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** The sums that the facts must have in the tables. */
export type Sums = {
  readonly events: number;
  readonly byType: ReadonlyMap<string, number>;
  readonly steps: number;
  readonly tokens: number;
  /** Rows and sum of exposures. */
  readonly amounts: number;
  readonly amount: number;
  readonly scores: number;
};

export type Facts = {
  /** A new fact of one of the current runs. */
  next(): Fact & { readonly runId: string };
  sums(): Sums;
};

/** Facts of a run, from its start to its end; then another run takes its index. */
const LENGTH = 200;
const SLICES = ['web', 'math/structured', 'code/python', 'books'] as const;

type Run = { readonly id: string; facts: number; step: number };

/** Facts of so many runs at a time. All numbers are integers, so that sums are exact in any order. */
export function openFacts({ runs, random }: { readonly runs: number; readonly random: Random }): Facts {
  const byType = new Map<string, number>();
  const sums = { events: 0, steps: 0, tokens: 0, amounts: 0, amount: 0, scores: 0 };
  let begun = 0;
  const begin = (): Run => ({ id: `run-${(begun += 1)}`, facts: 0, step: 0 });
  const current = Array.from({ length: runs }, begin);

  const steps = (run: Run, count: number) => {
    const from = run.step;
    run.step += count;
    const tokens = Array.from({ length: count }, () => 1 + random.below(4096));
    sums.steps += count;
    sums.tokens += tokens.reduce((sum, each) => sum + each, 0);
    const loss = tokens.map((each) => each / 1024);
    const numbers = tokens.map((_, index) => from + index);
    return { ...of(run), steps: numbers, columns: { loss, tokens } };
  };
  const exposure = (run: Run) => {
    const amounts = SLICES.slice(0, 1 + random.below(SLICES.length)).map((slice) => ({
      slice,
      amount: random.below(1_000_000),
    }));
    sums.amounts += amounts.length;
    sums.amount += amounts.reduce((sum, { amount }) => sum + amount, 0);
    const range = { firstStep: run.step, lastStep: run.step };
    return { ...of(run), ...range, unit: 'token', method: 'measured', amounts };
  };
  const score = (run: Run) => {
    const value = random.below(1000);
    sums.scores += value;
    return { ...SCORE, runId: run.id, step: run.step, value };
  };
  const made = (run: Run): Pick<Fact, 'type' | 'data'> => {
    if (run.facts === 0) return { type: 'training.run.started', data: { ...of(run), ...DESIGN } };
    if (run.facts === LENGTH)
      return { type: 'training.run.ended', data: { ...of(run), status: 'completed' } };
    const dice = random.below(100);
    if (dice < 5) return { type: 'training.steps.recorded', data: steps(run, 64) };
    if (dice < 30) return { type: 'training.steps.recorded', data: steps(run, 4) };
    if (dice < 75) return { type: 'training.exposure.recorded', data: exposure(run) };
    return { type: 'evaluation.score.recorded', data: score(run) };
  };
  return {
    next() {
      const index = random.below(runs);
      const run = current[index] ?? begin();
      const fact = made(run);
      run.facts += 1;
      if (run.facts > LENGTH) current[index] = begin();
      byType.set(fact.type, (byType.get(fact.type) ?? 0) + 1);
      sums.events += 1;
      return { id: `e${sums.events}`, runId: run.id, ...fact };
    },
    sums: () => ({ ...sums, byType }),
  };
}

const of = ({ id }: Run) => ({ runId: id, attempt: 1 });
const DESIGN = { model: { name: 'm' }, config: { width: 64 }, seeds: { init: 1 } };
const SCORE = {
  capability: 'arithmetic',
  benchmark: 'gsm8k',
  metric: 'exact_match',
  harness: { name: 'lm-eval' },
  unit: 'items',
  higherIsBetter: true,
  method: 'measured',
};

/** The canonical text of an event. With a subject it has the same id and other bytes. */
export const eventText = ({ id, type, data }: Fact, subject?: string): string =>
  canonicalJson({
    specversion: '1.0',
    source: SOURCE,
    id,
    type,
    data,
    ...(subject !== undefined && { subject }),
  });
