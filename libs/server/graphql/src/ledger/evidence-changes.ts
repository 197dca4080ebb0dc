import { correctionsOf } from '@tributary/attribution';
import { changedScores } from '@tributary/evaluation';
import { formatEventPosition, groupBy } from '@tributary/kernel';
import type { EventPosition, LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { arms } from '@tributary/mixture';
import type { EvidenceChange } from '../generated/schema.ts';
import { retractedEvidence } from './retracted-evidence.ts';

/** A later event that changes an event of the evidence, with the positions of both. */
export type Change = {
  readonly changed: EventPosition;
  readonly evidence: EventPosition;
  readonly type: string;
  readonly reason: string;
  readonly actor: string;
};

/** The events of an answer, the position that it was computed as of, and the position up to which changes count. */
type Since = {
  /** The experiment; its assignment counts too, although no effect lists it. Undefined where it is not recorded. */
  readonly experiment: string | undefined;
  readonly positions: EventPosition[];
  readonly since: LogPosition;
  readonly as_of: LogPosition;
};

/**
 * Later events that change an event of the evidence: its correction, the invalidation of a score, a score of the same
 * measurement with another value, another assignment of an arm, the retraction of a shard that a run consumed or whose
 * snapshot it was started on, or of one that is the same data. In the order of the log, with the reason why there may be
 * more.
 */
export async function evidenceChanges(
  reader: SqlReader,
  { experiment, ...asked }: Since,
): Promise<{ readonly changes: EvidenceChange[]; readonly reason: string | undefined }> {
  const assigned = await assignment(reader, experiment, asked.since);
  const positions = [...asked.positions, ...assigned.map(({ evidence }) => evidence)];
  const retracted = await retractedEvidence(reader, asked);
  const changes: Change[] = [
    ...(await reader.all(correctionsOf, { ...asked, positions })),
    ...reassigned(assigned, await assignment(reader, experiment, asked.as_of)),
    ...(await reader.all(changedScores, asked)),
    ...retracted.changes,
  ];
  /* A correction of a score is a later score too. It is listed once, as the correction, which has the reason. */
  const once = [...groupBy(changes, ({ changed, evidence }) => `${changed} ${evidence}`).values()];
  const listed = once
    .flatMap((group) => group.slice(0, 1))
    .toSorted((left, right) => left.evidence - right.evidence || left.changed - right.changed)
    .map(({ changed, evidence, ...change }) => ({
      ...change,
      changed: formatEventPosition(changed),
      by: formatEventPosition(evidence),
    }));
  return { changes: listed, reason: retracted.reason };
}

type Arm = RowOf<typeof arms>;

const assignment = (
  reader: SqlReader,
  experiment_id: string | undefined,
  as_of: LogPosition,
): Promise<readonly Arm[]> =>
  experiment_id === undefined ? Promise.resolve([]) : reader.all(arms, { experiment_id, as_of });

/** Arms that a later assignment states otherwise. Further arms change nothing of those that were compared. */
function reassigned(before: readonly Arm[], now: readonly Arm[]): Change[] {
  const later = new Map(now.map((arm) => [arm.arm, arm]));
  return before.flatMap((one) => {
    const arm = later.get(one.arm);
    if (!arm || arm.evidence === one.evidence || stated(arm) === stated(one)) return [];
    const { evidence } = arm;
    const reason = `arm ${one.arm} is assigned otherwise`;
    return [{ changed: one.evidence, evidence, type: 'mixture.experiment.assigned', reason, actor: '' }];
  });
}

const stated = (arm: Arm): string => JSON.stringify({ ...arm, evidence: 0, contradictory: [] });
