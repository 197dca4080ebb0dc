import type { RowOf } from '@tributary/kernel';
import { segmentFinder } from '@tributary/training';
import type { CountedHistory, startsOfRuns } from '@tributary/training';

export type Start = RowOf<typeof startsOfRuns>;

/** What a start names as its origin, and the run that it is of; undefined where no event says which run that is. */
export type Origin = { readonly text: string; readonly run: string | undefined };

/** A run that goes on from a checkpoint of its own names no other origin. */
export function originsIn({
  run_id,
  forked_run_id,
  forked_step,
  parent_checkpoint_id,
  saved_by,
}: Start): Origin[] {
  const isForked = forked_run_id !== '' && forked_run_id !== run_id;
  const isTaken = parent_checkpoint_id !== '' && saved_by !== run_id;
  return [
    ...(isForked ? [{ text: `run ${forked_run_id}, step ${forked_step ?? 0}`, run: forked_run_id }] : []),
    ...(isTaken ? [{ text: `checkpoint ${parent_checkpoint_id}`, run: saved_by || undefined }] : []),
  ];
}

export const originsOf = (starts: readonly Start[], run: string): Origin[] =>
  starts.filter(({ run_id }) => run_id === run).flatMap(originsIn);

/** The starts of the attempts that runs went through. */
export function passedIn(history: CountedHistory, starts: readonly Start[]): Start[] {
  const segmentOf = segmentFinder(history);
  return starts.filter(({ run_id, attempt }) => history.passed[segmentOf(run_id, attempt)] === true);
}

/** The first step of a run under numbers of its own, and where it goes on with those of what it was made from. */
type FirstStep = { readonly own: number; readonly continued: number };

/** After the fork, 1, or after the parent checkpoint; 0 where no event says of which step that is. */
export function firstStepOf(starts: readonly Start[], run: string): FirstStep {
  const own = starts.filter(({ run_id }) => run_id === run);
  const fork = own.find(({ forked_run_id }) => forked_run_id !== '');
  if (fork) return { own: (fork.forked_step ?? 0) + 1, continued: (fork.forked_step ?? 0) + 1 };
  const taken = own.find((start) => originsIn(start).length > 0);
  if (!taken) return { own: 1, continued: 1 };
  return taken.saved_by === '' ? { own: 0, continued: 0 } : { own: 1, continued: taken.saved_step + 1 };
}
