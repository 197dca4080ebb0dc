import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askSummary, statementsOf } from './content-summary/asked-summary.fixture.ts';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from './graphql-server.fixture.ts';

const READ = { importedsha256: 'a'.repeat(64), importedpointer: '' };
const about = (runId: string) => ({
  runId,
  model: { name: 'lm' },
  config: { lr: 3e-4 },
  seeds: { init: 7 },
});

const mixture = (mixtureId: string) =>
  fact('mixture.plan.decided', {
    mixtureId,
    unit: 'token_share',
    rationale: 'so',
    decidedBy: 'eva',
    phases: [{ name: 'all', fromStep: 0, weights: [{ slice: 'web', weight: 1 }] }],
  });
const planned = (runId: string, more: object = {}): SentEvent => ({
  ...fact('training.run.planned', { ...about(runId), mixtureId: 'mix', ...more }),
  ...READ,
});
const started = (runId: string, more: object = {}) =>
  fact('training.run.started', { ...about(runId), attempt: 1, ...more });
const read = (event: SentEvent): SentEvent => ({ ...event, ...READ });
const ended = (runId: string) => fact('training.run.ended', { runId, attempt: 1, status: 'completed' });
let server: GraphqlServer;
/** The position of an import. */
let began: string;
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(mixture('mix'));
  const start = { importId: 'one', paths: ['a'], program: 'test' };
  await server.record(fact('lineage.import.started', start, 'one'));
  began = await server.caughtUp();
});
afterAll(() => server.remove());

type Run = { status: string; started: boolean; attempt: number | null; mixture: string | null };

async function runAt(id: string, asOf?: string): Promise<Run | null> {
  const at = asOf === undefined ? '' : `, asOf: "${asOf}"`;
  const { body } = await server.reply<{ run: Run | null }>(
    `{ run(id: "${id}"${at}) { status started attempt mixture } }`,
  );
  return body.data?.run ?? null;
}

/** Records events one by one, with the status after each, and as of each once all are recorded. */
async function statuses(id: string, ...events: readonly SentEvent[]): Promise<(string | undefined)[]> {
  const [then, positions]: [(string | undefined)[], string[]] = [[], []];
  for (const event of events) {
    await server.record(event);
    positions.push(await server.caughtUp());
    then.push((await runAt(id))?.status);
  }
  const asOf: (string | undefined)[] = [];
  for (const position of positions) asOf.push((await runAt(id, position))?.status);
  expect(asOf).toEqual(then);
  return then;
}

/* What the first four steps of a run consumed. */
const consumed = (runId: string) =>
  fact('training.exposure.recorded', {
    runId,
    attempt: 1,
    firstStep: 1,
    lastStep: 4,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'web', amount: 8 }],
  });

describe('the status of a run, now and as of an earlier position', () => {
  it('is planned until it starts, in the order of its facts', async () => {
    expect(await statuses('a', planned('a'), started('a'), ended('a'))).toEqual([
      'planned',
      'running',
      'completed',
    ]);
  });

  it('is not changed by a plan that comes after a start, nor by a start that comes after an end', async () => {
    expect(await statuses('b', ended('b'), started('b'), planned('b'))).toEqual([
      'completed',
      'completed',
      'completed',
    ]);
    expect(await statuses('c', started('c'), planned('c'))).toEqual(['running', 'running']);
  });

  it('is unknown where its start was read from a file, until a client reports it', async () => {
    expect(await statuses('d', read(started('d')), started('d'), read(started('d')))).toEqual([
      'unknown',
      'running',
      'running',
    ]);
  });

  it('is that before an import which was withdrawn, as of then too', async () => {
    const facts = [planned('e'), read(started('e')), read(ended('e'))];
    expect(await statuses('e', ...facts)).toEqual(['planned', 'unknown', 'completed']);
    const last = Number(await server.caughtUp());
    const take = (position: number) => {
      const at = String(position);
      const stored = [{ first: at, last: at }];
      return fact('lineage.import.withdrawn', {
        importId: 'one',
        began,
        stored,
        reason: 'wrong',
        actor: 'kim',
      });
    };
    expect(await statuses('e', take(last), take(last - 1), take(last - 2))).toEqual([
      'unknown',
      'planned',
      undefined,
    ]);
    expect((await runAt('e', String(last)))?.status).toBe('completed');
  });

  it('does not change with an event that is sent again, or with a plan that is read again', async () => {
    const plan = planned('f');
    expect(await statuses('f', plan, plan, { ...planned('f'), importedsha256: 'b'.repeat(64) })).toEqual([
      'planned',
      'planned',
      'planned',
    ]);
  });

  it('follows a plan that is corrected', async () => {
    await server.record(mixture('other'));
    const plan = planned('g');
    const corrected = {
      ...planned('g', { mixtureId: 'other' }),
      corrects: plan.id,
      correctionreason: 'wrong file',
      actor: 'eva',
    };
    expect(await statuses('g', plan, corrected)).toEqual(['planned', 'planned']);
    expect(await runAt('g')).toMatchObject({ mixture: 'other' });
  });
});

