import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';

const RUN = 'everything';
const FIRST_START = 'first-start';

const started = (runId: string, more: object = {}, id?: string): SentEvent =>
  fact(
    'training.run.started',
    { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {}, ...more },
    id,
  );

const STEPS = {
  ...fact('training.steps.recorded', { runId: RUN, attempt: 1, steps: [1, 2, 70] }),
  data: JSON.parse(`{ "runId": "${RUN}", "attempt": 1, "steps": [1, 2, 70],
    "columns": { "loss": [4, null, 2], "tokens": [10, 10, 0], "eval_loss": [null, 3.1, 2.5], "__proto__": [0.5, 0.25, null] },
    "nonfinite": { "loss": [{ "index": 1, "value": "nan" }], "__proto__": [{ "index": 2, "value": "-inf" }] } }`),
};

const POINTS = fact('training.metrics.recorded', {
  runId: RUN,
  keys: ['eval_loss', 'acc', 'acc', 'acc', 'acc', 'gpu'],
  steps: [100, 1, 1, 80, -1, null],
  times: [1_000_000, 1_000_000, 1_000_000, 2_000_000, 3_000_000, 4_000_000],
  values: [9, 0.5, 0.5, 0.75, 0.125, 60],
  method: 'reported',
});

let server: GraphqlServer;
let positions: string[];
beforeAll(async () => {
  server = await startGraphqlServer();
  const first = await server.record(
    started(
      RUN,
      {
        config: { optimizer: { lr: 0.1, betas: [0.9, 0.95] }, 'a/b': null, note: {} },
        model: { name: 'm', parameters: 7, architecture: 'decoder' },
        seeds: { init: 3 },
        tokenizer: 'bpe',
        tokenBudget: 100,
        hardware: '8 GPUs',
        code: { revision: 'c0ffee' },
      },
      FIRST_START,
    ),
    STEPS,
    POINTS,
    fact('training.run.annotated', {
      runId: RUN,
      params: { lr: '0.1', 'opt/name': 'adam' },
      tags: { 'mlflow.user': 'ada', removed: 'x' },
    }),
    fact('training.run.annotated', { runId: RUN, params: { lr: '0.2' }, removedTags: ['removed'] }),
    started('bare'),
  );
  positions = first.receipts.map(({ position }) => position);
  const second = await server.record({
    ...started(RUN, { config: { optimizer: { lr: 0.3 } } }),
    corrects: FIRST_START,
    correctionreason: 'the rate was wrong',
    actor: 'eva',
  });
  positions.push(...second.receipts.map(({ position }) => position));
  await server.caughtUp();
});
afterAll(() => server.remove());

const answerTo = async (question: string, variables: object = {}): Promise<object> =>
  (await server.ask<{ answer: object }>(question, variables)).answer;

const BEFORE = 'query ($asOf: Position, $run: ID!)';

