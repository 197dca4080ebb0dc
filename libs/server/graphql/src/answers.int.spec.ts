import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';

let server: GraphqlServer;
/** The end of the log once everything below is recorded. */
let asOf: string;

const run = 'run-1';
const exposure = (attempt: number, [firstStep, lastStep]: [number, number], amounts: object[]) =>
  fact('training.exposure.recorded', {
    runId: run,
    attempt,
    firstStep,
    lastStep,
    unit: 'token',
    method: 'measured',
    amounts,
  });
const started = (attempt: number) =>
  fact('training.run.started', {
    runId: run,
    attempt,
    experimentId: 'exp',
    arm: 'full',
    mixtureId: 'mix-1',
    model: { name: 'lm', parameters: 1000 },
    config: {},
    seeds: { init: 7 },
    ...(attempt === 1 ? {} : { resumedFrom: { attempt: attempt - 1, step: 10 } }),
  });
const score = (step: number, value: number, benchmark = 'held-out') =>
  fact('evaluation.score.recorded', {
    runId: run,
    step,
    capability: 'code',
    benchmark,
    metric: 'bits',
    harness: { name: 'lab', version: '2' },
    value,
    unit: 'bits',
    higherIsBetter: false,
    method: 'measured',
  });
const plan = (mixtureId: string) =>
  fact('mixture.plan.decided', {
    mixtureId,
    unit: 'unnormalised',
    phases: [
      {
        name: 'warm',
        fromStep: 0,
        weights: [
          { slice: 'code', weight: 1 },
          { slice: 'math/plain', weight: 3 },
        ],
      },
      { name: 'main', fromStep: 100, weights: [{ slice: 'code', weight: 2 }] },
    ],
    displacement: 'proportional',
    rationale: 'First guess.',
    decidedBy: 'ada',
  });

beforeAll(async () => {
  server = await startGraphqlServer();
  const recorded = await server.record(
    plan('mix-1'),
    plan('mix-2'),
    started(1),
    exposure(
      1,
      [1, 10],
      [
        { slice: 'code', shardId: 'c1', amount: 40 },
        { slice: 'code', shardId: 'c2', amount: 20 },
        { slice: 'math/plain', amount: 40 },
      ],
    ),
    exposure(
      1,
      [11, 20],
      [
        { slice: 'code', shardId: 'c1', amount: 50 },
        { slice: 'math/structured', amount: 50 },
      ],
    ),
    started(2),
    exposure(
      2,
      [11, 20],
      [
        { slice: 'code', shardId: 'c1', amount: 10 },
        { slice: 'math/plain', amount: 90 },
      ],
    ),
    fact('training.steps.recorded', {
      runId: run,
      attempt: 2,
      steps: Array.from({ length: 70 }, (_value, index) => index),
      columns: {
        loss: Array.from({ length: 70 }, (_value, index) => (index === 3 || index >= 64 ? null : index)),
        tokens: Array(70).fill(16),
      },
      nonfinite: {
        loss: [
          { index: 3, value: 'nan' },
          { index: 64, value: '+inf' },
          ...[65, 66, 67, 68, 69].map((index) => ({ index, value: 'nan' })),
        ],
      },
    }),
    fact('training.run.ended', { runId: run, attempt: 2, status: 'completed', lastStep: 70 }),
    score(10, 3.5),
    score(20, 3.25),
    score(20, 3, 'other'),
    fact('evaluation.score.invalidated', {
      runId: run,
      capability: 'code',
      benchmark: 'held-out',
      metric: 'bits',
      step: 10,
      reason: 'Wrong file.',
      actor: 'ada',
    }),
  );
  asOf = recorded.receipts.at(-1)?.position ?? '';
});
afterAll(() => server.remove());

const ask = <Answer = object>(query: string, variables: object = {}) =>
  server.ask<Answer>(query, { asOf, run, ...variables });

describe('a run', () => {
  it('is reported by its newest attempt, with its evidence', async () => {
    const fields =
      'id attempt experiment arm mixture model parameters seed status lastStep tokens lastLoss evidence asOf { position }';
    const expected = {
      id: run,
      attempt: 2,
      experiment: 'exp',
      arm: 'full',
      mixture: 'mix-1',
      model: 'lm',
      parameters: 1000,
      seed: 7,
      status: 'completed',
      lastStep: 70,
      tokens: 1120,
      lastLoss: null,
      evidence: ['3', '6', '9'],
      asOf: { position: asOf },
    };
    expect(
      await ask(`query ($run: ID!, $asOf: Position) { run(id: $run, asOf: $asOf) { ${fields} } }`),
    ).toEqual({ run: expected });
    expect(
      await ask(
        `query ($asOf: Position) { runs(experiment: "exp", asOf: $asOf) { nodes { ${fields} } pageInfo { hasNextPage endCursor } totalCount complete lag evidence } }`,
      ),
    ).toEqual({
      runs: {
        nodes: [expected],
        pageInfo: { hasNextPage: false, endCursor: expected.id },
        totalCount: 1,
        complete: true,
        lag: 0,
        evidence: expected.evidence,
      },
    });
  });

  it('is not among the runs whose ids begin otherwise', async () => {
    expect(
      await ask('query ($asOf: Position) { runs(prefix: "no", asOf: $asOf) { nodes { id } totalCount } }'),
    ).toEqual({ runs: { nodes: [], totalCount: 0 } });
  });
});

