import { afterAll, beforeAll, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { pick, randomFrom } from '../truncated/facts-of-every-type.fixture.ts';
import type { Random } from '../truncated/facts-of-every-type.fixture.ts';

/** Shards in the order of their ids, with the addresses that each has in a log of several addresses. */
const SHARDS = ['W', 'X', 'Y', 'Z'];
const addressesOf = (shard: string): string[] => [
  `s3://x/${shard}.npy`,
  `https://y/${shard}.npy`,
  `s3://x/${shard}.gz`,
  `other-${shard}`,
];

/** One run, its registrations and checkpoints, under one address of each shard and under several. */
function histories(
  random: Random,
  seed: number,
): { readonly one: SentEvent[]; readonly several: SentEvent[] } {
  const made = Array.from({ length: 24 }, (_, at) => {
    const shard = pick(SHARDS, random);
    return {
      at,
      shard,
      address: pick(addressesOf(shard), random),
      kind: pick(KINDS, random),
      random: random(),
    };
  });
  const registered = new Map<string, string>();
  const under = (log: 'one' | 'several'): SentEvent[] =>
    made.flatMap(({ at, shard, address, kind, random: draw }) => {
      const run = `${log}-${seed}-${at % 3}`;
      const id = `${log}-${log === 'one' ? `${seed}/${shard}` : address.replaceAll(shard, `${seed}/${shard}`)}`;
      if (kind === 'checkpoint')
        return [
          fact('training.checkpoint.saved', {
            runId: run,
            attempt: 1,
            checkpointId: `${run}@${at}`,
            step: at * 10 + 10,
          }),
        ];
      if (kind === 'amount') {
        const amounts = [{ slice: 'web', shardId: id, amount: 1 + Math.floor(draw * 50) }];
        const steps = {
          firstStep: at * 10 + 1,
          lastStep: at * 10 + 10,
          unit: 'token',
          method: 'measured',
          amounts,
        };
        return [fact('training.exposure.recorded', { runId: run, attempt: 1, ...steps })];
      }
      /* What is registered of a shard is registered of one address, which may not be the one that is consumed. */
      const known = registered.get(`${log} ${shard}`) ?? id;
      registered.set(`${log} ${shard}`, known);
      const origin = { registry: 'npm', package: shard, version: '1' };
      const counts = { tokens: { value: 10, method: 'measured' }, licence: 'MIT', origin };
      return [
        fact('corpus.shard.registered', {
          shardId: known,
          uri: known,
          slice: 'web',
          split: 'train',
          ...counts,
        }),
      ];
    });
  return { one: under('one'), several: under('several') };
}

const KINDS = ['amount', 'amount', 'amount', 'registration', 'checkpoint'] as const;

const alias = (kind: string, address: string, other: string): SentEvent =>
  fact('corpus.alias.declared', { kind, address, other, reason: 'r', actor: 'ada' });

const SEEDS = [1, 2];

/** A chain: a prefix, a suffix, and a pair for each shard. */
const ALIASES = [
  alias('prefix', 'several-s3://x/', 'several-https://y/'),
  alias('suffix', '.npy', '.gz'),
  ...SEEDS.flatMap((seed) =>
    SHARDS.map((shard) =>
      alias('pair', `several-other-${seed}/${shard}`, `several-s3://x/${seed}/${shard}.npy`),
    ),
  ),
];

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
  for (const seed of SEEDS) {
    const { one, several } = histories(randomFrom(seed), seed);
    await server.record(...one, ...several);
  }
  await server.record(...ALIASES);
  await server.caughtUp();
});
afterAll(() => server.remove());

/** An answer with the shard in place of each of its addresses, and without the name of the log. */
const named = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer).replaceAll(
      /"(?:one|several)-(?:[^"]*[/-])?(\d\/[WXYZ])[^"]*"|"(?:one|several)-(\d-\d[^"]*)"/g,
      (_, shard: string | undefined, run: string | undefined) => `"${shard ?? run ?? ''}"`,
    ),
  );

const rowsOf = (rows: readonly object[]): unknown =>
  (named(rows) as object[]).map((row) => JSON.stringify(row)).toSorted();

it.each(SEEDS.flatMap((seed) => SHARDS.slice(0, 2).map((shard) => [seed, shard] as const)))(
  'history %i: what is stale without shard %s is that of a log with one address',
  async (seed, shard) => {
    const impactOf = async (id: string) => {
      const { body } = await server.reply<{ retractionImpact: { runs: object[]; checkpoints: object[] } }>(
        `{ retractionImpact(target: shard, id: "${id}") { runs { id consumed { amount total share } } checkpoints { id run step consumed { amount total share } } } }`,
      );
      const { runs = [], checkpoints = [] } = body.data?.retractionImpact ?? {};
      return [rowsOf(runs), rowsOf(checkpoints)];
    };
    const expected = await impactOf(`one-${seed}/${shard}`);
    expect(await impactOf(`several-https://y/${seed}/${shard}.gz`)).toEqual(expected);
  },
);

it.each(SEEDS.flatMap((seed) => ['shard', 'source'].map((by) => [seed, by] as const)))(
  'history %i: exposure by %s is that of a log with one address',
  async (seed, by) => {
    const exposureOf = async (log: string) => {
      const { body } = await server.reply<{ exposure: { rows: object[] }; difference: { rows: object[] } }>(
        `{ exposure(run: "${log}-${seed}-0", by: ${by}) { rows { slice shard tokens share repetition method } }
          difference: exposureDifference(run: "${log}-${seed}-0", otherRun: "${log}-${seed}-1", by: ${by}) { rows { slice shard first second } } }`,
      );
      return [rowsOf(body.data?.exposure.rows ?? []), rowsOf(body.data?.difference.rows ?? [])];
    };
    const expected = await exposureOf('one');
    expect(expected.flat().length).toBeGreaterThan(0);
    expect(await exposureOf('several')).toEqual(expected);
  },
);

it.each(SEEDS)('history %i: groups of several runs are those of a log with one address', async (seed) => {
  const groupsOf = async (log: string) => {
    const runs = [0, 1, 2].map((at) => `"${log}-${seed}-${at}"`).join(', ');
    const { exposureGroups } = await server.ask<{ exposureGroups: { groups: object[] } }>(
      `{ exposureGroups(runs: [${runs}], by: [run, shard]) { groups { run shard tokens share } } }`,
    );
    return rowsOf(exposureGroups.groups);
  };
  expect(await groupsOf('several')).toEqual(await groupsOf('one'));
});
