import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consumed, LEAKY, saved, started } from './contamination/leaky-run.fixture.ts';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from './graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

type Amount = { readonly amount: number; readonly total: number };
type Impact = {
  readonly complete: boolean;
  readonly reason: string | null;
  readonly runs: readonly { readonly id: string }[];
  readonly checkpoints: readonly {
    readonly id: string;
    readonly run: string;
    readonly consumed: readonly Amount[];
  }[];
  readonly scores: readonly string[];
};

async function record(...events: readonly SentEvent[]): Promise<string> {
  await server.record(...events);
  return server.caughtUp();
}

async function impactOf(target: string, id: string, more = ''): Promise<Impact> {
  const { retractionImpact } = await server.ask<{ retractionImpact: Impact }>(
    `{ retractionImpact(target: ${target}, id: "${id}" ${more}) {
      complete reason runs { id } checkpoints { id run consumed { amount total } } scores
    } }`,
  );
  return retractionImpact;
}

/** What an impact says, in short: runs, checkpoints with the amount that each holds and of how much, and whether it is all. */
async function stale(shard: string, more = '') {
  const { complete, reason, runs, checkpoints } = await impactOf('shard', shard, more);
  return {
    complete,
    reason,
    runs: runs.map(({ id }) => id),
    checkpoints: checkpoints.map(({ id, consumed: amounts }) => [
      id,
      ...amounts.flatMap(({ amount, total }) => [amount, total]),
    ]),
  };
}

const all = { complete: true, reason: null };
const resumed = (attempt: number, step: number) => ({ resumedFrom: { attempt, step } });

describe('a checkpoint of steps that a later attempt supersedes', () => {
  it('is stale by what its own attempt consumed, with its scores and what started from it', async () => {
    const before = await record(...LEAKY.slice(0, 13));
    await record(
      ...LEAKY.slice(13),
      started('child', 1, { parentCheckpointId: 'superseded' }),
      saved('child', 1, 5),
    );
    const rewound = await impactOf('shard', 'rewound');
    expect(rewound).toEqual({
      ...all,
      runs: [{ id: 'child' }],
      checkpoints: [
        { id: 'child@5', run: 'child', consumed: [] },
        { id: 'superseded', run: 'leaky', consumed: [{ amount: 90, total: 300 }] },
      ],
      scores: ['leaky/sums/accuracy'],
    });
    expect(await stale('late')).toEqual({
      ...all,
      runs: ['child', 'leaky'],
      checkpoints: [
        ['child@5'],
        ['leaky@20', 60, 200],
        ['leaky@30', 60, 300],
        ['leaky@50', 160, 400],
        ['superseded', 70, 300],
      ],
    });
    expect(await stale('rewound', `asOf: "${before}"`)).toEqual({
      ...all,
      runs: ['leaky'],
      checkpoints: [['superseded', 90, 300]],
    });
  });

  it('is not stale by what only a later attempt consumed', async () => {
    await record(
      started('second', 1),
      consumed('second', 1, 1, { base: 10 }),
      consumed('second', 1, 11, { old: 10 }),
      saved('second', 1, 20, 'second-old'),
      started('second', 2, resumed(1, 10)),
      consumed('second', 2, 11, { new: 10 }),
      saved('second', 2, 20, 'second-new'),
    );
    expect(await stale('new')).toEqual({ ...all, runs: ['second'], checkpoints: [['second-new', 10, 20]] });
    expect(await stale('old')).toEqual({ ...all, runs: [], checkpoints: [['second-old', 10, 20]] });
  });

  it('is stale by what a recorded order says that its attempt read', async () => {
    const ranges = (step: number, attempt: number, shardId: string) =>
      fact('training.order.recorded', {
        runId: 'ordered',
        attempt,
        firstStep: step,
        lastStep: step,
        method: 'measured',
        order: { ranges: { of: 'document', steps: [[{ shardId, from: 0, count: 1 }]] } },
      });
    await record(
      started('ordered', 1),
      ranges(1, 1, 'read-first'),
      ranges(2, 1, 'read-once'),
      saved('ordered', 1, 2, 'ordered-old'),
      started('ordered', 2, resumed(1, 1)),
      ranges(2, 2, 'read-again'),
      saved('ordered', 2, 2, 'ordered-new'),
    );
    expect(await stale('read-once')).toEqual({ ...all, runs: [], checkpoints: [['ordered-old']] });
    expect(await stale('read-again')).toEqual({ ...all, runs: ['ordered'], checkpoints: [['ordered-new']] });
  });

  it('leaves the answer incomplete where its attempt consumed a slice without naming shards', async () => {
    await record(
      fact('corpus.shard.registered', { shardId: 'inner', slice: 'web', uri: 'file:inner', split: 'train' }),
      started('vague', 1),
      consumed('vague', 1, 1, { base: 10 }),
      consumed('vague', 1, 11, { '': 10 }),
      saved('vague', 1, 20, 'vague-old'),
      started('vague', 2, resumed(1, 10)),
      consumed('vague', 2, 11, { base: 10 }),
    );
    const { complete, reason, checkpoints } = await stale('inner');
    expect({ complete, checkpoints }).toEqual({ complete: false, checkpoints: [['vague-old']] });
    expect(reason).toContain('consumed without naming shards: slice:web by checkpoint:vague-old');
  });
});