describe('exposure', () => {
  const question = `query ($run: ID!, $by: ExposureBy, $step: Int, $asOf: Position) {
    exposure(run: $run, by: $by, step: $step, asOf: $asOf) { step unit total rows { slice shard tokens share method } evidence }
  }`;

  it('counts a later attempt instead of the earlier one from its first step on', async () => {
    expect(await ask(question)).toEqual({
      exposure: {
        step: 20,
        unit: 'token',
        total: 200,
        rows: [
          { slice: 'math', shard: null, tokens: 130, share: 0.65, method: 'measured' },
          { slice: 'code', shard: null, tokens: 70, share: 0.35, method: 'measured' },
        ],
        evidence: ['4', '7'],
      },
    });
  });

  it.each([
    ['domain', 10, { code: 60, math: 40 }],
    ['domain', 19, { math: 121, code: 69 }],
    ['slice', null, { 'math/plain': 130, code: 70 }],
    ['shard', null, { 'math/plain ': 130, 'code c1': 50, 'code c2': 20 }],
    ['shard', 9, { 'code c1': 36, 'code c2': 18, 'math/plain ': 36 }],
    ['shard', 0, {}],
  ])('adds up by %s up to step %s', async (by, step, tokens) => {
    const { exposure: answer } = await ask<{
      exposure: { rows: { slice: string; shard: string | null; tokens: number }[] };
    }>(question, { by, step });
    const named = answer.rows.map((row) => [
      by === 'shard' ? `${row.slice} ${row.shard ?? ''}` : row.slice,
      row.tokens,
    ]);
    expect(Object.fromEntries(named)).toEqual(tokens);
  });

  it('counts the first attempt alone as of a position before the second', async () => {
    const { exposure: answer } = await ask<{ exposure: object }>(question, { asOf: '5' });
    expect(answer).toMatchObject({
      total: 200,
      rows: [
        { slice: 'code', tokens: 110 },
        { slice: 'math', tokens: 90 },
      ],
      evidence: ['4', '5'],
    });
  });
});

describe('a curve', () => {
  it('omits values that are not finite, and returns null for buckets without others', async () => {
    expect(
      await ask(
        'query ($run: ID!, $asOf: Position) { curve(run: $run, asOf: $asOf) { bucketSteps points { step values low mean high } } }',
      ),
    ).toEqual({
      curve: {
        bucketSteps: 64,
        points: [
          { step: 0, values: 63, low: 0, mean: (2016 - 3) / 63, high: 63 },
          { step: 64, values: 0, low: null, mean: null, high: null },
        ],
      },
    });
  });
});

describe('scores', () => {
  const question = `query ($run: ID, $experiment: ID, $capability: String, $asOf: Position) {
    scores(run: $run, experiment: $experiment, capability: $capability, asOf: $asOf) { nodes { step benchmark value harness evidence } totalCount }
  }`;

  it('count until they are invalidated', async () => {
    const standing = [
      { step: 20, benchmark: 'held-out', value: 3.25, harness: 'lab 2', evidence: '11' },
      { step: 20, benchmark: 'other', value: 3, harness: 'lab 2', evidence: '12' },
    ];
    expect(await ask(question)).toEqual({ scores: { nodes: standing, totalCount: 2 } });
    expect(await ask(question, { run: null, experiment: 'exp' })).toEqual({
      scores: { nodes: standing, totalCount: 2 },
    });
    const withdrawn = { step: 10, benchmark: 'held-out', value: 3.5, harness: 'lab 2', evidence: '10' };
    expect(await ask(question, { asOf: '12' })).toEqual({
      scores: { nodes: [withdrawn, ...standing], totalCount: 3 },
    });
  });

  it('are empty for a capability without scores', async () => {
    expect(await ask(question, { capability: 'chess' })).toEqual({
      scores: { nodes: [], totalCount: 0 },
    });
  });
});

