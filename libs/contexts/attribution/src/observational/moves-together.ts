import { isWithin, shareOf } from '../composition/composition.ts';
import type { Warning } from '../experiment.ts';
import { pearson } from '../numerics/moments.ts';
import { mixturesToSeparate } from '../swarm/runs-to-add.ts';
import type { Swarm } from '../swarm/swarm.ts';

/** Correlation with the share from which something that nobody assigned cannot be told from it. */
export const SEPARABLE_BELOW = 0.95;

/** Why runs without an assignment say nothing of a slice: the share of another one moves with it. */
export function movesTogether(swarm: Swarm, slice: string): Warning | undefined {
  const { arms, runs, observations } = swarm;
  if (arms.some(({ design }) => design === 'swarm')) return undefined;
  const own = runs.map((run) => shareOf(run.shares, slice));
  const others = observations.components.filter((leaf) => !isWithin(leaf, slice));
  const found = others
    .map((leaf) => ({
      leaf,
      correlation: pearson(
        own,
        runs.map((run) => shareOf(run.shares, leaf)),
      ),
    }))
    .filter(({ correlation }) => correlation >= SEPARABLE_BELOW);
  if (found.length === 0) return undefined;
  const listed = found.map(({ leaf, correlation }) => `${leaf} (correlation ${correlation.toFixed(3)})`);
  const tied = found.map(({ leaf }) => leaf);
  const text =
    `No mixture was assigned, and the share of ${slice} cannot be told from what moves with it: ${listed.join(', ')}. ` +
    mixturesToSeparate(swarm, slice, tied);
  return { code: 'not_separable', text };
}