describe('a planned run', () => {
  it('is listed, found and shown with its configuration, and with nothing that happened', async () => {
    await server.record(planned('p', { tokenBudget: 10, tokenizer: 't' }));
    await server.caughtUp();
    const answer = await server.ask(`{
      run(id: "p") { started attempt mixture model status complete reason config { nodes { path value attempt type } } }
      runs(prefix: "p") { nodes { id status } }
      entities(kind: run, status: planned, contains: "p") { nodes { id } }
      runReport(run: "p") { attempts { attempt } history { attempt } complete reason }
      exposure(run: "p") { total rows { slice } complete reason }
      trackedRun(id: "p") { status startedAt changedAt complete reason }
      lineage(node: "run:p") { edges { source target kind } }
    }`);
    const missing = 'the start of run p was never recorded';
    const said = (value: unknown, ...path: string[]) => ({
      path,
      value,
      attempt: null,
      type: 'training.run.planned',
    });
    expect(answer).toEqual({
      run: {
        started: false,
        attempt: null,
        mixture: 'mix',
        model: 'lm',
        status: 'planned',
        complete: false,
        reason: missing,
        config: {
          nodes: [
            said(3e-4, 'config', 'lr'),
            said('lm', 'model', 'name'),
            said(7, 'seeds', 'init'),
            said(10, 'tokenBudget'),
            said('t', 'tokenizer'),
          ],
        },
      },
      runs: { nodes: [{ id: 'p', status: 'planned' }] },
      entities: { nodes: [{ id: 'run:p' }] },
      runReport: { attempts: [], history: [], complete: false, reason: missing },
      exposure: { total: 0, rows: [], complete: false, reason: `${missing}; no exposure recorded` },
      trackedRun: { status: 'planned', startedAt: null, changedAt: null, complete: false, reason: missing },
      lineage: {
        edges: expect.arrayContaining([{ source: 'mixture:mix', target: 'run:p', kind: 'planned_for' }]),
      },
    });
  });

  it('says what its attempts were planned to consume, unless their start does', async () => {
    await server.record(planned('q'), started('q'), consumed('q'));
    await server.record(
      planned('s', { mixtureId: 'never decided' }),
      started('s', { mixtureId: 'mix' }),
      consumed('s'),
    );
    await server.caughtUp();
    const drift = (run: string) =>
      server.ask(`{ mixtureDrift(run: "${run}") { phases { mixture } outOfTolerance notCompared reason } }`);
    const expected = {
      mixtureDrift: { phases: [{ mixture: 'mix' }], outOfTolerance: 0, notCompared: 0, reason: null },
    };
    expect([await drift('q'), await drift('s')]).toEqual([expected, expected]);
  });

  it('does not say what a model was made from: its name, its budget and its origin are those of a start', async () => {
    const more = { tokenBudget: 70, parentCheckpointId: 'planned@1', model: { name: 'planned' } };
    await server.record(planned('u', more), consumed('u'), planned('v', more), started('v'), consumed('v'));
    await server.caughtUp();
    const said = async (run: string) => {
      const summary = await askSummary(server, `run: "${run}"`);
      const texts = ['modelName', 'modelDependencies'].map((field) =>
        statementsOf(summary, field).map(({ text }) => text),
      );
      return [...texts, statementsOf(summary, 'size').map(({ tokens }) => tokens)];
    };
    expect(await said('u')).toEqual([[], [], [8]]);
    expect(await said('v')).toEqual([['lm'], [], [8]]);
  });
});
