import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { batchOf } from './batch-question.fixture.ts';
import type { Batch } from './batch-question.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

const batch = (asked: string): Promise<Batch> => batchOf(server, asked);

const started = (runId: string, attempt: number, more: object = {}) =>
  fact('training.run.started', { runId, attempt, model: { name: 'm' }, config: {}, seeds: {}, ...more });

const ranges = (runId: string, attempt: number, steps: readonly number[], shardId = 'web') =>
  fact('training.order.recorded', {
    runId,
    attempt,
    firstStep: steps[0],
    lastStep: steps.at(-1),
    method: 'measured',
    order: {
      ranges: {
        of: 'sequence',
        steps: steps.map((step) => [
          {
            shardId,
            from: step * 10,
            count: attempt,
          },
        ]),
      },
    },
  });

const skipped = (runId: string, attempt: number, steps: readonly number[]) =>
  fact('training.steps.skipped', { runId, attempt, steps, reason: 'nan' });

describe('the step that counts', () => {
  beforeAll(async () => {
    await server.record(
      started('restarted', 1),
      ranges('restarted', 1, [1, 2, 3, 4, 5]),
      started('restarted', 2, { resumedFrom: { attempt: 1, step: 3 } }),
      ranges('restarted', 2, [4, 5, 6]),
      skipped('restarted', 2, [5]),
      started('forked', 1, { forkedFrom: { runId: 'restarted', step: 4 } }),
      ranges('forked', 1, [5, 6]),
      started('silent', 1),
      ranges('unstarted', 3, [7]),
      fact('training.steps.recorded', { runId: 'silent', attempt: 1, steps: [1], columns: { loss: [1] } }),
    );
    await server.caughtUp();
  });

  it.each([
    ['run: "restarted", step: 3', { trainedBy: 'restarted', attempt: 1, counts: true, skipped: false }],
    ['run: "restarted", step: 4', { trainedBy: 'restarted', attempt: 2, counts: true, skipped: false }],
    ['run: "restarted", step: 5', { trainedBy: 'restarted', attempt: 2, counts: true, skipped: true }],
    ['run: "restarted", step: 4, attempt: 1', { trainedBy: 'restarted', attempt: 1, counts: false }],
    ['run: "forked", step: 2', { trainedBy: 'restarted', attempt: 1, counts: true }],
    ['run: "forked", step: 4', { trainedBy: 'restarted', attempt: 2, counts: true }],
    ['run: "forked", step: 5', { trainedBy: 'forked', attempt: 1, counts: true }],
  ])('is that of every other answer: %s', async (asked, expected) => {
    const step = Number(/step: (\d)/.exec(asked)?.[1]);
    expect(await batch(asked)).toMatchObject({
      ...expected,
      encoding: 'ranges',
      level: 'recorded',
      of: 'sequence',
      items: expected.attempt,
      tokens: null,
      ranges: [
        {
          shard: 'web',
          from: step * 10,
          count: expected.attempt,
        },
      ],
      nodes: [],
      totalCount: 0,
      complete: true,
      reason: null,
    });
  });

  it('is that of the newest attempt with an order where nothing else is recorded of the run', async () => {
    expect(await batch('run: "unstarted", step: 7')).toMatchObject({
      trainedBy: 'unstarted',
      attempt: 3,
      counts: true,
      items: 3,
      complete: false,
      reason: 'the start of run unstarted was never recorded',
    });
  });

  it('has no batch where no order is recorded of it, and says so', async () => {
    expect(await batch('run: "silent", step: 1')).toMatchObject({
      encoding: null,
      level: null,
      items: null,
      nodes: [],
      complete: false,
      reason: 'no order is recorded of step 1 of attempt 1 of run silent',
    });
  });

  it.each([
    ['run: "nobody", step: 1', 'unknown_run'],
    ['run: "silent", step: 2', 'unknown_step'],
    ['run: "silent", step: -1', 'unknown_step'],
    ['run: "restarted", step: 6, attempt: 1', 'unknown_step'],
    ['run: "restarted", step: 6, first: 0', 'page_out_of_range'],
  ])('is refused where nothing mentions it: %s', async (asked, code) => {
    const { body } = await server.reply(`{ batch(${asked}) { step } }`);
    expect(body.errors).toMatchObject([{ extensions: { code } }]);
  });
});