describe('the metrics of a run', () => {
  it('are listed whatever they were recorded by, each with its origin', async () => {
    const [, steps, points] = positions;
    const [inSteps, inPoints] = [
      { origin: 'steps', methods: [], unit: null, nonfinite: 0, evidence: [steps] },
      { origin: 'points', methods: ['reported'], unit: null, nonfinite: 0, evidence: [points] },
    ];
    expect(
      await answerTo(`{ answer: metrics(run: "${RUN}") {
        nodes { name origin methods unit values nonfinite firstStep lastStep evidence } totalCount complete evidence
      } }`),
    ).toEqual({
      nodes: [
        { ...inSteps, name: '__proto__', values: 3, nonfinite: 1, firstStep: 1, lastStep: 70 },
        { ...inPoints, name: 'acc', values: 4, firstStep: -1, lastStep: 80 },
        { ...inPoints, name: 'eval_loss', values: 1, firstStep: 100, lastStep: 100 },
        { ...inSteps, name: 'eval_loss', values: 2, firstStep: 2, lastStep: 70 },
        { ...inPoints, name: 'gpu', values: 1, firstStep: null, lastStep: null },
        { ...inSteps, name: 'loss', values: 3, nonfinite: 1, firstStep: 1, lastStep: 70 },
        { ...inSteps, name: 'tokens', unit: 'token', values: 2, firstStep: 1, lastStep: 2 },
      ],
      totalCount: 7,
      complete: true,
      evidence: [steps, points],
    });
  });

  it('are those of an attempt where one is asked for; points that name none are of attempt 0', async () => {
    const names = async (attempt: number) =>
      answerTo(
        `{ answer: metrics(run: "${RUN}", attempt: ${attempt}) { attempt nodes { name } complete reason } }`,
      );
    expect(await names(0)).toMatchObject({
      attempt: 0,
      nodes: [{ name: 'acc' }, { name: 'eval_loss' }, { name: 'gpu' }],
    });
    expect(await names(1)).toMatchObject({ nodes: { length: 4 }, complete: true });
    expect(await names(2)).toMatchObject({ nodes: [], reason: 'no metrics of attempt 2 recorded' });
  });

  it('are drawn as curves by any of their names, between two steps', async () => {
    const drawn = async (question: string) =>
      answerTo(`{ answer: curve(run: "${RUN}", ${question}) {
        metric origin points { step values low mean high } complete reason
      } }`);
    const whole = { complete: true, reason: null };
    expect(await drawn('metric: "eval_loss"')).toEqual({
      metric: 'eval_loss',
      origin: 'steps',
      points: [
        { step: 0, values: 1, low: 3.1, mean: expect.closeTo(3.1, 6), high: 3.1 },
        { step: 64, values: 1, low: 2.5, mean: 2.5, high: 2.5 },
      ],
      ...whole,
    });
    expect(await drawn('metric: "__proto__", fromStep: 2, toStep: 2')).toMatchObject({
      points: [{ step: 0, values: 1, low: 0.25 }],
    });
    expect(await drawn('metric: tokens, fromStep: 2')).toMatchObject({
      points: [
        { step: 0, values: 1, mean: 10 },
        { step: 64, values: 0, mean: null },
      ],
    });
    expect(await drawn('metric: loss, toStep: 69')).toMatchObject({
      origin: 'steps',
      points: [{ step: 0, values: 1, low: 4 }],
    });
    expect(await drawn('metric: "eval_loss", origin: points')).toMatchObject({
      origin: 'points',
      points: [{ step: 64, values: 1, low: 9 }],
      ...whole,
    });
    expect(await drawn('metric: "acc"')).toEqual({
      metric: 'acc',
      origin: 'points',
      points: [
        { step: 0, values: 1, low: 0.5, mean: 0.5, high: 0.5 },
        { step: 64, values: 1, low: 0.75, mean: 0.75, high: 0.75 },
      ],
      complete: false,
      reason:
        '1 points without a step, or with one below 0 or above 9007199254740991, are in no bucket; `metricHistory` lists them',
    });
    expect(await drawn('metric: "none"')).toMatchObject({
      origin: null,
      points: [],
      reason: 'no recorded value of metric none counts',
    });
    expect(await drawn('metric: "loss", fromStep: 5, toStep: 4')).toMatchObject({ points: [], ...whole });
  });

  it('take the name of a curve from a variable of the type that the enum had', async () => {
    const question = `query ($metric: Metric) { answer: curve(run: "${RUN}", metric: $metric) { metric } }`;
    expect(await answerTo(question, { metric: 'eval_loss' })).toEqual({ metric: 'eval_loss' });
    expect(await answerTo(question)).toEqual({ metric: 'loss' });
  });

  it('have their values as they were recorded, page by page', async () => {
    const [, steps] = positions;
    const values = async (question: string) =>
      answerTo(`{ answer: metricHistory(run: "${RUN}", ${question}) {
        origin nodes { step time value nonfinite evidence } pageInfo { endCursor } totalCount
      } }`);
    const column = { time: null, nonfinite: null, evidence: steps };
    const [first, second, third] = [
      { ...column, step: 1, value: 0.5 },
      { ...column, step: 2, value: 0.25 },
      { ...column, step: 70, value: null, nonfinite: 'negative_infinity' },
    ];
    const page = await values('key: "__proto__", first: 1');
    expect(page).toMatchObject({ origin: 'steps', nodes: [first], totalCount: 3 });
    const { endCursor } = Object(page).pageInfo;
    expect(await values(`key: "__proto__", after: "${endCursor}"`)).toMatchObject({ nodes: [second, third] });
    expect(await values('key: "__proto__", fromStep: 1.5, toStep: 69')).toMatchObject({ nodes: [second] });
    expect(await values('key: "loss"')).toMatchObject({
      nodes: [{ value: 4 }, { value: null, nonfinite: 'nan' }, { value: 2 }],
    });
    expect(await values('key: "eval_loss"')).toMatchObject({ origin: 'points', nodes: [{ value: 9 }] });
    expect(await values('key: "eval_loss", origin: steps')).toMatchObject({
      nodes: [{ value: 3.1 }, { value: 2.5 }],
    });
    expect(await values('key: "acc", toStep: 1')).toMatchObject({
      nodes: [{ value: 0.5 }, { value: 0.125 }],
    });
  });
});

const SETTINGS = 'nodes { path value type attempt evidence corrects } totalCount complete reason';

const settings = async (part: string, run: string, asOf?: string): Promise<object> => {
  const question = `${BEFORE} { answer: run(id: $run, asOf: $asOf) { ${part} } }`;
  return Object.values(await answerTo(question, { run, asOf }))[0];
};

