import type { LogPosition, SqlReader } from '@tributary/kernel';
import { inheritedHistory, wholeHistory } from '@tributary/training';
import { doubtsOf, unfollowedReason } from '../aliases/alias-answers.ts';
import { answered, incomplete, merged } from '../answer.ts';
import type { Evidence, Freshness } from '../answer.ts';
import { pageOf } from '../connection.ts';
import type { Counted, Page } from '../connection.ts';
import { doubtsOfHistory } from '../exposure/history-doubts.ts';
import { SearchOutcome } from '../generated/schema.ts';
import type { Contamination, QueryContaminationArgs, ShardContamination } from '../generated/schema.ts';
import { freshnessOfRun, requireBenchmark } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { checkpointsOf } from './checkpoints.ts';
import type { Checkpoints } from './checkpoints.ts';
import { checkpointOf, consumptionOf, heldAt, seenAt } from './contamination-answers.ts';
import { amountsOf, countsOf, lackingSearches, ordered } from './coverage.ts';
import { factsBehind } from './facts-behind.ts';
import { countedPath, shardsOn, supersededPaths, usesOn } from './run-paths.ts';
import type { RunPath, ShardUse } from './run-paths.ts';
import { readSearches, searchedShards } from './searched-shards.ts';
import type { SearchedShard } from './searched-shards.ts';

export type ContaminationQuestion = Omit<QueryContaminationArgs, 'asOf'>;

/**
 * Whether items of a benchmark were in the shards that a run consumed, and which checkpoints hold these. What counts of a
 * run is what counts in its exposure. Throws Fault `unknown_run` and `unknown_benchmark` where no event mentions it.
 */
export async function runContamination(
  { engine: { reader } }: Runtime,
  fresh: Freshness,
  { run, benchmark, version = null, ...page }: ContaminationQuestion,
): Promise<Counted<Contamination>> {
  const as_of = fresh.position;
  const known = await freshnessOfRun(reader, fresh, run);
  await requireBenchmark(reader, fresh, benchmark);
  const history = await wholeHistory(reader, { run }, as_of);
  const checkpoints = await checkpointsOf(reader, { run, benchmark, history, as_of });
  const counted = await countedPath(reader, history, { run, as_of });
  const superseded = await supersededPaths(reader, lastSteps(checkpoints), { run, as_of });
  const named = [counted, ...superseded.values()].flatMap(shardsOn);
  const searched = await searchedShards(reader, named, { benchmark, version, as_of });
  const shards = ordered([...new Set(searched.values())], counted.consumption.amounts, searched);
  const listed = await pageOfShards(
    reader,
    { counted, superseded, checkpoints, shards, searched },
    { benchmark, page, as_of },
  );
  const lacking = [
    ...lackingExposure(counted, superseded, checkpoints),
    ...lackingSearches(shards, counted.consumption.amounts, searched),
    ...(await notInherited(reader, run, { history: history.run_ids, as_of })),
    ...checkpoints.lacking,
    ...[unfollowedReason(doubtsOf(shards.flatMap(({ doubts }) => doubts)))].filter(
      (one) => one !== undefined,
    ),
  ];
  const evidence = merged([
    ...(await factsBehind(reader, counted, [...superseded.values()], { run, as_of })),
    ...listed.evidence,
    ...checkpoints.listed.map(({ saved, scores }) => ({
      positions: [...(saved ? [saved.evidence] : []), ...scores.map((score) => score.evidence)],
    })),
  ]);
  return {
    ...answered(lacking.reduce<Freshness>(incomplete, known), evidence),
    benchmark,
    version,
    run,
    consumed: amountsOf(counted.consumption.amounts, searched),
    shards: countsOf(shards),
    checkpoints: listed.checkpoints,
    checkpointsTotal: checkpoints.total,
    nodes: listed.nodes,
    pageInfo: listed.pageInfo,
    totalCount: listed.totalCount,
  };
}

