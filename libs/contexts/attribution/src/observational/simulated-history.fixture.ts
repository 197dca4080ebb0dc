import { FACTS } from '../controls/clean-experiment.fixture.ts';
import { attributeAll, refused } from '../index.ts';
import type { Arm, Effect, Experiment, Interval, Run } from '../index.ts';
import { close } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import type { Random } from '../numerics/random.ts';

const SIZES = [70e6, 160e6, 410e6, 1e9, 2.8e9];
const SCHEDULES = ['cosine', 'linear', 'constant'];

export type SimulatedHistory = {
  readonly generator: Random;
  readonly runs: number;
  /** Outcome per unit share of code, in the place of web. */
  readonly effect: number;
  /** How strongly size, rate and schedule decide the share of code; 0 not at all. */
  readonly confounding: number;
  /** How much the outcome bends with the logarithm of the size; not at all where absent. */
  readonly bend?: number;
  /** Whether a run consumes one whole dataset in place of a mixture. */
  readonly whole?: boolean;
};

/**
 * Runs of several sizes, rates, schedules and budgets that nobody assigned: who trained the larger ones took more code,
 * and size, rate and schedule change the outcome as well. Noise is larger in small runs.
 */
export function simulatedHistory({
  generator,
  runs,
  effect,
  confounding,
  bend = 0,
  whole = false,
}: SimulatedHistory): Experiment {
  const pick = <Value>(values: readonly Value[]): Value => values[generator.integer(values.length)]!;
  const members = Array.from({ length: runs }, (_, index): Run => {
    const parameters = pick(SIZES);
    const schedule = pick(SCHEDULES);
    const size = Math.log(parameters / 410e6);
    const rate = Math.exp(-6 - 0.3 * size + 0.4 * generator.normal());
    const total = 20 * parameters * Math.exp(0.5 * generator.normal());
    const ofSchedule = SCHEDULES.indexOf(schedule) - 1;
    const pull = 0.6 * size + 0.5 * ofSchedule - 0.5 * (Math.log(rate) + 6);
    const code = Math.exp(confounding * pull + 0.7 * generator.normal());
    const math = Math.exp(0.5 * generator.normal());
    const mixed = close({ code, math, web: 2 });
    const shares = whole ? oneOf(mixed, generator) : mixed;
    const ofSize = 0.04 * size + bend * size ** 2;
    const level =
      0.3 + ofSize + 0.03 * ofSchedule - 0.03 * (Math.log(rate) + 6) + 0.01 * Math.log(total / 8e9);
    const noise = 0.02 * Math.exp(-0.2 * size) * generator.normal();
    const value = level + effect * shares['code']! + 0.1 * shares['math']! + noise;
    const runId = `run-${String(index).padStart(3, '0')}`;
    return {
      runId,
      arm: runId,
      mixtureId: runId,
      seed: index,
      status: 'completed',
      shares,
      total,
      unit: 'token',
      method: 'measured',
      facts: new Map([
        ...FACTS,
        ['parameters', String(parameters)],
        ['token budget', String(total)],
        ['config.learning_rate', String(rate)],
        ['config.schedule', schedule],
        ['config.batch_size', String(pick([256, 512, 1024]))],
      ]),
      scores: { skill: { value, unit: 'score', higherIsBetter: true, comparability: 'one' } },
      evidence: [String(index)],
    };
  });
  return { name: 'history', origin: 'found', arms: members.map(({ runId }) => armOf(runId)), runs: members };
}

/** One slice alone, drawn with its share as the probability. */
function oneOf(shares: Composition, generator: Random): Composition {
  let left = generator.uniform();
  const drawn = Object.keys(shares).find((slice) => (left -= shares[slice]!) < 0) ?? 'web';
  return Object.fromEntries(Object.keys(shares).map((slice) => [slice, Number(slice === drawn)]));
}

const armOf = (arm: string): Arm => ({
  arm,
  mixtureId: arm,
  design: 'observational',
  assignment: 'unknown',
  control: false,
  role: 'train',
});

const QUESTION = { slice: 'code', capability: 'skill', displacement: 'swap:web' };

/** The one effect of code in the place of web. */
export function effectOfCode(experiment: Experiment): Effect {
  const [answer] = attributeAll([QUESTION], experiment);
  if (!answer || refused(answer)) throw new Error('refused');
  return answer[0]!;
}

/** The true effect of the contrast that was answered. */
const trueEffect = ({ estimand }: Effect, slope: number): number =>
  slope * (estimand.contrast!.more.share - estimand.contrast!.less.share);

/** Shares of the repetitions. */
export type Rates = {
  /** Adjusted intervals that hold the truth. */
  readonly covered: number;
  /** Unadjusted intervals that hold it. */
  readonly unadjusted: number;
  /** Effects with p up to .05. */
  readonly declared: number;
};

/** How often the intervals of simulated histories hold the truth, and how often an effect is declared. */
export function ratesOf(parts: SimulatedHistory, repetitions: number): Rates {
  const outcomes = Array.from({ length: repetitions }, () => {
    const effect = effectOfCode(simulatedHistory(parts));
    const truth = trueEffect(effect, parts.effect);
    const holds = ({ low, high }: Interval) => low <= truth && truth <= high;
    return {
      covered: holds(effect.interval!),
      unadjusted: holds(effect.adjustment!.unadjusted.interval),
      declared: effect.pValue! <= 0.05,
    };
  });
  const share = (of: keyof Rates) => outcomes.filter((outcome) => outcome[of]).length / repetitions;
  return { covered: share('covered'), unadjusted: share('unadjusted'), declared: share('declared') };
}