describe('what a run was started with', () => {
  it('is each value of its start and of its tracker, with the fact that says it', async () => {
    const [start = '', , , annotated = ''] = positions;
    const at = { type: 'training.run.started', attempt: 1, evidence: start, corrects: null };
    const noted = { type: 'training.run.annotated', attempt: null, evidence: annotated, corrects: null };
    expect(await settings(`config { ${SETTINGS} }`, RUN, annotated)).toEqual({
      nodes: [
        { ...at, path: ['config', 'a/b'], value: null },
        { ...at, path: ['config', 'note'], value: {} },
        { ...at, path: ['config', 'optimizer', 'betas', '0'], value: 0.9 },
        { ...at, path: ['config', 'optimizer', 'betas', '1'], value: 0.95 },
        { ...at, path: ['config', 'optimizer', 'lr'], value: 0.1 },
        { ...at, path: ['model', 'architecture'], value: 'decoder' },
        { ...at, path: ['model', 'name'], value: 'm' },
        { ...at, path: ['model', 'parameters'], value: 7 },
        { ...at, path: ['seeds', 'init'], value: 3 },
        { ...at, path: ['tokenBudget'], value: 100 },
        { ...at, path: ['tokenizer'], value: 'bpe' },
        { ...noted, path: ['params', 'lr'], value: '0.1' },
        { ...noted, path: ['params', 'opt/name'], value: 'adam' },
      ],
      totalCount: 13,
      complete: true,
      reason: null,
    });
    expect(await settings(`environment { ${SETTINGS} }`, RUN, annotated)).toEqual({
      nodes: [
        { ...at, path: ['code', 'revision'], value: 'c0ffee' },
        { ...at, path: ['hardware'], value: '8 GPUs' },
        { ...noted, path: ['tags', 'mlflow.user'], value: 'ada' },
        { ...noted, path: ['tags', 'removed'], value: 'x' },
      ],
      totalCount: 4,
      complete: true,
      reason: null,
    });
  });

  it('is that of the newest version of the start, which says what it corrects', async () => {
    const [start, , , , , , correction] = positions;
    expect(
      await settings(`config(first: 2) { ${SETTINGS} pageInfo { hasNextPage endCursor } }`, RUN),
    ).toMatchObject({
      nodes: [
        { path: ['config', 'optimizer', 'lr'], value: 0.3, evidence: correction, corrects: start },
        { path: ['model', 'name'] },
      ],
      totalCount: 4,
      pageInfo: { hasNextPage: true, endCursor: '/model/name' },
    });
    expect(await settings(`config(after: "/params/lr") { ${SETTINGS} }`, RUN)).toMatchObject({
      nodes: [{ path: ['params', 'opt/name'], value: 'adam' }],
    });
    expect(await settings(`environment { ${SETTINGS} }`, RUN)).toMatchObject({
      nodes: [{ path: ['tags', 'mlflow.user'] }],
    });
  });

  it.each([1, 2, 5])('is the same in pages of %i', async (first) => {
    const last = positions.at(-1);
    for (const part of ['config', 'environment']) {
      const whole = Object(await settings(`${part} { ${SETTINGS} }`, RUN, last));
      const nodes: unknown[] = [];
      let pageInfo = { hasNextPage: true, endCursor: '' };
      for (let pages = 0; pageInfo.hasNextPage; pages += 1) {
        expect(pages).toBeLessThan(20);
        const asked = `first: ${first}, after: ${JSON.stringify(pageInfo.endCursor)}`;
        const page = Object(
          await settings(`${part}(${asked}) { ${SETTINGS} pageInfo { hasNextPage endCursor } }`, RUN, last),
        );
        expect(page).toMatchObject({ totalCount: whole.totalCount, complete: true });
        nodes.push(...page.nodes);
        ({ pageInfo } = page);
      }
      expect(nodes).toEqual(whole.nodes);
    }
  });

  it('begins a page after no cursor but one of its own', async () => {
    for (const after of ['params', '/none', '/tags/x', '/params/lr/more']) {
      const { body } = await server.reply(
        `{ run(id: "${RUN}") { config(after: "${after}") { totalCount } } }`,
      );
      expect(body).toMatchObject({ errors: [{ extensions: { code: 'unknown_cursor' } }] });
    }
  });

  it('says what is not recorded', async () => {
    expect(await settings(`environment { ${SETTINGS} }`, 'bare')).toEqual({
      nodes: [],
      totalCount: 0,
      complete: false,
      reason: 'no environment recorded',
    });
    expect(await settings(`config(attempt: 2) { ${SETTINGS} }`, 'bare')).toMatchObject({
      nodes: [],
      reason: 'the start of attempt 2 of run bare was never recorded',
    });
    for (const part of ['config', 'environment'])
      expect(await settings(`${part}(attempt: -1) { ${SETTINGS} }`, 'bare')).toMatchObject({
        nodes: [],
        reason: 'the start of attempt -1 of run bare was never recorded',
      });
  });
});
