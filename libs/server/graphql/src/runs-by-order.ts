import { groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { firstEdges } from '@tributary/lineage';
import { ownHistory, readByOrder } from '@tributary/training';
import { merged } from './answer.ts';
import type { Evidence } from './answer.ts';
import type { Unplaced } from './exposure/history-doubts.ts';

/** Runs of one shard, of which the orders are read. */
const MAX_RUNS = 10_000;

const RUN = 'run:';

/** Runs with the orders that say so, why there may be more, and the attempts that may change which orders count. */
type RunsByOrder = {
  readonly runs: ReadonlyMap<string, Evidence>;
  readonly truncation: string | undefined;
  readonly unplaced: Unplaced;
};

/** Runs of which a recorded order says that they read one of some shards, in the steps that count. */
export async function runsByOrder(
  reader: SqlReader,
  shard_ids: string[],
  as_of: LogPosition,
): Promise<RunsByOrder> {
  const nodes = shard_ids.map((shard) => `shard:${shard}`);
  const limits = { fan: MAX_RUNS, first: MAX_RUNS };
  const edges = await reader.all(firstEdges.down, { nodes, kinds: ['run'], ...limits, as_of });
  const runs = [...new Set(edges.map(({ far }) => far.slice(RUN.length)))];
  if (runs.length === 0) return { runs: new Map(), truncation: undefined, unplaced: [] };
  const history = await ownHistory(reader, runs, as_of);
  const read = await reader.all(readByOrder, {
    ...history,
    of_shards: 'named',
    shard_ids,
    as_of,
  });
  const byRun = groupBy(read, ({ run_id }) => run_id);
  const orders = ({ evidence, evidence_total }: (typeof read)[number]): Evidence => ({
    positions: evidence,
    total: evidence_total,
  });
  return {
    runs: new Map([...byRun].map(([run, rows]) => [run, merged(rows.map(orders))])),
    unplaced: history.unplaced,
    truncation:
      edges.length < MAX_RUNS
        ? undefined
        : `the orders of only ${MAX_RUNS} runs were read, and more of them use the shard`,
  };
}
