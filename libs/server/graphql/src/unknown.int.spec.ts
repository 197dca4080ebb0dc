import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getNamedType, isNonNullType, isObjectType } from 'graphql';
import type { GraphQLArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer } from './graphql-server.fixture.ts';
import { readSchema } from './schema.fixture.ts';

let server: GraphqlServer;
/** The position before anything is recorded of `my-run`. */
let before: string;

const started = (runId: string) =>
  fact('training.run.started', { runId, attempt: 1, model: { name: 'lm' }, config: {}, seeds: {} });

/** The event that the README sends by hand. */
function readmeEvent(): string {
  const readme = readFileSync(join(import.meta.dirname, '../../../../README.md'), 'utf8');
  const [, event] = /-d '(\{\s+"specversion".*?\})'\n/s.exec(readme) ?? [];
  return JSON.stringify(JSON.parse(event ?? ''));
}

beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(
    started('idle'),
    fact('corpus.snapshot.registered', { snapshotId: 'bare' }),
    fact('training.checkpoint.saved', { runId: 'idle', attempt: 1, checkpointId: 'ck', step: 3 }),
    fact('evaluation.score.recorded', {
      runId: 'scored',
      capability: 'code',
      benchmark: 'b',
      metric: 'm',
      harness: { name: 'lab', version: '2' },
      value: 1,
      unit: 'bits',
      higherIsBetter: false,
      method: 'measured',
    }),
    fact('training.metrics.recorded', {
      runId: 'measured',
      keys: ['acc'],
      steps: [1],
      times: [null],
      values: [0.5],
    }),
  );
  before = await server.caughtUp();
  await server.record(JSON.parse(readmeEvent()));
  await server.caughtUp();
});
afterAll(() => server.remove());

const fields = Object.values(readSchema().getQueryType()?.getFields() ?? {});
const isId = ({ type }: GraphQLArgument): boolean => getNamedType(type).name === 'ID';

/** Fields that answer from the tables about something that a question names by its id. */
const aboutOne = fields.filter(
  ({ args, type }) =>
    args.some((arg) => isId(arg) && isNonNullType(arg.type)) &&
    args.some(({ name }) => name === 'asOf') &&
    isObjectType(getNamedType(type)),
);

const questions = [
  ...aboutOne.map(({ name, args }) => {
    const required = args.filter((arg) => isNonNullType(arg.type)).map((arg) => `${arg.name}: "nobody"`);
    return `${name}(${required.join(', ')})`;
  }),
  'runs(experiment: "nobody")',
  'scores(experiment: "nobody")',
  'scores(run: "nobody")',
];

describe('what no event mentions', () => {
  it('is asked for in every field that takes an id', () => {
    const names = aboutOne.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'run',
        'exposure',
        'curve',
        'runReport',
        'mixture',
        'lineage',
        'metricHistory',
      ]),
    );
    expect(aboutOne.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
  });

  it.each(questions)('answers %s with null and the reason', async (question) => {
    const { body } = await server.reply(`{ answer: ${question} { complete } }`);
    expect(body).toMatchObject({
      data: { answer: null },
      errors: [
        {
          message: expect.stringMatching(/^no event up to position \d+ mentions an? .* nobody$/),
          extensions: { code: expect.stringMatching(/^unknown_[a-z]+$/) },
        },
      ],
    });
  });
});

const stub = { complete: false, reason: 'the start of run my-run was never recorded' };

