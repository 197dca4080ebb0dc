import { groupBy } from '@tributary/kernel';
import { armNames } from '../discovery/arm-names.ts';
import { byMixture } from '../discovery/mixtures.ts';
import { repeatedRuns } from '../experiment.ts';
import type { ScoredRun } from '../experiment.ts';

/** A recipe of data with its runs at two scales. */
export type Recipe = {
  readonly name: string;
  readonly small: readonly ScoredRun[];
  readonly target: readonly ScoredRun[];
};

type AtScales = Pick<Recipe, 'small' | 'target'>;

/**
 * The recipes that runs of two scales were trained on. Runs that name one mixture at both scales are of one recipe, whatever
 * sampling made of its shares. The others are, where their realised shares are one mixture (`byMixture`) of one snapshot; at
 * one scale they are not where they name several mixtures.
 */
export function recipesOf({ small, target }: AtScales): Recipe[] {
  const isSmall = new Set(small);
  const all = [...small, ...target];
  const named = groupBy(all, ({ mixtureId }) => mixtureId);
  const isAtBoth = (runs: readonly ScoredRun[]) =>
    runs.some((run) => isSmall.has(run)) && runs.some((run) => !isSmall.has(run));
  const shared = new Map([...named].filter(([mixture, runs]) => mixture !== '' && isAtBoth(runs)));
  const others = all.filter(({ mixtureId }) => !shared.has(mixtureId));
  const parts = [...shared.values(), ...alike(others, isSmall)];
  const names = armNames(parts);
  return parts.map((part, index) => ({
    name: names[index] ?? '',
    small: eachOnce(part.filter((run) => isSmall.has(run))),
    target: eachOnce(part.filter((run) => !isSmall.has(run))),
  }));
}

/** Runs of one snapshot with alike shares, cut by the mixtures that they name where one scale names several. */
function alike(runs: readonly ScoredRun[], isSmall: ReadonlySet<ScoredRun>): ScoredRun[][] {
  const snapshots = [...groupBy(runs, ({ facts }) => facts?.get('snapshot') ?? '').values()];
  return snapshots.flatMap((of) => {
    const slices = [...new Set(of.flatMap(({ shares }) => Object.keys(shares)))].toSorted();
    return byMixture(of, slices).flatMap((part) => {
      const atScales = [part.filter((run) => isSmall.has(run)), part.filter((run) => !isSmall.has(run))];
      const isNamedTwice = atScales.some((at) => new Set(at.map(({ mixtureId }) => mixtureId)).size > 1);
      return isNamedTwice ? [...groupBy(part, ({ mixtureId }) => mixtureId).values()] : [part];
    });
  });
}

/** Without runs of the recipe that repeat another one to the last digit. */
function eachOnce(runs: readonly ScoredRun[]): ScoredRun[] {
  const repeated = new Set(repeatedRuns(runs.map((run) => ({ ...run, arm: '' }))).map(({ runId }) => runId));
  return runs.filter(({ runId }) => !repeated.has(runId));
}
