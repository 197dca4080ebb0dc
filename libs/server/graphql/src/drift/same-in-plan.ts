import { MAX_RULES, sameShards, shardsWithAliases } from '@tributary/corpus';
import type { Doubt } from '@tributary/corpus';
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

/** Which shards of a plan are the same by their digests or by what is declared: each counts as the one with the least id. */
export async function sameInPlan(
  reader: SqlReader,
  { slices, snapshot, as_of }: Planned,
): Promise<SameInPlan> {
  const asked = { first: MAX_RULES, as_of };
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
  const joined = counted.flatMap(({ other, first }) =>
    same.joins(other).filter((join) => join.other === first),
  );
  return {
    others: counted.map(({ other }) => other),
    firsts: counted.map(({ first }) => first),
    evidence: joined.flatMap(({ evidence }) => evidence),
    doubts: shards.flatMap((shard) => same.doubts(shard)).filter((doubt) => concerns(doubt, planned)),
    lacks:
      found.length > MAX_ALIASED
        ? [`only the first ${MAX_ALIASED} shards with aliases or equal digests are compared with each other`]
        : [],
  };
}

/** Whether two shards of the plan may be the same; where the doubt does not say which shards, they may. */
const concerns = ({ among }: Doubt, planned: ReadonlySet<string>): boolean =>
  among.length === 0 || among.filter((shard) => planned.has(shard)).length > 1;
