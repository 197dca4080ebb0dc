import { shards, snapshotsOfShards } from '@tributary/corpus';
import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { amountOf, ownHistory, runsOfShard, shardExposure } from '@tributary/training';
import { answered, evidenceOf, merged } from './answer.ts';
import type { Evidence, Freshness } from './answer.ts';
import { valueOf } from './closed-set.ts';
import { connectionOf, sizeOf } from './connection.ts';
import type { Counted, Page } from './connection.ts';
import { freshnessWithoutRows, requireName } from './known.ts';
import { ExposureUnit, Method } from './generated/schema.ts';
import type { ReachedRun, ShardImpact } from './generated/schema.ts';
import { shardOf } from './resolvers/corpus-answers.ts';
import type { Runtime } from './runtime.ts';

/**
 * Where a shard was used: the dataset versions that contain it, the runs that were started on those or consumed it, and
 * how much each of them consumed.
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
  const snapshots = await reader.all(snapshotsOfShards, { shard_ids: [shard], as_of });
  const snapshot_ids = snapshots.map(({ snapshot_id }) => snapshot_id);
  const params = { shard_id: shard, snapshot_ids, after: page.after ?? '', first: sizeOf(page), as_of };
  const connection = await connectionOf({ reader, fresh }, runsOfShard, params, {
    node: (run) => run,
    cursor: ({ run_id }) => run_id,
    evidence: evidenceIn,
  });
  if (!registered && snapshots.length + connection.nodes.length === 0)
    await freshnessWithoutRows(reader, fresh, { kind: 'shard', id: shard });
  const runs = connection.nodes.map(({ run_id }) => run_id);
  const history = await ownHistory(reader, runs, as_of);
  const amounts = await reader.all(shardExposure, { ...history, shard_id: shard, as_of });
  const byRun = new Map(groupBy(amounts, ({ run_id }) => run_id));
  const evidence = merged([
    { positions: registered?.evidence ?? [] },
    ...[...snapshots, ...connection.nodes, ...amounts].map(evidenceIn),
  ]);
  return {
    ...connection,
    ...answered(fresh, evidence),
    id: shard,
    shard: registered ? shardOf(registered) : null,
    snapshots: snapshots.map((snapshot) => ({
      id: snapshot.snapshot_id,
      hops: snapshot.hops,
      repeats: snapshot.repeats,
      evidence: evidenceOf(snapshot.evidence),
      evidenceTotal: snapshot.evidence_total,
    })),
    nodes: connection.nodes.map((run) => runOf(run, byRun.get(run.run_id) ?? [])),
  };
}

type Amount = RowOf<typeof shardExposure>;

const evidenceIn = (row: { readonly evidence: number[]; readonly evidence_total: number }): Evidence => ({
  positions: row.evidence,
  total: row.evidence_total,
});

function runOf(run: RowOf<typeof runsOfShard>, amounts: readonly Amount[]): ReachedRun {
  const { positions, total = 0 } = merged([run, ...amounts].map(evidenceIn));
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
