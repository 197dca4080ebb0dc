import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getNamedType, isNonNullType, isObjectType, isUnionType } from 'graphql';
import type { GraphQLArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from './graphql-server.fixture.ts';
import { readSchema } from './schema.fixture.ts';

let server: GraphqlServer;
/** The position before anything is recorded of `my-run`. */
let before: string;

const run = (runId: string) => ({ runId, attempt: 1, model: { name: 'lm' }, config: {}, seeds: {} });
const started = (runId: string) => fact('training.run.started', run(runId));

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

/** Arguments that name something: ids, and names that are no filter of a list. */
const isNaming = ({ name, type }: GraphQLArgument): boolean =>
  getNamedType(type).name === 'ID' || ['attribute', 'key', 'position'].includes(name);

/** Arguments without which a question is refused for another reason. */
const NEEDED: Readonly<Record<string, string>> = {
  mixtures: '[]',
  capability: '"code"',
  slice: '"code"',
  displacement: '"proportional"',
};

/** What is known, for the arguments beside the unknown one. */
const KNOWN: Readonly<Record<string, string>> = {
  attribute: '"quality"',
  run: '"idle"',
  from: '"run:idle"',
  to: '"run:idle"',
};

/** Every query with each of its ids unknown: another text, and none at all. */
const questions = fields.flatMap(({ name, args }) =>
  args.filter(isNaming).flatMap((unknown) =>
    ['nobody', ''].map((id): readonly [string, string] => {
      const given = args.flatMap((arg) => {
        if (arg === unknown) return [`${arg.name}: "${id}"`];
        const needed = NEEDED[arg.name] ?? (isNonNullType(arg.type) ? KNOWN[arg.name] : undefined);
        return (needed ?? isNonNullType(arg.type)) ? [`${arg.name}: ${needed ?? '"nobody"'}`] : [];
      });
      return [`${name}(${given.join(', ')})`, name];
    }),
  ),
);

/** A family of tests begins with the first one, so a new name is no mistake. */
const NEW_NAMES = ['attribution(displacement: "proportional", family: "nobody")'];

/** What an answer says of itself, whatever its type. */
function selectionOf(name: string): string {
  const type = getNamedType(fields.find((field) => field.name === name)?.type);
  if (isUnionType(type))
    return `__typename ${type
      .getTypes()
      .filter(({ name: one }) => one.endsWith('Refused'))
      .map((one) => `... on ${one.name} { refusal text }`)
      .join(' ')}`;
  const has = isObjectType(type) ? Object.keys(type.getFields()) : [];
  return ['complete', 'reason', 'totalCount', 'id'].filter((field) => has.includes(field)).join(' ');
}

type Answered = { readonly complete?: boolean; readonly reason?: string | null; readonly refusal?: string };

/** Why a question has no complete answer: the code of its error or refusal, or the reason. */
async function whyNot(question: string, name: string): Promise<string> {
  const text = `{ answer: ${question} { ${selectionOf(name)} } }`;
  const { errors, data } = (await server.reply<{ answer: Answered | null }>(text)).body;
  if (!data?.answer) return `null: ${String(errors?.[0]?.extensions?.['code'])}`;
  const { complete, reason, refusal } = data.answer;
  return refusal ?? (complete === false && reason ? `incomplete: ${reason}` : JSON.stringify(data.answer));
}

describe('what no event mentions', () => {
  it.each(questions.filter(([question]) => !NEW_NAMES.includes(question)))(
    'has no complete answer: %s',
    async (question, name) => {
      expect(await whyNot(question, name)).toMatch(
        /^(incomplete: .+|unknown_\w+|null: (unknown_\w+|dead_letter_unknown|GRAPHQL_VALIDATION_FAILED))$/,
      );
    },
  );

  it('is nothing with a reason where a run is not in the experiment', async () => {
    await server.record(fact('training.run.started', { ...run('member'), experimentId: 'lab' }));
    await server.caughtUp();
    const question = 'scores(experiment: "lab", run: "idle")';
    expect(await whyNot(question, 'scores')).toBe('incomplete: run idle is not in experiment lab');
    expect(await whyNot('scores(experiment: "lab", run: "nobody")', 'scores')).toBe('null: unknown_run');
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
        nodes: [
          { id: 'run:my-run', kind: 'run', stub: true, stubReason: stub.reason },
          ...['slice:code', 'slice:web'].map((id) => ({
            id,
            kind: 'slice',
            stub: true,
            stubReason: 'not registered here',
          })),
        ],
        edges: [{ source: 'slice:code' }, { source: 'slice:web' }],
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
    'metrics(run: "my-run"',
    'curve(run: "my-run"',
    'runReport(run: "my-run"',
    'trackedRun(id: "my-run"',
    'metricHistory(run: "my-run", key: "loss"',
    'scores(run: "my-run"',
    'scoreComparison(run: "idle", otherRun: "my-run"',
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
    ['contamination(benchmark: "b", run: "idle")', 'no exposure recorded'],
    ['curve(run: "idle")', 'no recorded value of metric loss counts'],
    ['curve(run: "idle", origin: points)', 'no recorded value of metric loss counts in points'],
    ['metricHistory(run: "idle", key: "acc")', 'no recorded value of metric acc counts'],
    ['metrics(run: "idle")', 'no metrics recorded'],
    ['metrics(run: "idle", attempt: 2)', 'no metrics of attempt 2 recorded'],
    ['metrics(run: "idle", attempt: -1)', 'no metrics of attempt -1 recorded'],
    ['scores(run: "idle")', 'no such scores recorded'],
    [
      'scoreComparison(run: "idle", otherRun: "member")',
      'no such scores recorded of run idle; no such scores recorded of run member',
    ],
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

describe('corrections', () => {
  const QUESTION =
    'query ($run: ID!) { exposure(run: $run) { total complete reason } runs(prefix: "corrected-") { complete reason } }';
  type Answers = Record<'exposure' | 'runs', { total: number; complete: boolean; reason: string | null }>;

  const consumed = (runId: string, id: string, amount: number, corrects?: string) => ({
    ...fact(
      'training.exposure.recorded',
      {
        runId,
        attempt: 1,
        firstStep: 1,
        lastStep: 10,
        unit: 'token',
        method: 'measured',
        amounts: [{ slice: 'web', amount }],
      },
      id,
    ),
    ...(corrects === undefined ? {} : { corrects, correctionreason: 'wrong', actor: 'somebody' }),
  });

  async function exposureAfter(runId: string, ...events: readonly SentEvent[]) {
    await server.record(started(runId), ...events);
    await server.caughtUp();
    return server.ask<Answers>(QUESTION, { run: runId });
  }

  it('of one event count once, the last of them, also where one corrects a correction', async () => {
    const two = await exposureAfter(
      'corrected-twice',
      consumed('corrected-twice', 'w1', 100),
      consumed('corrected-twice', 'w2', 60, 'w1'),
      consumed('corrected-twice', 'w3', 70, 'w1'),
    );
    expect(two.exposure).toEqual({ total: 70, complete: true, reason: null });
    const chain = await exposureAfter('corrected-twice', consumed('corrected-twice', 'w4', 80, 'w2'));
    expect(chain.exposure).toEqual({ total: 80, complete: true, reason: null });
    expect(chain.runs.complete).toBe(true);
  });

  it.each([
    ['p1', 'that is recorded after them', 'which was recorded after it, at \\d+'],
    ['p1 ', 'that is misspelt', 'which is not recorded'],
    ['w1', 'of another stream', 'which is of run/corrected-twice'],
  ])(
    'that name an event (%j) %s leave the answers of their stream incomplete until corrected',
    async (corrects, _what, why) => {
      const run = `corrected-${corrects.trim()}-${corrects.length}`;
      const [early, original] = [`${run}/early`, corrects === 'p1' ? `${run}/p1` : `${run}/other`];
      const target = corrects === 'p1' ? original : corrects;
      const first = await exposureAfter(run, consumed(run, early, 60, target), consumed(run, original, 100));
      const reason = new RegExp(
        `^the correction at \\d+ of run/${run} replaces nothing: it names event "${target}" of urn:test, ${why}$`,
      );
      expect(first.exposure).toMatchObject({
        total: 160,
        complete: false,
        reason: expect.stringMatching(reason),
      });
      expect(first.runs).toMatchObject({ complete: false, reason: expect.stringMatching(reason) });
      const other = await server.ask<Answers>(QUESTION, { run: 'corrected-twice' });
      expect(other.exposure.complete).toBe(corrects !== 'w1');
      const mended = await exposureAfter(
        run,
        consumed(run, `${run}/void`, 0, early),
        consumed(run, `${run}/again`, 60, original),
      );
      expect(mended.exposure).toEqual({ total: 60, complete: true, reason: null });
      expect(mended.runs.complete).toBe(true);
    },
  );
});
