import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';

const started = (runId: string, more: object = {}): SentEvent =>
  fact('training.run.started', { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {}, ...more });

const stepped = (runId: string, steps: number[], columns: object, attempt = 1): SentEvent =>
  fact('training.steps.recorded', { runId, attempt, steps, columns });

const points = (runId: string, key: string, steps: (number | null)[], value = 1): SentEvent =>
  fact('training.metrics.recorded', {
    runId,
    keys: steps.map(() => key),
    steps,
    times: steps.map((_, index) => 1_000_000 * (index + 1)),
    values: steps.map(() => value),
  });

const LONG = 'e'.repeat(5_000);

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(
    started('parent'),
    stepped('parent', [1, 2, 3, 4], { late: [null, null, null, 4] }),
    points('parent', 'loss', [1, 2], 9),
    points('parent', 'acc', [1], 0.5),
    started('fork', { forkedFrom: { runId: 'parent', step: 2 } }),
    stepped('fork', [3, 4], { loss: [3, 4] }),
    points('fork', 'late', [7], 7),
    started('rewound'),
    stepped('rewound', [1, 2], { loss: [1, 2], gone: [null, 5], only: [null, 6] }),
    points('rewound', 'gone', [70], 70),
    started('rewound', { attempt: 2, resumedFrom: { attempt: 1, step: 1 } }),
    stepped('rewound', [2], { loss: [3] }, 2),
    started('far'),
    points('far', 'acc', [5, 1e16, -1, null], 0.5),
    points('far', 'acc', [3_000_000_000], 0.25),
  );
  await server.caughtUp();
});
afterAll(() => server.remove());

const answerTo = async (question: string): Promise<object> =>
  (await server.ask<{ answer: object }>(`{ answer: ${question} }`)).answer;

const curve = (asked: string) =>
  answerTo(`curve(${asked}) { origin points { step values mean } complete reason evidenceTotal }`);
const history = (asked: string) =>
  answerTo(`metricHistory(${asked}) { origin nodes { step value } totalCount complete reason }`);

describe('a metric that a fork has in its columns, and the run that it was forked from in points', () => {
  it('is the column of the fork, in curves and histories', async () => {
    expect(await curve('run: "fork", metric: loss')).toMatchObject({
      origin: 'steps',
      points: [{ values: 2, mean: 3.5 }],
      complete: true,
    });
    expect(await history('run: "fork", key: "loss"')).toEqual({
      origin: 'steps',
      nodes: [
        { step: 3, value: 3 },
        { step: 4, value: 4 },
      ],
      totalCount: 2,
      complete: true,
      reason: null,
    });
  });

  it('is not recorded of the fork where it has no values itself', async () => {
    const none = { origin: null, complete: false, reason: 'no recorded value of metric acc counts' };
    expect(await curve('run: "fork", metric: "acc"')).toMatchObject({ ...none, points: [] });
    expect(await history('run: "fork", key: "acc"')).toMatchObject({ ...none, nodes: [], totalCount: 0 });
    expect(await curve('run: "fork", metric: "loss", origin: points')).toMatchObject({
      origin: null,
      points: [],
      reason: 'no recorded value of metric loss counts in points',
    });
    expect(await history('run: "parent", key: "acc", origin: steps')).toMatchObject({
      origin: null,
      nodes: [],
    });
  });
});

describe('a column of which no value counts', () => {
  it.each([
    ['after the step of the fork', 'fork', 'late', { step: 0, mean: 7 }],
    ['superseded by a later attempt', 'rewound', 'gone', { step: 64, mean: 70 }],
  ])('is no curve where all of it is %s: the points of its name are', async (_, run, metric, point) => {
    expect(await curve(`run: "${run}", metric: "${metric}"`)).toMatchObject({
      origin: 'points',
      points: [point],
      complete: true,
    });
  });

  it('is a curve without points that says so', async () => {
    const none = { origin: null, complete: false, reason: 'no recorded value of metric only counts' };
    expect(await curve('run: "rewound", metric: "only"')).toMatchObject({ ...none, points: [] });
    expect(await history('run: "rewound", key: "only"')).toMatchObject({ ...none, nodes: [] });
  });

  it('is named by no more of its name than a reason has room for', async () => {
    const { reason } = Object(await curve(`run: "rewound", metric: "${LONG}"`));
    expect(reason).toMatch(/^no recorded value of metric e{100}… counts$/);
  });
});

