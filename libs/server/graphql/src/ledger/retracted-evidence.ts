import { MAX_HOPS, sameShards, similarShards, snapshotsOfShards } from '@tributary/corpus';
import type { Doubt, Join, SameShards } from '@tributary/corpus';
import { groupBy, isCovered } from '@tributary/kernel';
import type { EventPosition, LogPosition, SqlReader } from '@tributary/kernel';
import { exposuresToShards, startsOnSnapshots } from '@tributary/training';
import { doubtsOf, similarOf, unfollowedReason } from '../aliases/alias-answers.ts';
import type { Change } from './evidence-changes.ts';
import { readRetractions, TOO_FAR } from './read-retractions.ts';
import type { Retraction, Retractions } from './read-retractions.ts';
import { retractedStarts } from './retracted-starts.ts';
import type { Asked, EvidenceChanges } from './retracted-starts.ts';

/** A shard that is not to be used, by its retraction or as the same data as one that is retracted, and what says so. */
type Cause = Omit<Change, 'changed'> & { readonly shard: string };

/**
 * Later retractions of shards that the evidence uses, or of shards that are the same data by now, and of snapshots that runs
 * of the evidence were started on; and later aliases and digests, by which a shard of the evidence is the same as one that was retracted before. What is not joined for sure and
 * is used is the reason why there may be more.
 */
export async function retractedEvidence(reader: SqlReader, asked: Asked): Promise<EvidenceChanges> {
  const { since, as_of } = asked;
  const now = await readRetractions(reader, { since, until: as_of, as_of });
  const before = await readRetractions(reader, { since: [], until: since, as_of });
  const [later, earlier] = [now.retractions, before.retractions];
  const snapshots = await retractedStarts(reader, asked);
  if (later.length + earlier.length === 0)
    return { ...snapshots, reason: joined([...now.lacks, ...before.lacks, snapshots.reason]) };
  const same = await sameShards(reader, shardsOf([...later, ...earlier]), as_of);
  const concerned = await concernedSince(reader, earlier, { same, since });
  const causes = [...later.flatMap((one) => retractedNow(one, same)), ...concerned.causes];
  const doubts = shardsOf([...later, ...earlier]).flatMap((shard) => same.doubts(shard));
  const similar = await similarShards(reader, [...new Set(causes.map(({ shard }) => shard))], as_of);
  const { usesOf, isFar } = await usesBy(reader, asked, [
    ...causes.map(({ shard }) => shard),
    ...doubts.flatMap(({ among }) => among),
    ...similar.found.map(({ other }) => other),
  ]);
  const isUsed = (shard: string): boolean => usesOf.has(shard);
  const open = [
    ...doubtsOf(doubts.filter((doubt) => isOpen(doubt, isUsed))),
    ...similarOf({ found: similar.found.filter(({ other }) => isUsed(other)) }),
  ];
  const reasons = [
    ...[now, before, concerned.known].flatMap(({ lacks }) => lacks),
    snapshots.reason,
    isFar ? TOO_FAR : undefined,
    similar.truncation,
    unfollowedReason(open),
  ];
  return {
    changes: [
      ...causes.flatMap(({ shard, ...cause }) =>
        (usesOf.get(shard) ?? []).map(({ evidence: changed }) => ({ ...cause, changed })),
      ),
      ...snapshots.changes,
    ],
    reason: joined(reasons),
  };
}

/** Reasons as one, each of them once. */
const joined = (reasons: readonly (string | undefined)[]): string | undefined =>
  [...new Set(reasons)].filter((reason) => reason !== undefined).join('; ') || undefined;

const shardsOf = (retractions: readonly Retraction[]): string[] => [
  ...new Set(retractions.map(({ shard_id }) => shard_id)),
];