describe('a mixture', () => {
  const question = `query ($id: ID!, $asOf: Position) {
    mixture(id: $id, asOf: $asOf) { unit displacement rationale decidedBy approvedBy supersededBy weights { phase fromStep slice weight share } warnings { code } evidence }
  }`;
  const approve =
    'mutation ($id: ID!, $by: String!) { approveMixture(id: $id, approvedBy: $by) { ... on MixtureRecorded { position } ... on MixtureRefused { refusal } } }';
  const supersede = `mutation ($id: ID!, $other: ID!) {
    supersedeMixture(id: $id, supersededBy: $other, reason: "Better.", actor: "eve") { ... on MixtureRecorded { position } ... on MixtureRefused { refusal } }
  }`;

  it('is returned with its weights as decided and as shares of their phase', async () => {
    expect(await ask(question, { id: 'mix-1' })).toEqual({
      mixture: {
        unit: 'unnormalised',
        displacement: 'proportional',
        rationale: 'First guess.',
        decidedBy: 'ada',
        approvedBy: null,
        supersededBy: null,
        weights: [
          { phase: 'warm', fromStep: 0, slice: 'code', weight: 1, share: 0.25 },
          { phase: 'warm', fromStep: 0, slice: 'math/plain', weight: 3, share: 0.75 },
          { phase: 'main', fromStep: 100, slice: 'code', weight: 2, share: 1 },
        ],
        warnings: [],
        evidence: ['1'],
      },
    });
  });

  it('is approved by another person than the one who decided it, and superseded once', async () => {
    expect(await ask(approve, { id: 'mix-1', by: 'ada' })).toEqual({
      approveMixture: { refusal: 'approver_is_decider' },
    });
    expect(await ask(approve, { id: 'nothing', by: 'bob' })).toEqual({
      approveMixture: { refusal: 'unknown_mixture' },
    });
    const { approveMixture } = await ask<{ approveMixture: { position: string } }>(approve, {
      id: 'mix-1',
      by: 'bob',
    });
    expect(approveMixture).toEqual({ position: expect.stringMatching(/^\d+$/) });
    expect(await ask(approve, { id: 'mix-1', by: 'bob' })).toEqual({
      approveMixture: { refusal: 'already_approved' },
    });
    expect(await ask(supersede, { id: 'mix-1', other: 'mix-1' })).toEqual({
      supersedeMixture: { refusal: 'superseded_by_itself' },
    });
    const { supersedeMixture } = await ask<{ supersedeMixture: { position: string } }>(supersede, {
      id: 'mix-1',
      other: 'mix-2',
    });
    expect(await ask(supersede, { id: 'mix-1', other: 'mix-2' })).toEqual({
      supersedeMixture: { refusal: 'already_superseded' },
    });
    expect(await ask(question, { id: 'mix-1', asOf: supersedeMixture.position })).toMatchObject({
      mixture: {
        approvedBy: 'bob',
        supersededBy: 'mix-2',
        evidence: ['1', approveMixture.position, supersedeMixture.position],
      },
    });
    expect(await ask(question, { id: 'mix-1' })).toMatchObject({
      mixture: { approvedBy: null, supersededBy: null },
    });
  });

  it('is approved once when two requests arrive at the same time', async () => {
    const answers = await Promise.all(
      ['bob', 'eve', 'joe'].map((by) => ask<{ approveMixture: object }>(approve, { id: 'mix-2', by })),
    );
    expect(answers.filter(({ approveMixture }) => 'position' in approveMixture)).toHaveLength(1);
  });
});

describe('a question that cannot be answered', () => {
  it.each(['999999', 'x', '-1', '1e3', '01', '1.5', '9007199254740993', '2026-02-30'])(
    'refuses %s as a position with a code',
    async (position) => {
      const reply: { errors: object[] } = JSON.parse(
        await server.askText('query ($p: Position) { runs(asOf: $p) { totalCount } }', { p: position }),
      );
      expect(reply.errors).toMatchObject([{ extensions: { code: 'unknown_position' } }]);
    },
  );

  it.each([
    ['an unknown field', '{ runs { nodes { colour } } }'],
    ['what is no GraphQL', '{ runs'],
    ['a document of 6,000 tokens', `{ ${'status { lag } '.repeat(1_500)} }`],
    ['an argument of another type', '{ runs(first: "many") { totalCount } }'],
  ])('answers %s with an error and no stack', async (_what, query) => {
    const text = await server.askText(query);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ message: expect.stringMatching(/./) }] });
    expect(text).not.toContain('stacktrace');
  });
});

it('takes a time for the position of the last event that was recorded by then, and a day with its end', async () => {
  const question = 'query ($p: Position) { auditActions(asOf: $p) { asOf { position } } }';
  const recorded = 'query ($p: Position!) { event(position: $p) { recordTime } }';
  for (let position = 1; position <= 4; position += 1) {
    const p = String(position);
    const { event } = await ask<{ event: { recordTime: string } }>(recorded, { p });
    const expected = await server.askText(question, { p });
    expect(await server.askText(question, { p: event.recordTime })).toBe(expected);
    expect(await server.askText(question, { p: event.recordTime.replace('Z', '+00:00') })).toBe(expected);
  }
  const head = server.runtime.log.head();
  for (const [day, position] of [
    ['2020-01-01', '0'],
    ['2126-01-01', head],
  ])
    expect(await ask(question, { p: day })).toMatchObject({ auditActions: { asOf: { position } } });
});