/** Why what was consumed may not be all: steps of which nothing is recorded, and checkpoints behind one of them. */
function lackingExposure(
  counted: RunPath,
  superseded: ReadonlyMap<number, RunPath>,
  { listed }: Checkpoints,
): string[] {
  if (counted.consumption.amounts.length + counted.ordered.length === 0) return ['no exposure recorded'];
  const behind = listed.filter(({ step, saved, counts }) => {
    const path = counts ? counted : superseded.get(saved?.attempt ?? 0);
    return path !== undefined && step > path.prefix.recorded_to;
  });
  const paths = [counted, ...superseded.values()];
  const { recorded_to: last, missing, unnamed_orders: unnamed } = counted.prefix;
  return [
    ...(missing > 0
      ? [`no exposure that counts is recorded of ${missing} steps, of which the first is ${last + 1}`]
      : []),
    ...(missing > 0 && unnamed > 0 ? [unnamedOrders(unnamed)] : []),
    ...(behind.length > 0
      ? [
          `no exposure that counts is recorded up to the steps of ${behind.length} of ${listed.length} checkpoints`,
        ]
      : []),
    ...doubtsOfHistory({ unplaced: paths.flatMap(({ history }) => history.unplaced) }),
  ];
}

const unnamedOrders = (count: number): string =>
  count === 1
    ? '1 recorded order does not name all of its shards'
    : `${count} recorded orders do not name all of their shards`;

/** The last superseded step of each attempt that has a checkpoint there. */
function lastSteps({ listed }: Checkpoints): Map<number, number> {
  const last = new Map<number, number>();
  for (const { counts, saved } of listed)
    if (saved && !counts) last.set(saved.attempt, Math.max(saved.step, last.get(saved.attempt) ?? 0));
  return last;
}

type Found = {
  readonly counted: RunPath;
  readonly superseded: ReadonlyMap<number, RunPath>;
  readonly checkpoints: Checkpoints;
  readonly shards: readonly SearchedShard[];
  readonly searched: ReadonlyMap<string, SearchedShard>;
};

type Asked = { readonly benchmark: string; readonly page: Page; readonly as_of: LogPosition };

/** A page of shards, and the checkpoints with how many of all shards with items they hold. */
async function pageOfShards(
  reader: SqlReader,
  { counted, superseded, checkpoints, shards, searched }: Found,
  { benchmark, page, as_of }: Asked,
) {
  const { listed, ...info } = pageOf(shards, page, ({ address }) => address);
  const withItems = shards.filter(({ outcome }) => outcome === SearchOutcome.Found);
  const wanted = new Set([...listed, ...withItems].flatMap(({ named }) => named));
  const addressOf = (shard: string): string => searched.get(shard)?.address ?? shard;
  const asked = { shards: wanted, addressOf, as_of };
  const own = await usesOn(reader, counted, asked);
  const ofAttempts = new Map<number, ReadonlyMap<string, ShardUse>>();
  for (const [attempt, path] of superseded) ofAttempts.set(attempt, await usesOn(reader, path, asked));
  const seen = seenAt({ own, ofAttempts }, checkpoints.listed);
  const found = await readSearches(reader, benchmark, listed);
  const held = heldAt(
    withItems.map(({ address }) => address),
    checkpoints.listed,
    seen,
  );
  const nodes = listed.map((shard): ShardContamination => {
    const use = own.get(shard.address);
    return {
      shard: shard.address,
      same: shard.named.filter((one) => one !== shard.address),
      outcome: shard.outcome,
      ...consumptionOf(use),
      atCheckpoints: seen(shard.address),
      searches: shard.searches.flatMap(({ evidence }) => found.get(evidence) ?? []),
    };
  });
  return {
    ...info,
    nodes,
    checkpoints: checkpoints.listed.map((one, at) => checkpointOf(one, held[at])),
    evidence: listed.map((shard): Evidence => evidenceOf(shard)),
  };
}

const evidenceOf = ({ searches, registered, joins }: SearchedShard): Evidence => ({
  positions: [
    ...searches.map(({ evidence }) => evidence),
    ...registered,
    ...joins.flatMap(({ evidence }) => evidence),
  ],
});

/** What a run was started from and is not in the answer. */
async function notInherited(
  reader: SqlReader,
  run: string,
  { history, as_of }: { readonly history: readonly string[]; readonly as_of: LogPosition },
): Promise<string[]> {
  const whole = await inheritedHistory(reader, { run }, as_of);
  const unresolved = whole.unresolved.find(({ why }) => why.endsWith('_unknown'));
  const others = [...new Set(whole.run_ids)].filter((id) => id !== run && !history.includes(id));
  const from = others.length > 0 ? `runs ${others.join(', ')}` : undefined;
  const named =
    from ?? (unresolved && `${unresolved.why === 'run_unknown' ? 'run' : 'checkpoint'} ${unresolved.id}`);
  return named === undefined
    ? []
    : [`the run was started from what ${named} had consumed, which is not in this answer`];
}
