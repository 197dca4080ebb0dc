import { retractions, sameShards } from '@tributary/corpus';
import type { Join, SameShards } from '@tributary/corpus';
import { NO_IDENTITIES, unrecordedSources, unresolvedReason, walk } from '@tributary/lineage';
import type { Graph, Walk } from '@tributary/lineage';
import { formatEventPosition, groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { savedByRuns } from '@tributary/training';
import { sameShardOf, unfollowedReason, unrecordedOf } from './aliases/alias-answers.ts';
import { shardIdentity } from './aliases/shard-identity.ts';
import { shardsAmong, unfollowedShards } from './aliases/unfollowed-shards.ts';
import { answered, incomplete, merged } from './answer.ts';
import type { Freshness } from './answer.ts';
import { doubtedConsumption } from './counted-consumption.ts';
import { doubtsOfHistory } from './exposure/history-doubts.ts';
import { RetractionTarget } from './generated/schema.ts';
import type { RetractionImpact, StaleCheckpoint, Unfollowed } from './generated/schema.ts';
import { requireName, unknown } from './known.ts';
import { evidenceIn } from './lineage-answers.ts';
import { otherPaths } from './other-paths.ts';
import { retractedShare } from './retracted-share.ts';
import type { RetractedShare } from './retracted-share.ts';

/** Hops from a package over shard, slice, run, checkpoint and score to an answer, with forks and merges on the way. */
const DEPTH = 10;

/** Sources of which nothing is recorded that one answer lists. */
const MAX_UNRECORDED = 1_000;

type Target = { readonly target: RetractionTarget; readonly id: string };

/**
 * What is stale if a shard, snapshot or package is not to be used, with every shard that is the same data. Throws Fault
 * `unknown_node` where nothing mentions it.
 */
export async function retractionImpact(
  reader: SqlReader,
  fresh: Freshness,
  { target, id, maxNodes }: Target & { readonly maxNodes: number },
): Promise<RetractionImpact> {
  requireName('node', id, fresh);
  const as_of = fresh.position;
  const [found, identity] = [doubtedConsumption(reader, as_of), shardIdentity(reader, as_of)];
  const graph: Graph = { reader, consumption: found.consumption, identity, kinds: [], asOf: as_of };
  const apart = otherPaths(reader, as_of);
  const from = `${target}:${id}`;
  const own = await shardsOf({ ...graph, identity: async () => NO_IDENTITIES }, { target, id });
  const same = await sameShards(reader, own.shards, as_of);
  const shards = [...new Set(own.shards.flatMap((shard) => same.members(shard)))].toSorted();
  const alsoFrom = target === RetractionTarget.Snapshot ? own.shards.map(nodeOf) : [];
  const reached = await walk(
    { ...graph, otherPaths: apart },
    { from, alsoFrom, direction: 'down', depth: DEPTH, maxNodes },
  );
  const start = reached.nodes.find(({ node }) => node === from);
  if (!start && shards.length < 2) throw unknown('node', from, fresh);
  const retracted = await retractionsOf(reader, { target, id }, shards, as_of);
  const { share, unplaced } = retractedShare(reader, shards, as_of);
  const runs = await staleRuns(reached, share);
  const checkpoints = await staleCheckpoints(reader, reached, { share, as_of });
  const doubts = [found.unplaced(), apart.unplaced(), unplaced()].flat();
  const isPackage = target === RetractionTarget.Source;
  const registered = isPackage ? shards.length > 0 : start?.is_registered === 1;
  const open = await notFollowed(reader, { own, same, shards, reached }, as_of);
  const reasons = [
    own.truncation,
    reached.truncation,
    apart.truncation(),
    ...open.reasons,
    ...doubtsOfHistory({ unplaced: doubts }),
  ];
  const joins = joinsOf(own.shards, same);
  const evidence = merged([
    { positions: retracted.map((row) => row.evidence) },
    ...joins.map(({ evidence: positions }) => ({ positions })),
    ...[...reached.nodes, ...reached.edges].map(evidenceIn),
  ]);
  return {
    ...answered(reasons.reduce<Freshness>(incomplete, fresh), evidence),
    target,
    id,
    retractions: retracted.map((row) => ({ ...row, evidence: formatEventPosition(row.evidence) })),
    registered,
    shards,
    same: joins.map(sameShardOf),
    unfollowed: open.unfollowed,
    runs,
    checkpoints,
    scores: idsOf(reached, 'score'),
    answers: idsOf(reached, 'answer'),
  };
}

type Followed = {
  readonly own: Shards;
  readonly same: SameShards;
  readonly shards: readonly string[];
  readonly reached: Walk;
};

/** What could not be followed, and why more may be stale. */
async function notFollowed(
  reader: SqlReader,
  { own, same, shards, reached }: Followed,
  as_of: LogPosition,
): Promise<{ readonly unfollowed: Unfollowed[]; readonly reasons: readonly (string | undefined)[] }> {
  const touched = [...shards, ...shardsAmong(reached.nodes.map(({ node }) => node))];
  const doubts = [...own.shards.flatMap((shard) => same.doubts(shard)), ...reached.doubts];
  const open = await unfollowedShards(reader, { shards: touched, doubts }, as_of);
  const unrecorded = await reader.all(unrecordedSources, { as_of });
  const unfollowed = [...open.unfollowed, ...unrecordedOf(unrecorded.slice(0, MAX_UNRECORDED))];
  const isCut = unrecorded.length > MAX_UNRECORDED;
  return {
    unfollowed,
    reasons: [
      open.truncation,
      isCut ? `only the first ${MAX_UNRECORDED} sources that are not recorded are listed` : undefined,
      unresolvedReason([], reached.edges),
      unfollowedReason(unfollowed),
    ],
  };
}

/** Each shard that is the same as one of some, once. */
function joinsOf(shards: readonly string[], same: SameShards): Join[] {
  const known = new Set<string>();
  return shards.flatMap((shard) => {
    if (known.has(shard)) return [];
    const joins = same.joins(shard);
    for (const { other } of joins) known.add(other);
    return joins;
  });
}

/** Retractions of a target and of the shards that are the same data, in the order of the log. */
async function retractionsOf(
  reader: SqlReader,
  { target, id }: Target,
  shards: readonly string[],
  as_of: LogPosition,
) {
  const target_kind = target === RetractionTarget.Source ? 'package' : target;
  const refs = target === RetractionTarget.Shard ? shards : [id];
  const found = await Promise.all(
    refs.map(async (target_ref) => {
      const rows = await reader.all(retractions, { target_kind, target_ref, as_of });
      return rows.map((row) => ({ ...row, id: target_ref }));
    }),
  );
  return found.flat().toSorted((left, right) => left.evidence - right.evidence);
}

type Shards = { readonly shards: readonly string[]; readonly truncation?: string | undefined };

/** The shards of a target: itself, those made from a package, or those that go into a snapshot. */
async function shardsOf(graph: Graph, { target, id }: Target): Promise<Shards> {
  if (target === RetractionTarget.Shard) return { shards: [id] };
  const isSnapshot = target === RetractionTarget.Snapshot;
  const found = await walk(
    { ...graph, kinds: isSnapshot ? ['snapshot', 'shard'] : ['shard'] },
    {
      from: `${target}:${id}`,
      direction: isSnapshot ? 'up' : 'down',
      depth: isSnapshot ? DEPTH : 1,
      maxNodes: 2_000,
    },
  );
  const all = found.nodes.map(({ node }) => node).filter((node) => node.startsWith('shard:'));
  return { shards: all.map(idOf).toSorted(), truncation: found.truncation };
}

const nodeOf = (shard: string): string => `shard:${shard}`;

const idOf = (node: string): string => node.slice(node.indexOf(':') + 1);

const idsOf = ({ nodes }: Walk, kind: string): string[] =>
  nodes
    .filter(({ node_kind }) => node_kind === kind)
    .map(({ node }) => idOf(node))
    .toSorted();

async function staleRuns(reached: Walk, share: RetractedShare): Promise<RetractionImpact['runs']> {
  const runs = [];
  for (const id of idsOf(reached, 'run')) runs.push({ id, consumed: await share({ run: id }) });
  return runs;
}

/** Every checkpoint that was reached, with what it holds: what its own attempt had consumed by its step. */
async function staleCheckpoints(
  reader: SqlReader,
  reached: Walk,
  { share, as_of }: { readonly share: RetractedShare; readonly as_of: LogPosition },
): Promise<StaleCheckpoint[]> {
  const checkpoint_ids = idsOf(reached, 'checkpoint');
  if (checkpoint_ids.length === 0) return [];
  const saved = await reader.all(savedByRuns, { run_ids: [], checkpoint_ids, as_of });
  const byRun = groupBy(
    reached.edges.filter(({ kind }) => kind === 'saved'),
    ({ target }) => idOf(target),
  );
  const checkpoints: StaleCheckpoint[] = [];
  for (const { run_id: run, checkpoint_id: id, attempt, step } of saved) {
    /* One that several runs saved is of those that were reached. */
    const savers = byRun.get(id)?.map(({ source }) => idOf(source)) ?? [run];
    if (!savers.includes(run)) continue;
    checkpoints.push({ id, run, step, consumed: await share({ run, attempt, step }) });
  }
  return checkpoints;
}
