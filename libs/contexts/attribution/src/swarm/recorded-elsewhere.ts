import { groupBy } from '@tributary/kernel';
import { sharesIn } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { briefly } from '../controls/briefly.ts';
import { contradictsArm, isExposed, isMixtureUnknown, runsInSeveralArms } from '../experiment.ts';
import type { Experiment, Run } from '../experiment.ts';
import { norm } from '../numerics/moments.ts';
import { HULL_TOLERANCE } from './swarm-checks.ts';
import type { Swarm } from './swarm.ts';

/**
 * Runs with a known mixture that the surface of a swarm is not fitted to, although they ended well or still train: those of
 * an arm that is no part of the swarm, or held out, or without a score.
 */
export function runsElsewhere({ arms, runs }: Experiment, swarm: Swarm): Run[] {
  const fitted = new Set(swarm.runs.map(({ runId }) => runId));
  const shared = new Set(runsInSeveralArms(runs).flat());
  const armOf = new Map(arms.map((arm) => [arm.arm, arm]));
  return runs.filter((run) => {
    const arm = armOf.get(run.arm);
    if (!arm || fitted.has(run.runId) || shared.has(run) || !isExposed(run)) return false;
    if (run.status !== 'completed' && run.status !== 'running') return false;
    return !contradictsArm(run, arm) && !isMixtureUnknown(run, arm.planned);
  });
}

/** Whether a run is so near to a mixture that the surface reaches it from there (`HULL_TOLERANCE`). */
export function isNear({ shares }: Pick<Run, 'shares'>, mixture: Composition): boolean {
  const leaves = [...new Set([...Object.keys(shares), ...Object.keys(mixture)])];
  const [run, asked] = [sharesIn(leaves, shares), sharesIn(leaves, mixture)];
  return norm(run.map((share, at) => share - asked[at]!)) <= HULL_TOLERANCE;
}

/** What makes recorded runs part of the surface: nothing is to be run again. */
export function assignedText(runs: readonly Run[], capability: string): string {
  const named = [...groupBy(runs, ({ arm }) => arm)].map(
    ([arm, of]) => `${arm} (${briefly(of.map(({ runId }) => runId).toSorted())})`,
  );
  return `Needs the recorded runs of these arms as training runs of the swarm, with scores of ${capability}: ${named.toSorted().join('; ')}.`;
}
