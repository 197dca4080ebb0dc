import { random } from '../numerics/random.ts';
import { detectableEffect, powerOf } from '../statistics/detection.ts';
import { pairedComparison, pooledNoise, welch } from '../statistics/welch.ts';
import { aSwarm } from '../surfaces/planted-surfaces.fixture.ts';
import { fitSurface } from '../surfaces/response-surface.ts';
import { finiteEffect } from '../surfaces/surface-effect.ts';
import { simulatedContrast } from './simulated-contrast.ts';
import { bestCandidate, detectionOf, standardErrorOf, surfaceDesign, withRun } from './surface-design.ts';

const LEVEL = 0.95;

type PlannedAblation = {
  /** Seeds of each arm when the plan is made, and once it has run. */
  readonly before: number;
  readonly after: number;
  readonly blocked: boolean;
  readonly repetitions: number;
  readonly seed: number;
};

/**
 * Share of experiments that find the effect that their plan calls detectable with a power of 0.8. Each has normal noise of
 * its own, plans from the noise that it observed, runs the plan with that effect planted, and compares all of its runs.
 */
export function shareFound({ before, after, blocked, repetitions, seed }: PlannedAblation): number {
  const generator = random(seed);
  const draw = (count: number) => Array.from({ length: count }, () => generator.normal());
  let found = 0;
  for (let index = 0; index < repetitions; index++) {
    const [high, low] = [draw(before), draw(before)];
    const noise = {
      run: pooledNoise([high, low])!,
      difference: pooledNoise([high.map((value, at) => value - low[at]!)])!,
    };
    const simulate = simulatedContrast(noise, { level: LEVEL, randomSeed: index, most: after });
    const counts = { more: after, less: after, shared: blocked ? after : 0 };
    const effect = detectableEffect(simulate(counts)!, 0.8);
    const more = [...high, ...draw(after - before)].map((value) => value + effect);
    const less = [...low, ...draw(after - before)];
    const { interval } = blocked ? pairedComparison(more, less, LEVEL) : welch(more, less, LEVEL);
    if (interval.low > 0) found += 1;
  }
  return found / repetitions;
}

type PlannedSwarm = {
  readonly truth: (shares: Float64Array) => number;
  readonly noise: number;
  readonly repetitions: number;
};

const ENDS = { more: Float64Array.of(0.4, 0.2, 0.2, 0.2), less: Float64Array.of(0.1, 0.3, 0.3, 0.3) };

/** Further runs of a planned swarm. */
const ADDED = 8;

/**
 * Swarms of 24 random mixtures that plan eight further runs and launch them: the mean power that the plans promised for the
 * true effect, the share that found it, and the median of the promised standard error over the one of the new answer.
 */
export function swarmsThatRan({ truth, noise, repetitions }: PlannedSwarm) {
  let [promised, found] = [0, 0];
  const ratios: number[] = [];
  for (let index = 0; index < repetitions; index++) {
    const observations = aSwarm(truth, { mixtures: 24, seeds: 1, noise, seed: index + 1 });
    let design = surfaceDesign(fitSurface(observations, random(index))!, ENDS, [ENDS.more, ENDS.less]);
    const added: Float64Array[] = [];
    for (let run = 0; run < ADDED; run++) {
      const next = bestCandidate(design);
      added.push([ENDS.more, ENDS.less][next]!);
      design = withRun(design, next);
    }
    const generator = random(index + 1000);
    const surface = fitSurface(
      {
        ...observations,
        mixtures: [...observations.mixtures, ...added.map((point) => `end-${point[0]}`)],
        shares: [...observations.shares, ...added],
        values: Float64Array.from([
          ...observations.values,
          ...added.map((point) => truth(point) + noise * generator.normal()),
        ]),
      },
      random(index),
    )!;
    const answer = finiteEffect(surface, { ...ENDS, direction: ENDS.more }, LEVEL);
    promised += powerOf(detectionOf(design, LEVEL), truth(ENDS.more) - truth(ENDS.less));
    ratios.push(standardErrorOf(design) / answer.standardError);
    if (answer.interval.low > 0) found += 1;
  }
  const ratio = ratios.toSorted((left, right) => left - right)[Math.floor(repetitions / 2)]!;
  return { promised: promised / repetitions, found: found / repetitions, ratio };
}