describe('a fork', () => {
  it('is stale by what its parent had consumed when it was made, whatever the parent did later', async () => {
    const forked = (runId: string) => started(runId, 1, { forkedFrom: { runId: 'parent', step: 20 } });
    await record(
      started('parent', 1),
      consumed('parent', 1, 1, { base: 10 }),
      consumed('parent', 1, 11, { gone: 10 }),
    );
    await record(forked('early'), consumed('early', 1, 21, { own: 10 }), saved('early', 1, 30));
    await record(started('parent', 2, resumed(1, 10)), consumed('parent', 2, 11, { kept: 10 }));
    await record(forked('later'), consumed('later', 1, 21, { own: 10 }), saved('later', 1, 30));
    expect(await stale('gone')).toEqual({ ...all, runs: ['early'], checkpoints: [['early@30', 10, 30]] });
    expect(await stale('kept')).toEqual({
      ...all,
      runs: ['later', 'parent'],
      checkpoints: [['later@30', 10, 30]],
    });
  });
});

describe('what is stale', () => {
  const SHARDS = ['a', 'b', 'c'];
  const anAttempt = fc.record({
    /** Where it goes on: an earlier attempt, and tens of steps; it does not say where that is none. */
    from: fc.option(fc.tuple(fc.nat(3), fc.nat(3))),
    tens: fc.array(fc.record({ shard: fc.nat(2), isSaved: fc.boolean() }), { minLength: 1, maxLength: 3 }),
    /** Whether a run is forked once this attempt is recorded, and after how many tens of steps. */
    fork: fc.option(fc.nat(3), { freq: 2 }),
  });

  type Drawn = {
    readonly events: SentEvent[];
    readonly saved: { readonly run: string; readonly id: string }[];
  };

  /** A run with its attempts, and runs that are forked from it between them. Ranges are of ten steps. */
  function drawn(
    prefix: string,
    attempts: readonly (typeof anAttempt extends fc.Arbitrary<infer A> ? A : never)[],
  ): Drawn {
    const [events, all]: [SentEvent[], { run: string; id: string }[]] = [[], []];
    const run = `${prefix}run`;
    const save = (id: string, of: string, attempt: number, step: number): void => {
      events.push(saved(of, attempt, step, id));
      all.push({ run: of, id });
    };
    for (const [at, { from, tens, fork }] of attempts.entries()) {
      const attempt = at + 1;
      const [parent, begin] = from ?? [0, 0];
      const more = from && at > 0 ? resumed(1 + (parent % at), 10 * begin) : {};
      events.push(started(run, attempt, more));
      for (const [ten, { shard, isSaved }] of tens.entries()) {
        const first = 10 * (begin + ten) + 1;
        events.push(consumed(run, attempt, first, { [`${prefix}${SHARDS[shard] ?? ''}`]: 10 }));
        if (isSaved) save(`${prefix}${attempt}@${first + 9}`, run, attempt, first + 9);
      }
      if (fork === null) continue;
      const other = `${prefix}fork-${attempt}`;
      events.push(started(other, 1, { forkedFrom: { runId: run, step: 10 * fork } }));
      events.push(consumed(other, 1, 10 * fork + 1, { [`${prefix}own`]: 10 }));
      save(`${other}@end`, other, 1, 10 * fork + 10);
    }
    return { events, saved: all };
  }

  it('holds as much of a shard as the exposure of each checkpoint says, in histories with rewinds and forks', async () => {
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anAttempt, { minLength: 2, maxLength: 4 }), async (attempts) => {
        made += 1;
        const prefix = `drawn-${made}/`;
        const history = drawn(prefix, attempts);
        await record(...history.events);
        const expected = new Map<string, Map<string, number>>();
        for (const { run, id } of history.saved) {
          const { exposure } = await server.ask<{ exposure: { rows: { shard: string; amount: number }[] } }>(
            `{ exposure(run: "${run}", checkpoint: "${id}", by: shard) { rows { shard amount } } }`,
          );
          for (const { shard, amount } of exposure.rows)
            expected.set(shard, (expected.get(shard) ?? new Map<string, number>()).set(id, amount));
        }
        for (const shard of SHARDS.map((name) => `${prefix}${name}`)) {
          if (!history.events.some((event) => JSON.stringify(event).includes(`"${shard}"`))) continue;
          const { complete, checkpoints } = await impactOf('shard', shard);
          const held = checkpoints.map(({ id, consumed: own }) => [id, own[0]?.amount] as const);
          expect({ complete, held: new Map(held) }).toEqual({
            complete: true,
            held: expected.get(shard) ?? new Map(),
          });
        }
      }),
      { numRuns: 5 },
    );
  });

  it('of a snapshot with more shards than may be visited says so', async () => {
    const members = Array.from({ length: 20 }, (_, at) => ({ shardId: `m${10 + at}`, repeats: 1 }));
    await record(
      fact('corpus.snapshot.registered', { snapshotId: 'snap', name: 'snap' }),
      fact('corpus.members.listed', { snapshotId: 'snap', firstIndex: 0, members }),
      started('user', 1),
      consumed('user', 1, 1, { m29: 10 }),
    );
    const answers = [];
    for (const maxNodes of [1, 10, 20, 21, 22, 100])
      answers.push(await impactOf('snapshot', 'snap', `maxNodes: ${maxNodes}`));
    expect(answers.map(({ complete, runs }) => [complete, runs.length])).toEqual([
      [false, 0],
      [false, 0],
      [false, 0],
      [false, 0],
      [true, 1],
      [true, 1],
    ]);
  });
});
