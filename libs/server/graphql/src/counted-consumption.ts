import { appendAll } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import type { Consumption, ConsumptionFinder } from '@tributary/lineage';
import { amountOf, consumed, ownHistory, readByOrder } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import type { Unplaced } from './exposure/history-doubts.ts';

/** What counts of the consumption that the graph has as edges, with what orders say that runs read: the steps that count are those of every other answer. */
export const countedConsumption = (reader: SqlReader, as_of: LogPosition): ConsumptionFinder =>
  doubtedConsumption(reader, as_of).consumption;

/** `countedConsumption`, with the attempts that may change what counts of the runs that were looked up. */
type DoubtedConsumption = { readonly consumption: ConsumptionFinder; readonly unplaced: () => Unplaced };

export function doubtedConsumption(reader: SqlReader, as_of: LogPosition): DoubtedConsumption {
  const unplaced: Unplaced[number][] = [];
  const consumption: ConsumptionFinder = async (runs, sources) => {
    const history = await ownHistory(reader, runs.map(idOf), as_of);
    appendAll(unplaced, history.unplaced);
    return consumptionIn(reader, history, { sources, as_of });
  };
  return { consumption, unplaced: () => unplaced };
}

/** Shards or slices, as nodes of the graph. */
type Asked = {
  readonly sources: readonly string[];
  readonly as_of: LogPosition;
};

/** What runs consumed of sources in the steps of a history, with what orders say that they read. */
export async function consumptionIn(
  reader: SqlReader,
  history: CountedHistory,
  { sources, as_of }: Asked,
): Promise<Consumption[]> {
  const params = {
    ...history,
    shard_ids: idsOf('shard:', sources),
    slices: idsOf('slice:', sources),
    as_of,
  };
  const amounts = (await reader.all(consumed, params)).map((row): Consumption => ({
    run: `run:${row.run_id}`,
    source: row.shard === '' ? `slice:${row.slice_name}` : `shard:${row.shard}`,
    counted: { unit: row.unit, amount: amountOf(row.whole), methods: row.methods },
    firstStep: row.first_step,
    lastStep: row.last_step,
  }));
  if (params.shard_ids.length === 0) return amounts;
  const orders = { ...params, of_shards: 'named' } as const;
  const ordered = await reader.all(readByOrder, orders);
  const read = ordered.map((row): Consumption => ({
    run: `run:${row.run_id}`,
    source: `shard:${row.shard}`,
    counted: null,
    firstStep: row.first_step,
    lastStep: row.last_step,
  }));
  return [...amounts, ...read];
}

const idOf = (node: string): string => node.slice(node.indexOf(':') + 1);

const idsOf = (kind: string, nodes: readonly string[]): string[] =>
  nodes.filter((node) => node.startsWith(kind)).map(idOf);
