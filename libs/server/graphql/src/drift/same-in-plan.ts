import {
  aliasRules,
  MAX_RULES,
  partsOfRules,
  sameShards,
  shardsWithAliases,
  TOO_MANY_RULES,
} from '@tributary/corpus';
import type { Doubt, SameShards } from '@tributary/corpus';
import { currentSignal, pace } from '@tributary/kernel';
import type { EventPosition, LogPosition, SqlReader } from '@tributary/kernel';

/** Shards of a plan that are the same as others of it. */
export type SameInPlan = {
  /** Those that count as another one, and at the same places the ones that they count as. */
  readonly others: readonly string[];
  readonly firsts: readonly string[];
  /** Positions of the facts that say that they are the same. */
  readonly evidence: readonly EventPosition[];
  /** What may be the same and is not joined: then some data may count twice. */
  readonly doubts: readonly Doubt[];
  /** Why there may be more of them. */
  readonly lacks: readonly string[];
};

type Planned = {
  readonly slices: string[];
  /** The snapshot that lists the shards; null where all that are registered count. */
  readonly snapshot: string | null;
  readonly as_of: LogPosition;
};

/** Shards of one plan of which is asked whether they are the same as others. */
const MAX_ALIASED = 20_000;

/** Joins that are listed before others have their turn. */
const JOINED_IN_A_TURN = 5_000;

/** Which shards of a plan are the same by their digests or by what is declared: each counts as the one with the least id. */
export async function sameInPlan(
  reader: SqlReader,
  { slices, snapshot, as_of }: Planned,
): Promise<SameInPlan> {
  const declared = await reader.all(aliasRules, { first: MAX_RULES + 1, as_of });
  const rules = declared.slice(0, MAX_RULES).map(({ rule_kind: kind, ...rule }) => ({ kind, ...rule }));
  const asked = { ...partsOfRules(rules), as_of };
  const found = await (snapshot === null
    ? reader.all(shardsWithAliases.registered, { ...asked, slices })
    : reader.all(shardsWithAliases.listed, { ...asked, snapshot_id: snapshot }));
  const shards = found.slice(0, MAX_ALIASED).map(({ shard_id }) => shard_id);
  const planned = new Set(shards);
  const same = await sameShards(reader, shards, as_of);
  const counted = shards.flatMap((other) => {
    const first = same.members(other).find((member) => planned.has(member)) ?? other;
    return first === other ? [] : [{ other, first }];
  });
  return {
    others: counted.map(({ other }) => other),
    firsts: counted.map(({ first }) => first),
    evidence: await evidenceOf(counted, same),
    doubts: [...doubtsIn(shards, planned, same), ...(declared.length > MAX_RULES ? [TOO_MANY_RULES] : [])],
    lacks:
      found.length > MAX_ALIASED
        ? [`only the first ${MAX_ALIASED} shards with aliases or equal digests are compared with each other`]
        : [],
  };
}

type Counted = { readonly other: string; readonly first: string };

/** Positions of the facts that say so; a class of many shards has as many joins for each of them. */
async function evidenceOf(counted: readonly Counted[], same: SameShards): Promise<EventPosition[]> {
  const [evidence, paced, signal] = [new Set<EventPosition>(), pace(JOINED_IN_A_TURN), currentSignal()];
  for (const { other, first } of counted) {
    const joins = same.joins(other);
    for (const position of joins.find((join) => join.other === first)?.evidence ?? []) evidence.add(position);
    const turn = paced(joins.length);
    if (turn) await turn;
    if (turn) signal?.throwIfAborted();
  }
  return [...evidence];
}

/** What is in doubt about two shards of the plan: others may well be the same as one of them without counting. */
function doubtsIn(shards: readonly string[], planned: ReadonlySet<string>, same: SameShards): Doubt[] {
  const doubts = shards.flatMap((shard) => same.doubts(shard)).filter((doubt) => doubt !== TOO_MANY_RULES);
  const unfollowed = doubts.filter(({ among }) => among.length === 0);
  return [
    ...doubts.filter(({ among }) => among.filter((shard) => planned.has(shard)).length > 1),
    ...(unfollowed.length > 1 ? unfollowed : []),
  ];
}
