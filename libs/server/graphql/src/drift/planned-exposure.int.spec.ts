import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlannedExposure } from '../generated/schema.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { decided, phase, shard } from './plans.fixture.ts';

/** A mixture that changes at step 31, and one in shares of samples. */
const PLANS = [
  decided('mix', { web: 0.6, 'code/py': 0.3, 'code/js': 0.1 }),
  decided('mix', { web: 1 }, { phases: [phase(31, { web: 1, 'code/py': 0 })] }),
  decided('samples', { web: 1 }, { unit: 'sample_share' }),
];

/** Code of 400 tokens from two packages, web of unknown size, and no prose. */
const LAUNCH = [
  decided('launch', { code: 0.5, web: 0.4, prose: 0.1 }),
  shard('vue', 'code', {
    tokens: { value: 300, method: 'measured' },
    origin: { registry: 'npm', package: 'vue', version: '3' },
  }),
  shard('numpy', 'code/py', {
    tokens: { value: 100, method: 'measured' },
    origin: { registry: 'pypi', package: 'numpy', version: '2' },
  }),
  shard('leaked', 'code', { tokens: { value: 5000, method: 'measured' } }),
  fact('corpus.shard.retracted', { shardId: 'leaked', reason: 'leaked', actor: 'somebody' }),
  shard('crawl', 'web', {}),
  shard('test', 'web', { split: 'held_out', tokens: { value: 5000, method: 'measured' } }),
];

/** A snapshot that lists one shard four times and a shard that nobody registered, and one that is made from it. */
const PACKED = [
  decided('packed', { sql: 0.5, forum: 0.5 }, { snapshotId: 'pack@1' }),
  decided('passes', { sql: 1 }, { snapshotId: 'pack@1', unit: 'epochs' }),
  decided('repacked', { sql: 1 }, { snapshotId: 'pack@2' }),
  decided('unpacked', { sql: 1 }, { snapshotId: 'pack@3' }),
  decided('shared', { sql: 0.5, web: 0.5 }, { snapshotId: 'pack@4' }),
  shard('sql-1', 'sql', { tokens: { value: 300, method: 'measured' }, licence: 'CC0-1.0' }),
  shard('sql-2', 'sql', { tokens: { value: 100, method: 'measured' } }),
  shard('sql-leaked', 'sql', { tokens: { value: 5000, method: 'measured' } }),
  fact('corpus.shard.retracted', { shardId: 'sql-leaked', reason: 'leaked', actor: 'somebody' }),
  shard('sql-test', 'sql', { split: 'held_out', tokens: { value: 5000, method: 'measured' } }),
  shard('other', 'sql', { tokens: { value: 7000, method: 'measured' } }),
  fact('corpus.snapshot.registered', {
    snapshotId: 'pack@1',
    sources: [{ kind: 'shard', ref: 'sql-2', multiplicity: 1 }],
  }),
  fact('corpus.members.listed', {
    snapshotId: 'pack@1',
    firstIndex: 0,
    members: [
      { shardId: 'sql-1', repeats: 4 },
      { shardId: 'nobody', slice: 'forum', repeats: 1 },
      { shardId: 'nameless', repeats: 1 },
      { shardId: 'sql-leaked', repeats: 1 },
      { shardId: 'sql-test', repeats: 1 },
    ],
  }),
  fact('corpus.snapshot.registered', {
    snapshotId: 'pack@2',
    sources: [{ kind: 'snapshot', ref: 'pack@1', multiplicity: 1 }],
  }),
  fact('corpus.members.listed', {
    snapshotId: 'pack@2',
    firstIndex: 0,
    members: [{ shardId: 'sql-2', repeats: 1 }],
  }),
  fact('corpus.snapshot.registered', { snapshotId: 'pack@4', sources: [] }),
  fact('corpus.members.listed', {
    snapshotId: 'pack@4',
    firstIndex: 0,
    members: [
      { shardId: 'sql-2', slice: 'sql', repeats: 1 },
      { shardId: 'sql-2', slice: 'web', repeats: 2 },
    ],
  }),
];

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(...PLANS, ...LAUNCH, ...PACKED);
  await server.caughtUp();
});
afterAll(() => server.remove());

