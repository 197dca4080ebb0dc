import fc from 'fast-check';
import { realisedArms } from '../ablation/ablation.ts';
import { findPair } from '../ablation/arm-pair.ts';
import type { Effect } from '../effect.ts';
import type { Arm, Experiment, Run } from '../experiment.ts';
import { random } from '../numerics/random.ts';
import { swarmEffects } from './swarm-effect.ts';

export const SLICES = ['code', 'prose', 'web'];
export const RATE = 'config.lr';

const outcomeOf = (shares: Run['shares'], draw: number) =>
  2 - (shares['code'] ?? 0) + 0.3 * (shares['prose'] ?? 0) ** 2 + 0.02 * draw;

const scoresOf = (shares: Run['shares'], draw: number): Run['scores'] => ({
  skill: { value: outcomeOf(shares, draw), unit: 'loss', higherIsBetter: false, step: 1 },
});

const OF_SWARM = {
  design: 'swarm',
  assignment: 'randomised',
  randomisationSeed: '1',
  role: 'train',
} as const;

export type Planned = { readonly shares: Run['shares']; readonly rate?: string };

/** One run of each mixture, each in an arm of its own. */
export function experimentOf(design: Arm['design'], planned: readonly Planned[], seed: number): Experiment {
  const generator = random(seed);
  const runs = planned.map(({ shares, rate }, index): Run => ({
    runId: `run-${index}`,
    arm: `arm-${index}`,
    mixtureId: `arm-${index}`,
    seed: index,
    status: 'completed',
    shares,
    total: 1e9,
    unit: 'token',
    method: 'measured',
    facts: new Map(rate === undefined ? [] : [[RATE, rate]]),
    scores: scoresOf(shares, generator.normal()),
    evidence: [],
  }));
  const arms = runs.map(({ arm, mixtureId }): Arm => ({
    arm,
    mixtureId,
    design,
    assignment: design === 'swarm' ? 'randomised' : 'unknown',
    randomisationSeed: design === 'swarm' ? '1' : undefined,
    control: false,
    role: 'train',
  }));
  return { name: 'swarm', arms, runs };
}

export const RULES = {
  proportional: { rule: 'proportional' },
  'swap:web': { rule: 'swap', into: 'web' },
} as const;

export function effectOf(experiment: Experiment, displacement: keyof typeof RULES = 'proportional'): Effect {
  const rule = RULES[displacement];
  const pair = findPair(realisedArms(experiment, 'skill'), 'code', rule);
  const question = { capability: 'skill', slice: 'code', displacement, rule, pair };
  const asked = {
    capability: 'skill',
    level: 0.95,
    randomSeed: 1,
    questions: [question],
    isControlled: false,
  };
  return swarmEffects(experiment, asked)![0]!;
}

export const reasonOf = ({ warnings }: Effect, code: string) =>
  warnings.find((warning) => warning.code === code)?.text ?? '';

/** The mixtures that a refusal names, each as often as it says. */
export function named(text: string): Planned[] {
  const [, times = '', list = ''] =
    /Needs (an?|\d+) runs? of each of these mixtures: (.*)\.$/.exec(text) ?? [];
  return list.split('; ').flatMap((mixture) => {
    const parts = [...mixture.matchAll(/(\w+) ([\d.]+) %/g)];
    if (parts.length === 0) return [];
    const shares = Object.fromEntries(parts.map(([, slice, share]) => [slice, Number(share) / 100]));
    return Array.from({ length: Number(times) || 1 }, () => ({ shares }));
  });
}

/** The arms whose recorded runs a refusal asks to assign to the swarm. */
function assignedIn(text: string): string[] {
  const [, list = ''] =
    /Needs the recorded runs of these arms as training runs of the swarm, with scores of skill: (.*?\))\./.exec(
      text,
    ) ?? [];
  return list.split('; ').flatMap((arm) => /^(\S+) \(/.exec(arm)?.[1] ?? []);
}

/** The experiment after what a refusal asks for: arms assigned to the swarm, their runs ended and scored, and new runs. */
export function advised(experiment: Experiment, text: string): Experiment {
  const arms = new Set(assignedIn(text));
  const added = experimentOf('swarm', named(text), 77);
  const rename = (name: string) => `added-${name}`;
  const generator = random(78);
  return {
    ...experiment,
    arms: [
      ...experiment.arms.map((arm): Arm => (arms.has(arm.arm) ? { ...arm, ...OF_SWARM } : arm)),
      ...added.arms.map((arm) => ({ ...arm, arm: rename(arm.arm), mixtureId: rename(arm.mixtureId) })),
    ],
    runs: [
      ...experiment.runs.map((run): Run =>
        arms.has(run.arm)
          ? { ...run, status: 'completed', scores: scoresOf(run.shares, generator.normal()) }
          : run,
      ),
      ...added.runs.map((run) => ({
        ...run,
        runId: rename(run.runId),
        arm: rename(run.arm),
        mixtureId: rename(run.mixtureId),
        seed: 5000 + Number(run.seed),
      })),
    ],
  };
}

/** Mixtures of three slices with shares of code from `low` to `high`. */
export const mixtures = (count: number, low: number, high: number) =>
  fc
    .array(
      fc.tuple(
        fc.double({ min: low, max: high, noNaN: true }),
        fc.double({ min: 0.2, max: 0.8, noNaN: true }),
      ),
      { minLength: count, maxLength: count },
    )
    .map((rows) =>
      rows.map(([code, part]): Planned => ({
        shares: { code, prose: (1 - code) * part, web: (1 - code) * (1 - part) },
      })),
    );

export const anySeed = fc.integer({ min: 1, max: 1000 });
export const anyRule = fc.constantFrom('proportional' as const, 'swap:web' as const);
/** The experiment with runs of these mixtures in an arm that is no part of the swarm, under two seeds. */
export function besides(experiment: Experiment, planned: readonly Planned[]): Experiment {
  const others = planned.flatMap((one, index) => {
    const { arms, runs } = experimentOf('controlled_ablation', [one, one], 1);
    const rename = (name: string) => `control-${index}-${name}`;
    return {
      arms: arms.map((arm) => ({ ...arm, arm: rename(arm.arm), mixtureId: rename(arm.mixtureId) })),
      runs: runs.map((run, at) => ({
        ...run,
        runId: rename(run.runId),
        arm: rename(run.arm),
        mixtureId: rename(run.mixtureId),
        seed: 1000 + at,
      })),
    };
  });
  return {
    ...experiment,
    arms: [...experiment.arms, ...others.flatMap(({ arms }) => arms)],
    runs: [...experiment.runs, ...others.flatMap(({ runs }) => runs)],
  };
}

/** Half a point, less the rounding of a share in a text. */
const ONE_MIXTURE = 0.004;

const isAlike = (left: Run['shares'], right: Run['shares']) =>
  SLICES.every((slice) => Math.abs((left[slice] ?? 0) - (right[slice] ?? 0)) <= ONE_MIXTURE);

export const isRecorded = ({ runs }: Experiment, { shares, rate }: Planned) =>
  runs.some((run) => isAlike(run.shares, shares) && (rate === undefined || run.facts?.get(RATE) === rate));