describe('points that are in no bucket of a curve', () => {
  const said = (count: number) =>
    `${count} points without a step, or with one below 0 or above 9007199254740991, are in no bucket; \`metricHistory\` lists them`;

  it.each([
    ['', 3],
    [', fromStep: null, toStep: null', 3],
    [', fromStep: 0', 1],
    [', fromStep: -2', 2],
    [', toStep: 10', 1],
    [', fromStep: 0, toStep: 10', 0],
    [', fromStep: 9007199254740993', 1],
  ])('are counted where the question is about them: curve%s', async (range, count) => {
    expect(await curve(`run: "far", metric: "acc"${range}`)).toMatchObject({
      complete: count === 0,
      reason: count === 0 ? null : said(count),
    });
  });

  it('are all others, between steps beyond 2^31 too', async () => {
    expect(await curve('run: "far", metric: "acc", fromStep: 2147483648, toStep: 9007199254740991')).toEqual({
      origin: 'points',
      points: [{ step: 3_000_000_000 - (3_000_000_000 % 64), values: 1, mean: 0.25 }],
      complete: true,
      reason: null,
      evidenceTotal: 1,
    });
  });
});

it('has the facts of the steps that a curve is about behind it, and no others', async () => {
  await server.record(
    started('long'),
    stepped('long', [1], { loss: [1] }),
    stepped('long', [2], { loss: [2] }),
  );
  await server.caughtUp();
  expect(await curve('run: "long"')).toMatchObject({ evidenceTotal: 2 });
  expect(await curve('run: "long", fromStep: 2')).toMatchObject({ evidenceTotal: 1 });
  expect(await curve('run: "long", fromStep: 1.5, toStep: 1.75')).toMatchObject({
    evidenceTotal: 0,
    points: [],
  });
});

describe('the pages of a history', () => {
  const page = async (asked: string) =>
    Object(
      await answerTo(
        `metricHistory(run: "paged", key: "loss", first: 2${asked}) { origin nodes { step value } pageInfo { endCursor hasNextPage } }`,
      ),
    );

  beforeAll(async () => {
    await server.record(started('paged'), stepped('paged', [1, 2, 3, 4, 5], { loss: [1, 2, 3, 4, 5] }));
    await server.caughtUp();
  });

  it('are of the facts that the first one was of, whatever arrives between them', async () => {
    const [steps, cursors]: [number[], string[]] = [[], []];
    let next = await page('');
    for (let arrived = 1; next.pageInfo.hasNextPage; arrived += 1) {
      steps.push(...next.nodes.map(({ step }: { step: number }) => step));
      cursors.push(next.pageInfo.endCursor);
      await server.record(points('paged', 'loss', [-arrived, 100 * arrived]));
      await server.caughtUp();
      next = await page(`, after: "${next.pageInfo.endCursor}"`);
      expect(next.origin).toBe('steps');
    }
    expect([...steps, ...next.nodes.map(({ step }: { step: number }) => step)]).toEqual([1, 2, 3, 4, 5]);
    expect(await page('')).toMatchObject({ origin: 'points' });
    const { body } = await server.reply(
      `{ metricHistory(run: "paged", key: "loss", origin: points, after: "${cursors[0]}") { origin } }`,
    );
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'unknown_cursor' } }] });
  });

  it.each([
    'x',
    'steps.',
    'steps.00',
    'points.zz',
    `steps.~${'0'.repeat(31)}`,
    '0'.repeat(48),
    `points.${'0'.repeat(48)}.0`,
  ])('begin after no cursor but one of theirs: %s', async (after) => {
    const { body } = await server.reply(
      `{ metricHistory(run: "paged", key: "loss", after: "${after}") { origin } }`,
    );
    expect(body).toMatchObject({ errors: [{ extensions: { code: 'unknown_cursor' } }] });
  });
});