describe('a run that is known by its exposure alone', () => {
  it('is listed and found as a stub', async () => {
    const node = 'id started status model attempt lastStep complete reason evidence';
    const { runs, run } = await server.ask<Record<string, object>>(
      `{ runs(prefix: "my-") { nodes { ${node} } totalCount evidence } run(id: "my-run") { ${node} } }`,
    );
    const expected = {
      id: 'my-run',
      started: false,
      status: 'unknown',
      model: null,
      attempt: 1,
      lastStep: null,
      ...stub,
      evidence: ['6'],
    };
    expect(run).toEqual(expected);
    expect(runs).toEqual({ nodes: [expected], totalCount: 1, evidence: ['6'] });
  });

  it('has its exposure, its report and its place in the lineage', async () => {
    const answer = await server.ask(`{
      exposure(run: "my-run") { total step rows { slice tokens } complete reason }
      runReport(run: "my-run") { attempts { attempt started status steps } history { run attempt } complete reason }
      lineage(node: "run:my-run") { nodes { id kind stub stubReason } edges { source } evidence }
      lineageNode(id: "run:my-run") { name stub stubReason evidence }
      trackedRun(id: "my-run") { name status startedAt changedAt complete reason }
      lineagePath(from: "run:my-run", to: "run:idle") { edges { kind } }
    }`);
    expect(answer).toEqual({
      exposure: {
        total: 1_000_000,
        step: 100,
        ...stub,
        rows: [
          { slice: 'web', tokens: 600_000 },
          { slice: 'code', tokens: 400_000 },
        ],
      },
      runReport: {
        attempts: [{ attempt: 1, started: false, status: 'unknown', steps: 0 }],
        history: [{ run: 'my-run', attempt: 1 }],
        ...stub,
      },
      lineage: {
        nodes: [{ id: 'run:my-run', kind: 'run', stub: true, stubReason: stub.reason }],
        edges: [],
        evidence: ['6'],
      },
      lineageNode: { name: 'my-run', stub: true, stubReason: stub.reason, evidence: ['6'] },
      trackedRun: { name: 'my-run', status: 'unknown', startedAt: null, changedAt: null, ...stub },
      lineagePath: { edges: [] },
    });
  });

  it.each([
    'run(id: "my-run"',
    'exposure(run: "my-run"',
    'curve(run: "my-run"',
    'runReport(run: "my-run"',
    'trackedRun(id: "my-run"',
    'metricHistory(run: "my-run", key: "loss"',
    'scores(run: "my-run"',
    'lineage(node: "run:my-run"',
  ])('is unknown before its first event: %s)', async (question) => {
    const { body } = await server.reply(`{ answer: ${question}, asOf: "${before}") { complete } }`);
    expect(body).toMatchObject({
      data: { answer: null },
      errors: [{ extensions: { code: expect.stringMatching(/^unknown_(run|node)$/) } }],
    });
  });

  it('is not listed before its first event', async () => {
    expect(
      await server.ask(`{ runs(prefix: "my-", asOf: "${before}") { nodes { id } totalCount } }`),
    ).toEqual({
      runs: { nodes: [], totalCount: 0 },
    });
  });
});

describe('what is known and has nothing recorded', () => {
  it.each([
    ['exposure(run: "idle")', 'no exposure recorded'],
    ['exposure(run: "idle", step: 7)', 'no exposure recorded up to step 7'],
    ['curve(run: "idle")', 'no steps recorded'],
    ['metricHistory(run: "idle", key: "acc")', 'no point of metric acc recorded'],
    ['scores(run: "idle")', 'no such scores recorded'],
    ['snapshotContents(snapshot: "bare")', 'no sources and no members recorded'],
    ['routingLoads(checkpoint: "ck")', 'no routing loads recorded'],
    ['influences(checkpoint: "ck")', 'no influence scores recorded'],
  ])('is not complete: %s', async (question, reason) => {
    expect(await server.ask(`{ answer: ${question} { complete reason } }`)).toEqual({
      answer: { complete: false, reason },
    });
  });

  it.each(['scored', 'measured'])('finds the run %s by the other facts of it', async (run) => {
    const reason = `the start of run ${run} was never recorded`;
    expect(await server.ask(`{ run(id: "${run}") { id started status reason } }`)).toEqual({
      run: { id: run, started: false, status: 'unknown', reason },
    });
    expect(await server.ask(`{ exposure(run: "${run}") { rows { slice } complete reason } }`)).toEqual({
      exposure: { rows: [], complete: false, reason: `${reason}; no exposure recorded` },
    });
  });
});
