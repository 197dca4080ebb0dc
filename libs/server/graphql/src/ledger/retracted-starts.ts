import { MAX_HOPS, retractedSnapshots } from '@tributary/corpus';
import { groupBy } from '@tributary/kernel';
import type { EventPosition, LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { startsOnSnapshots } from '@tributary/training';
import type { Change } from './evidence-changes.ts';
import { TOO_FAR } from './read-retractions.ts';

/** The events of an answer, the position that it was computed as of, and the position up to which changes count. */
export type Asked = {
  readonly positions: EventPosition[];
  readonly since: LogPosition;
  readonly as_of: LogPosition;
};

/** Changes of evidence, and why there may be more of them. */
export type EvidenceChanges = { readonly changes: readonly Change[]; readonly reason: string | undefined };

/** Retracted snapshots that are read. */
const MAX_SNAPSHOTS = 10_000;

/**
 * Starts of runs, among the evidence, on a snapshot that was retracted later, or that was made from one; and on one of which
 * only later facts say that it was made from a snapshot that had been retracted. Whether its shards are known makes no
 * difference.
 */
export async function retractedStarts(
  reader: SqlReader,
  { positions, since, as_of }: Asked,
): Promise<EvidenceChanges> {
  const later = await reader.all(retractedSnapshots, { since, until: as_of, as_of });
  const earlier = await reader.all(retractedSnapshots, { since: [], until: since, as_of });
  if (later.length + earlier.length === 0) return { changes: [], reason: undefined };
  const then = await reader.all(retractedSnapshots, { since: [], until: since, as_of: since });
  const known = new Set(then.map(({ snapshot_id }) => snapshot_id));
  const causes = [...later, ...earlier.filter(({ snapshot_id }) => !known.has(snapshot_id))];
  const snapshot_ids = [...new Set(causes.map(({ snapshot_id }) => snapshot_id))];
  const starts =
    snapshot_ids.length === 0 ? [] : await reader.all(startsOnSnapshots, { snapshot_ids, positions });
  const startsOf = groupBy(starts, ({ snapshot_id }) => snapshot_id);
  const isCut = [later, earlier, then].some(({ length }) => length > MAX_SNAPSHOTS);
  const isFar = [...later, ...earlier, ...then].some(({ hops }) => hops > MAX_HOPS);
  const reasons = [
    ...(isCut ? [`only the first ${MAX_SNAPSHOTS} retracted snapshots are read`] : []),
    ...(isFar ? [TOO_FAR] : []),
  ];
  return {
    changes: causes.flatMap((cause) =>
      (startsOf.get(cause.snapshot_id) ?? []).map(({ evidence: changed }) => changeBy(cause, changed)),
    ),
    reason: reasons.join('; ') || undefined,
  };
}

function changeBy(
  { snapshot_id, retracted, reason, actor, evidence }: RowOf<typeof retractedSnapshots>,
  changed: EventPosition,
): Change {
  const made = snapshot_id === retracted ? '' : `, from which ${snapshot_id} was made`;
  const type = 'corpus.source.retracted';
  return { changed, evidence, type, reason: `snapshot ${retracted}${made}: ${reason}`, actor };
}