/** A retraction of each shard that is the same data. */
const retractedNow = ({ shard_id, reason, ...by }: Retraction, same: SameShards): Cause[] =>
  same.members(shard_id).map((shard) => {
    const alias = shard === shard_id ? '' : `, which is the same as ${shard}`;
    return { ...by, shard, reason: `shard ${shard_id}${alias}: ${reason}` };
  });

/**
 * What joined shards with those that were retracted before and were not the same by then; and the retraction of those that a
 * package or snapshot names since. With the retractions as they held by then.
 */
async function concernedSince(
  reader: SqlReader,
  retracted: readonly Retraction[],
  { same, since }: { readonly same: SameShards; readonly since: LogPosition },
): Promise<{ readonly causes: readonly Cause[]; readonly known: Retractions }> {
  const then = await readRetractions(reader, { since: [], until: since, as_of: since });
  const before = await sameShards(reader, shardsOf([...retracted, ...then.retractions]), since);
  const known = new Set(then.retractions.flatMap(({ shard_id }) => before.members(shard_id)));
  const named = retracted.filter(({ shard_id }) => !known.has(shard_id));
  const aliases = retracted.flatMap(({ shard_id, reason }) =>
    same
      .joins(shard_id)
      .filter(({ other }) => !known.has(other))
      .map((join) => ({
        shard: join.other,
        evidence: newestOf(join, since),
        type: FACTS[join.basis],
        reason: `shard ${join.other} is the same as ${shard_id}, which was retracted: ${reason}`,
        actor: '',
      })),
  );
  return { causes: [...aliases, ...named.flatMap((one) => retractedNow(one, same))], known: then };
}

const FACTS = { declared: 'corpus.alias.declared', digest: 'corpus.shard.registered' };

/** The last fact after a position that joins two shards; the last one where what kept them apart is gone. */
const newestOf = ({ evidence }: Join, since: LogPosition): EventPosition =>
  evidence.findLast((position) => !isCovered(position, since)) ?? evidence.at(-1) ?? 0;

/** Whether a doubt may concern the evidence: where it does not say which shards, it may. */
const isOpen = ({ among }: Doubt, isUsed: (shard: string) => boolean): boolean =>
  among.length === 0 || among.some(isUsed);

type Use = { readonly shard_id: string; readonly evidence: EventPosition };

/** The events of the evidence that use shards, and whether there may be more: snapshots are too many steps away. */
type Uses = { readonly usesOf: ReadonlyMap<string, readonly Use[]>; readonly isFar: boolean };

async function usesBy(
  reader: SqlReader,
  { positions, as_of }: Asked,
  shards: readonly string[],
): Promise<Uses> {
  const shard_ids = [...new Set(shards)];
  if (shard_ids.length === 0) return { usesOf: new Map(), isFar: false };
  const exposures = await reader.all(exposuresToShards, { shard_ids, positions });
  const { starts, isFar } = await startsOn(reader, { shard_ids, positions, as_of });
  return { usesOf: groupBy([...exposures, ...starts], ({ shard_id }) => shard_id), isFar };
}

/** Starts of runs on snapshots that hold one of the shards. */
async function startsOn(
  reader: SqlReader,
  { shard_ids, positions, as_of }: { shard_ids: string[]; positions: EventPosition[]; as_of: LogPosition },
): Promise<{ readonly starts: readonly Use[]; readonly isFar: boolean }> {
  const holding = await reader.all(snapshotsOfShards, { shard_ids, as_of });
  if (holding.length === 0) return { starts: [], isFar: false };
  const snapshot_ids = [...new Set(holding.map(({ snapshot_id }) => snapshot_id))];
  const rows = await reader.all(startsOnSnapshots, { snapshot_ids, positions });
  const startsOf = groupBy(rows, ({ snapshot_id }) => snapshot_id);
  const starts = holding.flatMap(({ shard_id, snapshot_id }) =>
    (startsOf.get(snapshot_id) ?? []).map(({ evidence }) => ({ shard_id, evidence })),
  );
  return { starts, isFar: holding.some(({ hops }) => hops > MAX_HOPS) };
}
