import type { LogPosition, SqlReader } from '@tributary/kernel';
import { firstEdges, unresolvedReason } from '@tributary/lineage';
import { doubtedConsumption } from './counted-consumption.ts';
import type { Unplaced } from './exposure/history-doubts.ts';

/** Runs that consumed slices without naming shards, of which what counts is looked for. */
const MAX_RUNS = 10_000;

const SLICE = 'slice:';

/** Why there may be more runs, and the attempts that may change which consumption counts. */
type UnnamedConsumption = { readonly reasons: readonly (string | undefined)[]; readonly unplaced: Unplaced };

const NONE: UnnamedConsumption = { reasons: [], unplaced: [] };

/**
 * Why more runs may have consumed some shards than name them: those of which what counts was of a slice around one, without naming
 * its shards. The words are those of the lineage, which has such consumption as edges.
 */
export async function unnamedConsumption(
  reader: SqlReader,
  shards: readonly string[],
  as_of: LogPosition,
): Promise<UnnamedConsumption> {
  const limits = { fan: MAX_RUNS, first: MAX_RUNS };
  const nodes = shards.map((shard) => `shard:${shard}`);
  const inner = await reader.all(firstEdges.down, { nodes, kinds: ['slice'], ...limits, as_of });
  const slices = [...new Set(inner.flatMap(({ far }) => slicesAround(far)))];
  if (slices.length === 0) return NONE;
  const edges = await reader.all(firstEdges.down, { nodes: slices, kinds: ['run'], ...limits, as_of });
  const runs = [...new Set(edges.map(({ far }) => far))];
  if (runs.length === 0) return NONE;
  const { consumption, unplaced } = doubtedConsumption(reader, as_of);
  const counted = await consumption(runs, slices);
  const unnamed = counted.map(({ source, run }) => ({
    source,
    target: run,
    kind: 'may_have_consumed' as const,
  }));
  const isCut = Math.max(inner.length, edges.length) >= MAX_RUNS;
  const far = `only ${MAX_RUNS} runs that consumed slices without naming shards were looked at`;
  return {
    reasons: [unresolvedReason([], unnamed), isCut ? far : undefined],
    unplaced: unplaced(),
  };
}

/** A slice and those around it, as nodes: a run may record only the outer one. */
function slicesAround(node: string): string[] {
  const parts = node.slice(SLICE.length).split('/');
  return parts.map((_, at) => `${SLICE}${parts.slice(0, at + 1).join('/')}`);
}
