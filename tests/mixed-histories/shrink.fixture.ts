import type { Step } from './steps.fixture.ts';

/** Runs of a system that a minimal history may cost. */
const TRIES = 60;

/**
 * Removes steps as long as the rest still fails: halves of them first, then smaller parts. Times differ between runs, so
 * a history that fails by chance may stay long.
 */
export async function shrink(
  steps: readonly Step[],
  fails: (steps: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> {
  let rest = steps;
  let tries = 0;
  for (let size = Math.ceil(rest.length / 2); size >= 1 && tries < TRIES; size = Math.floor(size / 2))
    for (let from = 0; from < rest.length && tries < TRIES; tries += 1) {
      const fewer = [...rest.slice(0, from), ...rest.slice(from + size)];
      if (await fails(fewer)) rest = fewer;
      else from += size;
    }
  return rest;
}

/** A step in one line. */
export function stepText(step: Step): string {
  if ('accident' in step) return `round ${step.round}: ${JSON.stringify(step.accident)}`;
  const { move, history, round } = step;
  const of = `round ${round}, history ${history}`;
  if (move.do === 'ask') return `${of}: asks the ${move.kind} of ${move.run} as of ${move.asOf}`;
  const ids = move.events.map(({ id }) => id).join(', ');
  return `${of}: appends ${ids}${move.atomic ? ', atomic' : ''}`;
}