/** Inserts rows into a table of the server: what would take long as facts. */
async function insert(rows: string): Promise<void> {
  const engine: { command?(sql: string): Promise<void> } & GraphqlServer['runtime']['engine'] =
    server.runtime.engine;
  await engine.command?.(`INSERT INTO tributary.${rows}`);
}

describe('what a mixture would consume by a horizon', () => {
  const plannedOf = async (asked: string): Promise<PlannedExposure> => {
    const { plannedExposure } = await server.ask<{ plannedExposure: PlannedExposure }>(
      `{ plannedExposure(${asked}) { withoutPlan complete reason warnings { code text }
        rows { slice part tokens registered shards unknownShards epochs epochsAtMost runsOut enoughFor } } }`,
    );
    return plannedExposure;
  };

  it('warns of what runs out, and says what is unknown', async () => {
    const unknown = { registered: 0, epochs: null, epochsAtMost: null, runsOut: null, enoughFor: null };
    expect(await plannedOf('mixture: "launch", tokens: 1000')).toEqual({
      withoutPlan: 0,
      complete: false,
      reason: 'no shard of prose is registered, and likewise of 1 other rows',
      warnings: [{ code: 'runs_out', text: 'More than 1 epoch: code (1.25, enough for 800 tokens).' }],
      rows: [
        {
          slice: 'code',
          part: null,
          tokens: 500,
          registered: 400,
          shards: 2,
          unknownShards: 0,
          epochs: 1.25,
          epochsAtMost: null,
          runsOut: true,
          enoughFor: 800,
        },
        { slice: 'prose', part: null, tokens: 100, shards: 0, unknownShards: 0, ...unknown },
        { slice: 'web', part: null, tokens: 400, shards: 1, unknownShards: 1, ...unknown },
      ],
    });
    const { warnings } = await plannedOf('mixture: "launch", tokens: 1000, maxEpochs: 1.5');
    expect(warnings).toEqual([]);
  });

  it('counts the shards that the snapshot of the plan lists, as often as it lists them', async () => {
    const packed = await plannedOf('mixture: "packed", tokens: 2000');
    expect(packed.rows.map((row) => [row.slice, row.tokens, row.registered, row.shards, row.epochs])).toEqual(
      [
        ['forum', 1000, 0, 1, null],
        ['sql', 1000, 400, 2, 2.5],
      ],
    );
    expect(packed.reason).toBe(
      'the tokens of 1 of 1 shards of forum are not recorded; the slices of 1 shard that snapshot pack@1 lists are not recorded',
    );
    const { rows } = await plannedOf('mixture: "packed", tokens: 2600, by: shard');
    expect(
      rows.filter(({ slice }) => slice === 'sql').map((row) => [row.part, row.tokens, row.epochs]),
    ).toEqual([
      ['sql-1', 1200, 4],
      ['sql-2', 100, 1],
    ]);
    expect((await plannedOf('mixture: "passes", tokens: 1300')).rows).toMatchObject([
      { tokens: 1300, epochs: 3.25 },
    ]);
  });

  it('counts a shard in each slice that it is listed in', async () => {
    const { rows } = await plannedOf('mixture: "shared", tokens: 1000');
    expect(rows.map((row) => [row.slice, row.registered, row.shards])).toEqual([
      ['sql', 100, 1],
      ['web', 100, 1],
    ]);
  });

  it('says what is not known of a snapshot', async () => {
    const repacked = await plannedOf('mixture: "repacked", tokens: 100');
    expect(repacked).toMatchObject({
      rows: [{ slice: 'sql', registered: 100, shards: 1 }],
      complete: false,
      reason: 'snapshot pack@2 was made from pack@1, whose shards count where it lists them itself',
    });
    expect(await plannedOf('mixture: "unpacked", tokens: 100')).toMatchObject({
      rows: [{ slice: 'sql', registered: 0, shards: 0, epochs: null }],
      complete: false,
      reason: 'no shard of sql is listed by snapshot pack@3',
    });
  });

  it('divides a slice by source', async () => {
    const { rows } = await plannedOf('mixture: "launch", tokens: 1000, by: source');
    expect(new Set(rows.map(({ slice, part, tokens, epochs }) => [slice, part, tokens, epochs]))).toEqual(
      new Set([
        ['code', 'npm:vue', 375, 1.25],
        ['code', 'pypi:numpy', 125, 1.25],
        ['web', null, 400, null],
        ['prose', null, 100, null],
      ]),
    );
  });

  it('divides a slice by licence', async () => {
    const { rows } = await plannedOf('mixture: "packed", tokens: 2600, by: licence');
    expect(rows.map(({ slice, part, tokens }) => [slice, part, tokens])).toEqual([
      ['forum', null, 1300],
      ['sql', null, 100],
      ['sql', 'CC0-1.0', 1200],
    ]);
  });

  it('adds up phases by their steps', async () => {
    const { rows } = await plannedOf('mixture: "mix", tokens: 4000, steps: 40');
    expect(new Map(rows.map(({ slice, tokens }) => [slice, tokens]))).toEqual(
      new Map([
        ['web', 2800],
        ['code/py', 900],
        ['code/js', 300],
      ]),
    );
    expect(await plannedOf('mixture: "samples", tokens: 5')).toMatchObject({
      rows: [],
      reason: 'the plan has shares of samples, and the tokens of a sample are not recorded',
    });
  });

  it.each([
    ['mixture: "mix", tokens: 1', 'steps_missing'],
    ['mixture: "nowhere", tokens: 1', 'unknown_mixture'],
    ['mixture: "mix", tokens: 0', 'not_positive'],
  ])('refuses plannedExposure(%s) with %s', async (asked, code) => {
    const { body } = await server.reply(`{ plannedExposure(${asked}) { tokens } }`);
    expect(body.errors).toMatchObject([{ extensions: { code } }]);
  });

  it('leaves out a shard that is retracted under another address, from when that is known', async () => {
    const registeredAt = async (asOf: string) => {
      const { rows } = await plannedOf(`mixture: "launch", tokens: 1000, asOf: "${asOf}"`);
      return rows.find(({ slice }) => slice === 'code')?.registered;
    };
    const why = { reason: 'a mirror', actor: 'somebody' };
    const { receipts } = await server.record(
      fact('corpus.shard.retracted', { shardId: 'mirror/vue', ...why }),
      fact('corpus.alias.declared', { kind: 'pair', address: 'mirror/vue', other: 'vue', ...why }),
    );
    await server.caughtUp();
    const [retracted, declared] = receipts.map(({ position }) => position);
    expect(await registeredAt(retracted ?? '')).toBe(400);
    expect(await registeredAt(declared ?? '')).toBe(100);
  });

  it('says that it is not complete where a plan has more phases than are replayed', async () => {
    await insert(`mixture_plan (mixture_id, unit, _position) VALUES ('restless', 'token_share', 1)`);
    await insert(`mixture_weight (mixture_id, phase, from_step, slice, weight, share, _position)
      SELECT 'restless', '', number + 1, if(number < 100000, 'web', 'code'), 1, 1, 1 FROM numbers(100001)`);
    const { complete, reason } = await plannedOf('mixture: "restless", tokens: 1000, steps: 10');
    expect({ complete, reason }).toEqual({
      complete: false,
      reason: expect.stringContaining('only the first 100000 phases are replayed'),
    });
  });

  it('says that it is not complete where there are more retractions than it reads', async () => {
    await insert(`corpus_retraction (shard_id, reason, actor, _position)
      SELECT concat('retracted-', toString(number)), 'r', 'a', 1 FROM numbers(10001)`);
    const { complete, reason } = await plannedOf('mixture: "launch", tokens: 1000');
    expect({ complete, reason }).toEqual({
      complete: false,
      reason: expect.stringContaining('only the first 10000 retractions are read'),
    });
  });
});
