import { correctionsOf } from '@tributary/attribution';
import { retractionsSince, snapshotsOfShards } from '@tributary/corpus';
import { changedScores } from '@tributary/evaluation';
import { formatEventPosition, groupBy } from '@tributary/kernel';
import type { EventPosition, LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { exposuresToShards, startsOnSnapshots } from '@tributary/training';
import { arms } from '@tributary/mixture';
import type { EvidenceChange } from '../generated/schema.ts';

type Change = {
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
 * snapshot it was started on. In the order of the log.
 */
export async function evidenceChanges(
  reader: SqlReader,
  { experiment, ...asked }: Since,
): Promise<EvidenceChange[]> {
  const assigned = await assignment(reader, experiment, asked.since);
  const positions = [...asked.positions, ...assigned.map(({ evidence }) => evidence)];
  const changes: Change[] = [
    ...(await reader.all(correctionsOf, { ...asked, positions })),
    ...reassigned(assigned, await assignment(reader, experiment, asked.as_of)),
    ...(await reader.all(changedScores, asked)),
    ...(await retractions(reader, asked)),
  ];
  /* A correction of a score is a later score too. It is listed once, as the correction, which has the reason. */
  const once = [...groupBy(changes, ({ changed, evidence }) => `${changed} ${evidence}`).values()];
  return once
    .flatMap((group) => group.slice(0, 1))
    .toSorted((left, right) => left.evidence - right.evidence || left.changed - right.changed)
    .map(({ changed, evidence, ...change }) => ({
      ...change,
      changed: formatEventPosition(changed),
      by: formatEventPosition(evidence),
    }));
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

async function retractions(
  reader: SqlReader,
  { positions, since, as_of }: Omit<Since, 'experiment'>,
): Promise<Change[]> {
  const retracted = await reader.all(retractionsSince, { since, as_of });
  if (retracted.length === 0) return [];
  const shard_ids = [...new Set(retracted.map(({ shard_id }) => shard_id))];
  const uses = [
    ...(await reader.all(exposuresToShards, { shard_ids, positions })),
    ...(await startsOn(reader, { shard_ids, positions, as_of })),
  ];
  const usesOf = groupBy(uses, ({ shard_id }) => shard_id);
  return retracted.flatMap(({ shard_id, type, reason, actor, evidence }) =>
    (usesOf.get(shard_id) ?? []).map((use) => ({
      changed: use.evidence,
      evidence,
      type,
      reason: `shard ${shard_id}: ${reason}`,
      actor,
    })),
  );
}

type Use = { readonly shard_id: string; readonly evidence: EventPosition };

/** Starts of runs on snapshots that hold one of the shards. */
async function startsOn(
  reader: SqlReader,
  { shard_ids, positions, as_of }: { shard_ids: string[]; positions: EventPosition[]; as_of: LogPosition },
): Promise<Use[]> {
  const holding = await reader.all(snapshotsOfShards, { shard_ids, as_of });
  if (holding.length === 0) return [];
  const snapshot_ids = [...new Set(holding.map(({ snapshot_id }) => snapshot_id))];
  const starts = await reader.all(startsOnSnapshots, { snapshot_ids, positions });
  const startsOf = groupBy(starts, ({ snapshot_id }) => snapshot_id);
  return holding.flatMap(({ shard_id, snapshot_id }) =>
    (startsOf.get(snapshot_id) ?? []).map(({ evidence }) => ({ shard_id, evidence })),
  );
}
