import { displace } from '../composition/displacement.ts';
import { decomposeSurface } from '../decomposition/surface-decomposition.ts';
import type { Decomposition, EffectPart } from '../effect.ts';
import { gaussLegendre } from '../numerics/gauss-legendre.ts';
import { random } from '../numerics/random.ts';
import { fitSurface } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { finiteEffect } from '../surfaces/surface-effect.ts';
import type { Interval } from '../statistics/welch.ts';
import { supportedContrast } from '../swarm/swarm-contrast.ts';
import type { SwarmContrast } from '../swarm/swarm-contrast.ts';
import { EVEN, SLICES, spreadOf, swarmDrawn } from './coverage.fixture.ts';
import type { Truth } from './coverage.fixture.ts';

/** The parts of a receiver that are compared with the law: `gaveWay` and `moved` are multiples of the first two. */
export const PARTS = ['own', 'displaced', 'held'] as const;

/** The effect of removing the slice from the even mixture, as far as it is supported, in parts. */
function splitOfSlice(
  surface: ResponseSurface,
  slice: string,
): { readonly found: SwarmContrast; readonly decomposition: Decomposition } | undefined {
  const without = displace(EVEN, slice, { rule: 'proportional' })!;
  const named = (shares: Readonly<Record<string, number>>) => ({ name: 'even', shares });
  const question = { slice, rule: { rule: 'proportional' } as const };
  const found = supportedContrast(surface, question, { more: named(EVEN), less: named(without) });
  if (!found) return undefined;
  const { value, interval } = finiteEffect(surface, found.contrast, 0.95);
  const bundle: EffectPart = { estimate: value, interval, identification: 'randomised' };
  const asked = { slice, level: 0.95, bundle, found, runs: 1, evidence: [] };
  return { found, decomposition: decomposeSurface(surface, asked) };
}

const RULE = gaussLegendre(64);
const STEP = 1e-6;

/** ∫ of the derivative of the law where `receiver` alone gives way, over the path of the contrast. */
function trueOwn(
  { law, parameters }: Truth,
  { contrast, more, less }: SwarmContrast,
  slices: readonly number[],
) {
  const [slice, receiver] = slices;
  const [low, high] = [less.share, more.share].map((share) => Math.log(share + 1e-3));
  const half = (high! - low!) / 2;
  let sum = 0;
  for (const [index, point] of RULE.points.entries()) {
    const scaled = Math.exp(low! + half * (1 + point));
    const part = (scaled - 1e-3 - less.share) / (more.share - less.share);
    const at = (step: number) =>
      law(
        parameters,
        contrast.less.map((share, leaf) => {
          const moved = step * (Number(leaf === slice) - Number(leaf === receiver));
          return share + part * (contrast.more[leaf]! - share) + moved;
        }),
      );
    sum += (RULE.weights[index]! * half * scaled * (at(STEP) - at(-STEP))) / (2 * STEP);
  }
  return sum;
}

/** The true parts of one receiver of the even mixture: all receivers have one weight. */
function trueParts(truth: Truth, found: SwarmContrast, slice: number, receiver: number) {
  const bundle =
    truth.law(truth.parameters, found.contrast.more) - truth.law(truth.parameters, found.contrast.less);
  const own = trueOwn(truth, found, [slice, receiver]);
  const others = SLICES.length - 1;
  const held = (others * bundle - own) / (others - 1);
  return { own, displaced: bundle - own, held };
}

/** How often each part's interval held its true value, of how many. */
type PartCoverage = Record<(typeof PARTS)[number], { held: number; of: number }>;

function count(
  score: PartCoverage[keyof PartCoverage],
  interval: Interval | null | undefined,
  actual: number,
) {
  if (!interval) return;
  score.of += 1;
  score.held += Number(interval.low <= actual && actual <= interval.high);
}

type SplitSimulation = {
  readonly truth: Truth;
  readonly mixtures: number;
  readonly repetitions: number;
  readonly seed: number;
};

/** Swarms of single runs, each split for its own slice, all receivers together. Also counts the swaps without support. */
export function simulateSplits({ truth, mixtures, repetitions, seed }: SplitSimulation) {
  const none = () => ({ held: 0, of: 0 });
  const covered: PartCoverage = { own: none(), displaced: none(), held: none() };
  let notSupported = 0;
  const noise = 0.15 * spreadOf(truth);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const generator = random(seed * 1_000_003 + mixtures * 10_007 + repetition);
    const observations = swarmDrawn({ truth, noise }, mixtures, generator);
    const split = splitOfSlice(fitSurface(observations, random(repetition))!, SLICES[0]!);
    if (!split) continue;
    for (const receiver of split.decomposition.receivers) {
      const actual = trueParts(truth, split.found, 0, SLICES.indexOf(receiver.receiver));
      notSupported += Number(receiver.own === null);
      for (const name of PARTS) count(covered[name], receiver[name]?.interval, actual[name]);
    }
  }
  return { covered, notSupported };
}

export const partCoverage = ({ held, of }: PartCoverage[(typeof PARTS)[number]]) => held / of;