describe('orders of one step', () => {
  it('that say the same are one, and that contradict each other give no documents', async () => {
    const wrong = ranges('twice', 1, [2, 3], 'other');
    await server.record(
      started('twice', 1),
      ranges('twice', 1, [1, 2]),
      ranges('twice', 1, [1, 2, 3]),
      wrong,
    );
    const before = await server.caughtUp();
    expect(await batch('run: "twice", step: 1')).toMatchObject({
      complete: true,
      ranges: [{ shard: 'web' }],
    });
    const answer = await batch('run: "twice", step: 2');
    expect(answer).toMatchObject({ complete: false, encoding: null, ranges: [], items: null });
    expect(answer.reason).toMatch(/^the orders recorded at \d+, \d+, \d+ contradict each other about step 2/);
    expect(answer.evidence).toHaveLength(3);
    await server.record({
      ...ranges('twice', 1, [2, 3]),
      corrects: wrong.id,
      correctionreason: 'wrong shard',
      actor: 'kim',
    });
    await server.caughtUp();
    expect(await batch('run: "twice", step: 2')).toMatchObject({
      complete: true,
      ranges: [{ shard: 'web' }],
    });
    expect(await batch(`run: "twice", step: 2, asOf: "${before}"`)).toEqual(answer);
  });

  it('say as much as the best of them: digests and samplers name no documents', async () => {
    const sha256 = 'a'.repeat(64);
    const order = (firstStep: number, encoding: object) =>
      fact('training.order.recorded', {
        runId: 'mixed',
        attempt: 1,
        firstStep,
        lastStep: firstStep,
        method: 'measured',
        order: encoding,
      });
    const digest = { digest: { of: 'sequence', steps: [sha256] } };
    const sampler = { sampler: { name: 'shuffle', seed: 1, epoch: 0, startIndex: 0, count: 4 } };
    const ids = { ids: { of: 'sequence', sha256, perStep: [2] } };
    await server.record(started('mixed', 1), ...[1, 2, 3, 4].map((step) => order(step, digest)));
    await server.record(order(2, sampler), order(3, ids), order(4, sampler), ranges('mixed', 1, [4]));
    await server.caughtUp();
    const found = await Promise.all([1, 2, 3, 4].map((step) => batch(`run: "mixed", step: ${step}`)));
    expect(found.map(({ encoding, level, items, complete }) => [encoding, level, items, complete])).toEqual([
      ['digest', 'digest_only', null, false],
      ['sampler', 'replayable', 4, false],
      ['ids', 'recorded', 2, false],
      ['ranges', 'recorded', 1, true],
    ]);
    expect(found[0]?.reason).toBe('only a digest of what the step read is recorded');
  });

  it('of impossible sizes are answered without reading them', async () => {
    const sha256 = 'b'.repeat(64);
    const corpora = [{ path: '/c', document: sha256, sample: sha256, shuffle: sha256 }];
    const batches = [{ fromStep: 1, samples: 1_000_000_000 }];
    const range = { shardId: 'web', from: 0, count: Number.MAX_SAFE_INTEGER };
    const order = (step: number, encoding: object) =>
      fact('training.order.recorded', {
        runId: 'vast',
        attempt: 1,
        firstStep: step,
        lastStep: step,
        method: 'declared',
        order: encoding,
      });
    await server.record(
      started('vast', 1),
      order(1, { megatronIndex: { sequenceLength: 1_000_000_000, firstSample: 0, batches, corpora } }),
      order(2, { ranges: { of: 'token', steps: [[range, range]] } }),
    );
    await server.caughtUp();
    expect(await batch('run: "vast", step: 1')).toMatchObject({
      items: 1e9,
      tokens: null,
      nodes: [],
      complete: false,
      reason: 'the steps read 1000000000 samples; at most 4000000 are resolved at once',
    });
    expect(await batch('run: "vast", step: 2')).toMatchObject({ items: null, tokens: null, complete: true });
  });
});
