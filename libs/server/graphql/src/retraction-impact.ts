import { retractions } from '@tributary/corpus';
import { unresolvedReason, walk } from '@tributary/lineage';
import type { Graph, Walk } from '@tributary/lineage';
import { formatEventPosition } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { answered, incomplete, merged } from './answer.ts';
import type { Freshness } from './answer.ts';
import { countedConsumption } from './counted-consumption.ts';
import { RetractionTarget } from './generated/schema.ts';
import type { RetractionImpact, StaleCheckpoint } from './generated/schema.ts';
import { requireName, unknown } from './known.ts';
import { evidenceIn } from './lineage-answers.ts';
import { retractedShare } from './retracted-share.ts';
import type { RetractedShare } from './retracted-share.ts';

/** Hops from a package over shard, slice, run, checkpoint and score to an answer, with forks and merges on the way. */
const DEPTH = 10;

type Target = { readonly target: RetractionTarget; readonly id: string };

/** What is stale if a shard, snapshot or package is not to be used. Throws Fault `unknown_node` where nothing mentions it. */
export async function retractionImpact(
  reader: SqlReader,
  fresh: Freshness,
  { target, id, maxNodes }: Target & { readonly maxNodes: number },
): Promise<RetractionImpact> {
  requireName('node', id, fresh);
  const as_of = fresh.position;
  const graph = { reader, consumption: countedConsumption(reader, as_of), kinds: [], asOf: as_of };
  const from = `${target}:${id}`;
  const own = await shardsOf(graph, { target, id });
  const alsoFrom = target === RetractionTarget.Snapshot ? own.shards : [];
  const reached = await walk(graph, { from, alsoFrom, direction: 'down', depth: DEPTH, maxNodes });
  const start = reached.nodes.find(({ node }) => node === from);
  if (!start) throw unknown('node', from, fresh);
  const target_kind = target === RetractionTarget.Source ? 'package' : target;
  const retracted = await reader.all(retractions, { target_kind, target_ref: id, as_of });
  const shardIds = own.shards.map(idOf);
  const share = retractedShare(reader, shardIds, as_of);
  const registered = target === RetractionTarget.Source ? shardIds.length > 0 : start.is_registered === 1;
  const reason = [own.truncation, reached.truncation, unresolvedReason([], reached.edges)]
    .filter((one) => one !== undefined)
    .join('; ');
  const evidence = merged([
    { positions: retracted.map((row) => row.evidence) },
    ...[...reached.nodes, ...reached.edges].map(evidenceIn),
  ]);
  return {
    ...answered(incomplete(fresh, reason === '' ? undefined : reason), evidence),
    target,
    id,
    retractions: retracted.map((row) => ({ ...row, evidence: formatEventPosition(row.evidence) })),
    registered,
    shards: shardIds,
    runs: await staleRuns(reached, share),
    checkpoints: await staleCheckpoints(reached, share),
    scores: idsOf(reached, 'score'),
    answers: idsOf(reached, 'answer'),
  };
}

type Shards = { readonly shards: readonly string[]; readonly truncation?: string | undefined };

/** The nodes of the shards of a target: itself, those made from a package, or those that go into a snapshot. */
async function shardsOf(graph: Graph, { target, id }: Target): Promise<Shards> {
  if (target === RetractionTarget.Shard) return { shards: [`shard:${id}`] };
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
  return { shards: all.toSorted(), truncation: found.truncation };
}

const idOf = (node: string): string => node.slice(node.indexOf(':') + 1);

const idsOf = ({ nodes }: Walk, kind: string): string[] =>
  nodes
    .filter(({ node_kind }) => node_kind === kind)
    .map(({ node }) => idOf(node))
    .toSorted();

async function staleRuns(reached: Walk, share: RetractedShare): Promise<RetractionImpact['runs']> {
  const runs = [];
  for (const id of idsOf(reached, 'run')) runs.push({ id, consumed: await share(id, null) });
  return runs;
}

async function staleCheckpoints(reached: Walk, share: RetractedShare): Promise<StaleCheckpoint[]> {
  const saved = reached.edges.filter(({ kind }) => kind === 'saved');
  const checkpoints: StaleCheckpoint[] = [];
  for (const { source, target, step } of saved.toSorted((left, right) =>
    left.target < right.target ? -1 : 1,
  ))
    checkpoints.push({
      id: idOf(target),
      run: idOf(source),
      step,
      consumed: await share(idOf(source), step),
    });
  return checkpoints;
}
