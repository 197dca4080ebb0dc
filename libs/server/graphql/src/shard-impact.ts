import { shards, snapshotsOfShard } from '@tributary/corpus';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf } from '@tributary/kernel';
import { runsOfShard, shardExposure } from '@tributary/training';
import { evidenceOf } from './freshness.ts';
import { ownHistory } from '@tributary/training';
import { shardOf } from './resolvers/corpus-answers.ts';
import { nextOf, pageSize } from './resolvers/page.ts';
import type { Runtime } from './runtime.ts';

type Asked = { readonly shard: string; readonly first: number; readonly after?: string | undefined };

/** What a shard reached: the snapshots that hold it, the runs started on those or that consumed it, and how much. */
export async function shardImpact({ engine }: Runtime, { shard, first, after }: Asked, as_of: LogPosition) {
  const sql = engine.reader;
  const [registered] = await sql.all(shards, { shard_id: shard, slice: null, after: '', first: 1, as_of });
  const snapshots = await sql.all(snapshotsOfShard, { shard_id: shard, as_of });
  const snapshot_ids = snapshots.map(({ snapshot_id }) => snapshot_id);
  const page = { shard_id: shard, snapshot_ids, after: after ?? '', first: pageSize(first), as_of };
  const runs = await sql.all(runsOfShard, page);
  const history = await ownHistory(
    sql,
    runs.map(({ run_id }) => run_id),
    'exposure',
    as_of,
  );
  const amounts = await sql.all(shardExposure, { ...history, shard_id: shard, as_of });
  const byRun = new Map(groupBy(amounts, ({ run_id }) => run_id));
  return {
    id: shard,
    shard: registered ? shardOf(registered) : null,
    snapshots: snapshots.map(({ snapshot_id, hops, repeats, evidence }) => ({
      id: snapshot_id,
      hops,
      repeats,
      evidence: evidenceOf(evidence),
    })),
    runs: runs.map((run) => runOf(run, byRun.get(run.run_id) ?? [])),
    next: nextOf(runs, first, ({ run_id }) => run_id),
  };
}

type Amount = RowOf<typeof shardExposure>;

function runOf(run: RowOf<typeof runsOfShard>, amounts: readonly Amount[]) {
  return {
    run: run.run_id,
    snapshots: run.snapshot_ids,
    consumed: amounts.map(({ unit, amount, methods, first_step, last_step }) => ({
      unit,
      amount,
      tokens: unit === 'token' ? Math.round(amount) : null,
      methods: methods.split(','),
      firstStep: first_step,
      lastStep: last_step,
    })),
    evidence: evidenceOf([...run.evidence, ...amounts.flatMap(({ evidence }) => evidence)]),
  };
}
