import { MAX_HOPS, sameShards, shards, snapshotsOfShards } from '@tributary/corpus';
import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { amountOf, ownHistory, runsOfShard, shardExposure } from '@tributary/training';
import { sameShardOf, unfollowedReason } from './aliases/alias-answers.ts';
import { unfollowedShards } from './aliases/unfollowed-shards.ts';
import { answered, evidenceOf, incomplete, merged } from './answer.ts';
import type { Evidence, Freshness } from './answer.ts';
import { valueOf } from './closed-set.ts';
import { connectionOf, sizeOf } from './connection.ts';
import type { Counted, Page } from './connection.ts';
import { doubtsOfHistory } from './exposure/history-doubts.ts';
import { freshnessWithoutRows, requireName } from './known.ts';
import { ExposureUnit, Method } from './generated/schema.ts';
import type { HoldingSnapshot, ReachedRun, ShardImpact } from './generated/schema.ts';
import { shardOf } from './resolvers/corpus-answers.ts';
import { TOO_FAR } from './ledger/read-retractions.ts';
import type { Runtime } from './runtime.ts';
import { runsByOrder } from './runs-by-order.ts';
import { unnamedConsumption } from './unnamed-consumption.ts';

/**
 * Where a shard and those that are the same data were used: the dataset versions that contain it, the runs that were started
 * on those, declared them as input, consumed it or read it by a recorded order, and how much each of them consumed.
 */
export async function shardImpact(
  { engine: { reader } }: Runtime,
  fresh: Freshness,
  shard: string,
  page: Page,
): Promise<Counted<ShardImpact>> {
  requireName('shard', shard, fresh);
  const as_of = fresh.position;
  const [registered] = await reader.all(shards, { shard_id: shard, slice: null, after: '', first: 1, as_of });
  const same = await sameShards(reader, [shard], as_of);
  const shard_ids = [...same.members(shard)];
  const snapshots = holders(await reader.all(snapshotsOfShards, { shard_ids, as_of }));
  const snapshot_ids = snapshots.map(({ snapshot_id }) => snapshot_id);
  const orders = await runsByOrder(reader, shard_ids, as_of);
  const given_runs = [...orders.runs.keys()];
  const params = { shard_ids, snapshot_ids, given_runs, after: page.after ?? '', first: sizeOf(page), as_of };
  const connection = await connectionOf({ reader, fresh }, runsOfShard, params, {
    node: (run): Reached => ({ ...run, ordered: orders.runs.get(run.run_id) ?? { positions: [] } }),
    cursor: ({ run_id }) => run_id,
    evidence: evidenceIn,
  });
  const joins = same.joins(shard);
  if (!registered && snapshots.length + connection.nodes.length + joins.length === 0)
    await freshnessWithoutRows(reader, fresh, { kind: 'shard', id: shard });
  const runs = connection.nodes.map(({ run_id }) => run_id);
  const history = await ownHistory(reader, runs, as_of);
  const amounts = await reader.all(shardExposure, { ...history, shard_ids, as_of });
  const byRun = new Map(groupBy(amounts, ({ run_id }) => run_id));
  const evidence = merged([
    { positions: registered?.evidence ?? [] },
    ...joins.map(({ evidence: positions }) => ({ positions })),
    ...connection.nodes.map(({ ordered }) => ordered),
    ...[...snapshots, ...connection.nodes, ...amounts].map(evidenceIn),
  ]);
  const open = await unfollowedShards(reader, { shards: shard_ids, doubts: same.doubts(shard) }, as_of);
  const far = snapshots.some(({ hops }) => hops > MAX_HOPS) ? TOO_FAR : undefined;
  const unnamed = await unnamedConsumption(reader, shard_ids, as_of);
  /* An attempt may have taken steps from those before, and may have gone on from steps that count no more. */
  const unplaced = [history, orders, unnamed].flatMap((one) => one.unplaced);
  const reasons = [
    orders.truncation,
    far,
    open.truncation,
    ...unnamed.reasons,
    unfollowedReason(open.unfollowed),
    ...doubtsOfHistory({ unplaced }),
  ];
  return {
    ...connection,
    ...answered(reasons.reduce(incomplete, fresh), evidence),
    id: shard,
    shard: registered ? shardOf(registered) : null,
    same: joins.map(sameShardOf),
    snapshots: snapshots.map(holdingOf),
    nodes: connection.nodes.map((run) => runOf(run, byRun.get(run.run_id) ?? [])),
  };
}

type Holder = RowOf<typeof snapshotsOfShards>;

const holdingOf = (snapshot: Holder): HoldingSnapshot => ({
  id: snapshot.snapshot_id,
  hops: snapshot.hops,
  repeats: snapshot.repeats,
  evidence: evidenceOf(snapshot.evidence),
  evidenceTotal: snapshot.evidence_total,
});

/** Snapshots over all addresses of a shard, in the order of the query: nearest first. */
const holders = (rows: readonly Holder[]): Holder[] =>
  [...groupBy(rows, ({ snapshot_id }) => snapshot_id).values()].flatMap((own) => {
    const [first] = own;
    const { positions, total = 0 } = merged(own.map(evidenceIn));
    const repeats = own.reduce((sum, row) => sum + row.repeats, 0);
    return first ? [{ ...first, repeats, evidence: [...positions], evidence_total: total }] : [];
  });

type Amount = RowOf<typeof shardExposure>;

const evidenceIn = (row: { readonly evidence: number[]; readonly evidence_total: number }): Evidence => ({
  positions: row.evidence,
  total: row.evidence_total,
});

/** A run, and the orders that say that it read the shard. */
type Reached = RowOf<typeof runsOfShard> & { readonly ordered: Evidence };

function runOf(run: Reached, amounts: readonly Amount[]): ReachedRun {
  const { positions, total = 0 } = merged([run.ordered, ...[run, ...amounts].map(evidenceIn)]);
  return {
    run: run.run_id,
    snapshots: run.snapshot_ids,
    consumed: amounts.map(({ unit, whole, methods, first_step, last_step }) => ({
      unit: valueOf(ExposureUnit, unit, 'the unit of an exposure'),
      amount: amountOf(whole),
      tokens: unit === 'token' ? Math.round(amountOf(whole)) : null,
      methods: methods.split(',').map((method) => valueOf(Method, method, 'the method of an exposure')),
      firstStep: first_step,
      lastStep: last_step,
    })),
    evidence: evidenceOf(positions),
    evidenceTotal: total,
  };
}
