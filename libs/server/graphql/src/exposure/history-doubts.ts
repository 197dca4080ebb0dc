import type { UnplacedAttempt } from '@tributary/training';

/** Attempts that runs may have gone through, of which it is not known from which step on. */
export type Unplaced = readonly UnplacedAttempt[];

/** Attempts that are named; more are counted. */
const NAMED = 3;

/** Why other steps may count than those of a history: it is not known where some attempts began. */
export function doubtsOfHistory({ unplaced }: { readonly unplaced: Unplaced }): string[] {
  const texts = [...new Set(unplaced.map(startUnknown))];
  const more = texts.length - NAMED;
  return [
    ...texts.slice(0, NAMED),
    ...(more > 0 ? [`so of ${more} more ${more === 1 ? 'attempt' : 'attempts'}`] : []),
  ];
}

const startUnknown = ({ run, attempt, lacks }: UnplacedAttempt): string =>
  lacks === 'start'
    ? `no start of attempt ${attempt} of run ${run} is recorded, so nothing says whether it was before the fork`
    : `nothing says where attempt ${attempt} of run ${run} began: only checkpoints, ends, skipped steps, orders or other attempts name it`;
