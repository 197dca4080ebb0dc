import { scores } from '@tributary/evaluation';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { checkpointsOfRun, stepCounter } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';

type Score = RowOf<typeof scores>;

/** A step of a run of which something is asked: a checkpoint, or a step that has scores. */
export type Checkpoint = {
  readonly id: string | null;
  readonly step: number;
  /** Of a checkpoint that is recorded as saved. */
  readonly saved: Saved | undefined;
  readonly counts: boolean;
  readonly scores: readonly Score[];
};

type Saved = RowOf<typeof checkpointsOfRun>;

/** The checkpoints of a run, with what is missing. */
export type Checkpoints = {
  /** In the order of their steps. */
  readonly listed: readonly Checkpoint[];
  readonly total: number;
  readonly lacking: readonly string[];
};

/** Checkpoints that an answer lists. */
const MAX_CHECKPOINTS = 1_000;

/** Scores of one run on one benchmark that are read. */
const MAX_SCORES = 10_000;

type Asked = {
  readonly run: string;
  readonly benchmark: string;
  readonly history: CountedHistory;
  readonly as_of: LogPosition;
};

/** The checkpoints that a run saved itself and the steps of its scores on a benchmark. */
export async function checkpointsOf(
  reader: SqlReader,
  { run, benchmark, history, as_of }: Asked,
): Promise<Checkpoints> {
  const asked = { run_ids: [run], capability: null, benchmark, after: '', first: MAX_SCORES + 1, as_of };
  const [saved, read] = await Promise.all([
    reader.all(checkpointsOfRun, { run_id: run, as_of }),
    reader.all(scores, asked),
  ]);
  const isCounted = stepCounter(history);
  const counts = ({ attempt, step }: Saved): boolean => isCounted({ run, attempt, step });
  const { ofCheckpoints, ofSteps, unassigned } = byCheckpoint(read.slice(0, MAX_SCORES), saved, counts);
  const all = [
    ...saved.map((one): Checkpoint => ({
      id: one.checkpoint_id,
      step: one.step,
      saved: one,
      counts: counts(one),
      scores: ofCheckpoints.get(one.checkpoint_id) ?? [],
    })),
    ...ofSteps,
  ];
  const { kept, omitted } = ofNewestAttempts(all);
  const merged = saved.filter(({ parents }) => parents.length > 0).length;
  return {
    listed: kept.toSorted(byScores).slice(0, MAX_CHECKPOINTS).toSorted(bySteps),
    total: all.length,
    lacking: [
      ...(kept.length > MAX_CHECKPOINTS
        ? [`only ${MAX_CHECKPOINTS} of ${kept.length} checkpoints are listed`]
        : []),
      ...(omitted > 0
        ? [
            `superseded checkpoints are listed of the newest ${MAX_SUPERSEDED} attempts only: ${omitted} are not`,
          ]
        : []),
      ...(read.length > MAX_SCORES ? [`only ${MAX_SCORES} of the scores were read`] : []),
      ...(unassigned > 0 ? [`scores that name neither a step nor a saved checkpoint: ${unassigned}`] : []),
      ...(merged > 0
        ? [`checkpoints merged from others, of which what other runs consumed does not count: ${merged}`]
        : []),
    ],
  };
}

/** Attempts with superseded checkpoints, the newest first, of which what they consumed is read: one after the other. */
const MAX_SUPERSEDED = 8;

/** Checkpoints without those of too many superseded attempts, and how many those are. */
export function ofNewestAttempts(checkpoints: readonly Checkpoint[]): {
  readonly kept: readonly Checkpoint[];
  readonly omitted: number;
} {
  const attempts = checkpoints.flatMap(({ saved, counts }) => (saved && !counts ? [saved.attempt] : []));
  const newest = new Set(
    [...new Set(attempts)].toSorted((left, right) => right - left).slice(0, MAX_SUPERSEDED),
  );
  const kept = checkpoints.filter(({ saved, counts }) => counts || !saved || newest.has(saved.attempt));
  return { kept, omitted: checkpoints.length - kept.length };
}

type ScoresByCheckpoint = {
  readonly ofCheckpoints: ReadonlyMap<string, readonly Score[]>;
  /** Steps with scores that name no saved checkpoint. */
  readonly ofSteps: readonly Checkpoint[];
  /** Scores that name neither a step nor a saved checkpoint. */
  readonly unassigned: number;
};

/** Scores by their checkpoint. One that names only a step is of the checkpoint that was saved there in the steps that count. */
function byCheckpoint(
  read: readonly Score[],
  saved: readonly Saved[],
  counts: (checkpoint: Saved) => boolean,
): ScoresByCheckpoint {
  const ids = new Set(saved.map(({ checkpoint_id: id }) => id));
  const atStep = new Map(saved.filter(counts).map(({ step, checkpoint_id: id }) => [step, id]));
  const idOf = ({ checkpoint_id: id, step }: Score): string | undefined =>
    id === '' && step !== null ? atStep.get(step) : id;
  const isOfSaved = (score: Score): boolean => ids.has(idOf(score) ?? '');
  const others = read.filter((score) => !isOfSaved(score));
  const stepped = groupBy(
    others.filter(({ step }) => step !== null),
    ({ checkpoint_id: id, step }) => JSON.stringify([id, step]),
  );
  return {
    ofCheckpoints: groupBy(read.filter(isOfSaved), (score) => idOf(score) ?? ''),
    ofSteps: [...stepped.values()].flatMap((own): Checkpoint[] => {
      const [first] = own;
      if (!first || first.step === null) return [];
      return [
        { id: first.checkpoint_id || null, step: first.step, saved: undefined, counts: true, scores: own },
      ];
    }),
    unassigned: others.filter(({ step }) => step === null).length,
  };
}

const bySteps = (left: Checkpoint, right: Checkpoint): number =>
  left.step - right.step || ((left.id ?? '') < (right.id ?? '') ? -1 : 1);

const byScores = (left: Checkpoint, right: Checkpoint): number =>
  Number(right.scores.length > 0) - Number(left.scores.length > 0) || bySteps(left, right);
