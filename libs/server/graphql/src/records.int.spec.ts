import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import { describeExposureLedger } from './exposure/ledger.suite.ts';
import type { GraphqlServer, SentEvent } from './graphql-server.fixture.ts';

const RUN = '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7';

/** An OpenLineage event as the log holds it. */
const observed = (eventType: string, eventTime: string, more: object = {}): SentEvent =>
  fact('lineage.run.observed', {
    subject: `run:${RUN}`,
    kind: 'run',
    eventTime,
    eventType,
    event: {
      eventType,
      eventTime,
      producer: 'https://example.com/producer',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
      run: { runId: RUN },
      job: { namespace: 'scheduler', name: 'job' },
      inputs: [{ namespace: 's3://lake', name: 'in' }],
      outputs: [{ namespace: 's3://lake', name: 'out' }],
      ...more,
    },
  });

const steps = (attempt: number, numbers: readonly number[], loss: readonly number[]): SentEvent =>
  fact('training.steps.recorded', { runId: 'gaps', attempt, steps: numbers, columns: { loss } });

const started = (attempt: number): SentEvent =>
  fact('training.run.started', { runId: 'gaps', attempt, model: { name: 'm' }, config: {}, seeds: {} });

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(
    started(1),
    steps(1, [0, 1, 2, 5, 6], [8, 4, 2, 1, 1]),
    started(2),
    steps(2, [6, 7, 8], [3, 2, 1]),
    fact('training.run.ended', { runId: 'gaps', attempt: 2, status: 'failed', lastStep: 8 }),
    fact('training.metrics.recorded', {
      runId: 'gaps',
      keys: ['acc', 'acc', 'acc'],
      steps: [1, 1, null],
      times: [1_000_000, 1_000_000, 2_000_000],
      values: [0.5, 0.5, null],
      nonfinite: [{ index: 2, value: 'nan' }],
    }),
    fact('training.input.declared', { runId: 'gaps', name: 'web', digest: '0f', tags: { use: 'train' } }),
    observed('START', '2026-11-24T09:00:00Z', { outputs: [] }),
    observed('COMPLETE', '2026-11-24T10:00:00Z'),
  );
  await server.caughtUp();
  await server.record(
    fact('training.steps.recorded', { runId: 'once', attempt: 1, steps: [7], columns: { loss: [2] } }),
  );
  await server.caughtUp();
});
afterAll(() => server.remove());

describe('the report of a run', () => {
  it('has one step and no interval where one step is recorded, and is known to lists', async () => {
    const { run, entities, runReport } = await server.ask<Record<'run' | 'entities' | 'runReport', object>>(
      `{ run(id: "once") { lastStep status }
         entities(kind: checkpoint, neighbour: "run:once") { nodes { id } }
         runReport(run: "once") { attempts { firstStep lastStep steps interval missing } gaps { from } complete } }`,
    );
    expect(runReport).toMatchObject({
      attempts: [{ firstStep: 7, lastStep: 7, steps: 1, interval: null, missing: 0 }],
      gaps: [],
    });
    expect(run).toMatchObject({ lastStep: 7 });
    expect(entities).toEqual({ nodes: [] });
  });

  it('has no steps of an attempt that a later one began again from step 0', async () => {
    await server.record(
      ...[1, 2].flatMap((attempt) => [
        fact('training.run.started', {
          runId: 'again',
          attempt,
          model: { name: 'm' },
          config: {},
          seeds: {},
        }),
        fact('training.steps.recorded', {
          runId: 'again',
          attempt,
          steps: [0, 10],
          columns: { loss: [4, 3] },
        }),
      ]),
    );
    await server.caughtUp();
    const { runReport } = await server.ask<{ runReport: object }>(
      '{ runReport(run: "again") { attempts { attempt superseded } history { attempt throughStep } } }',
    );
    expect(runReport).toEqual({
      attempts: [
        { attempt: 1, superseded: 2 },
        { attempt: 2, superseded: 0 },
      ],
      history: [{ attempt: 2, throughStep: null }],
    });
  });

  it('names the gaps of its attempts, and the steps that count', async () => {
    const { runReport } = await server.ask<{ runReport: object }>(
      `{ runReport(run: "gaps") {
        attempts { attempt started status firstStep lastStep steps superseded missing evidence }
        gaps { attempt from to steps } corrections { by } history { run attempt throughStep } evidence evidenceTotal
      } }`,
    );
    expect(runReport).toEqual({
      attempts: [
        {
          attempt: 1,
          started: true,
          status: expect.any(String),
          firstStep: 0,
          lastStep: 6,
          steps: 5,
          superseded: 1,
          missing: 2,
          evidence: ['1'],
        },
        {
          attempt: 2,
          started: true,
          status: 'failed',
          firstStep: 6,
          lastStep: 8,
          steps: 3,
          superseded: 0,
          missing: 0,
          evidence: ['3', '5'],
        },
      ],
      gaps: [{ attempt: 1, from: 3, to: 4, steps: 2 }],
      corrections: [],
      history: [
        { run: 'gaps', attempt: 2, throughStep: null },
        { run: 'gaps', attempt: 1, throughStep: 5 },
      ],
      evidence: ['1', '2', '3', '4', '5'],
      evidenceTotal: 5,
    });
  });
});

it('names the facts behind the steps of a curve', async () => {
  const { curve } = await server.ask<{ curve: object }>(
    '{ curve(run: "gaps", buckets: coarse) { metric bucketSteps points { step values low high } evidence evidenceTotal } }',
  );
  expect(curve).toEqual({
    metric: 'loss',
    bucketSteps: 4096,
    points: [{ step: 0, values: 7, low: 1, high: 8 }],
    evidence: ['2', '4'],
    evidenceTotal: 2,
  });
});

it('adds amounts in each unit, and never those of several', async () => {
  const exposed = (unit: string) =>
    fact('training.exposure.recorded', {
      runId: 'mixed',
      attempt: 1,
      firstStep: 1,
      lastStep: 2,
      unit,
      method: 'measured',
      amounts: [{ slice: 'web', amount: 1 }],
    });
  await server.record(exposed('token'), exposed('byte'));
  await server.caughtUp();
  const question =
    '{ exposure(run: "mixed") { unit total totals { unit tokens amount } rows { unit amount share } } }';
  expect(await server.ask(question)).toEqual({
    exposure: {
      unit: 'token',
      total: 1,
      totals: [
        { unit: 'token', tokens: 1, amount: 1 },
        { unit: 'byte', tokens: null, amount: 1 },
      ],
      rows: [
        { unit: 'token', amount: 1, share: 1 },
        { unit: 'byte', amount: 1, share: 1 },
      ],
    },
  });
});

describe('what a tracker recorded of a run', () => {
  it('has its metrics and its inputs', async () => {
    const { trackedRun } = await server.ask<{ trackedRun: object }>(
      `{ trackedRun(id: "gaps") {
        name project status retired params { key } inputs { name digest tags { key value } evidence }
        metrics { key points firstStep lastStep }
      } }`,
    );
    expect(trackedRun).toEqual({
      name: 'gaps',
      project: null,
      status: 'failed',
      retired: false,
      params: [],
      inputs: [{ name: 'web', digest: '0f', tags: [{ key: 'use', value: 'train' }], evidence: ['7'] }],
      metrics: [{ key: 'acc', points: 2, firstStep: 1, lastStep: 1 }],
    });
  });

  it('lists each point once, with values that are not finite', async () => {
    const { metricHistory } = await server.ask<{ metricHistory: object }>(
      '{ metricHistory(run: "gaps", key: "acc") { nodes { step time value nonfinite evidence } totalCount } }',
    );
    expect(metricHistory).toEqual({
      nodes: [
        { step: 1, time: '1970-01-01T00:00:01.000000Z', value: 0.5, nonfinite: null, evidence: '6' },
        { step: null, time: '1970-01-01T00:00:02.000000Z', value: null, nonfinite: 'nan', evidence: '6' },
      ],
      totalCount: 2,
    });
  });
});

describe('lineage', () => {
  it('is walked from an output to its inputs, with the events behind it', async () => {
    const { lineage } = await server.ask<{ lineage: object }>(
      `{ lineage(node: "dataset:s3://lake/out") {
        complete reason nodes { id kind depth stub stubReason evidenceTotal } edges { source target basis evidenceTotal }
        evidence
      } }`,
    );
    expect(lineage).toMatchObject({
      complete: true,
      reason: null,
      nodes: expect.arrayContaining([
        {
          id: 'dataset:s3://lake/out',
          kind: 'dataset',
          depth: 0,
          stub: false,
          stubReason: null,
          evidenceTotal: 1,
        },
        {
          id: 'dataset:s3://lake/in',
          kind: 'dataset',
          depth: 2,
          stub: false,
          stubReason: null,
          evidenceTotal: 2,
        },
      ]),
      evidence: ['8', '9'],
    });
  });

  it('is not complete where its limits end it, and says why', async () => {
    const { lineage } = await server.ask<{ lineage: object }>(
      '{ lineage(node: "dataset:s3://lake/out", maxNodes: 1) { complete reason nodes { id } } }',
    );
    expect(lineage).toMatchObject({
      complete: false,
      reason: expect.stringContaining('more than 1 nodes'),
      nodes: [{ id: 'dataset:s3://lake/out' }],
    });
  });

  it('is counted', async () => {
    const { lineageSummary } = await server.ask<{ lineageSummary: object }>(
      '{ lineageSummary(kinds: [dataset]) { nodes stubs maxFanOut evidence evidenceTotal } }',
    );
    expect(lineageSummary).toEqual({ nodes: 2, stubs: 0, maxFanOut: 0, evidence: [], evidenceTotal: 2 });
  });

  it('folds the events of a run as of a position', async () => {
    const folded = async (asOf: string | null) =>
      (
        await server.reply<{ openLineageRun: object | null }>(
          `query ($id: ID!, $asOf: Position) { openLineageRun(id: $id, asOf: $asOf) {
            id state startedAt endedAt events job { namespace name } inputCount outputCount outputs { id } evidence
          } }`,
          { id: RUN.toUpperCase(), asOf },
        )
      ).body.data?.openLineageRun;
    expect(await folded(null)).toMatchObject({
      id: RUN,
      state: 'COMPLETE',
      startedAt: '2026-11-24T09:00:00.000000Z',
      events: 2,
      job: { namespace: 'scheduler', name: 'job' },
      outputs: [{ id: 'dataset:s3://lake/out' }],
      evidence: ['8', '9'],
    });
    expect(await folded('8')).toMatchObject({
      state: 'RUNNING',
      endedAt: null,
      outputCount: 0,
      evidence: ['8'],
    });
    expect(await folded('7')).toBeNull();
  });
});

describe('an event', () => {
  it('is the same by its position and by its id, with the stored bytes', async () => {
    const { event } = await server.ask<{ event: { id: string; json: string } }>(
      '{ event(position: "1") { id source type stream streamSequence hash json } }',
    );
    expect(event).toMatchObject({ source: 'urn:test', type: 'training.run.started', streamSequence: 1 });
    expect(JSON.parse(event.json)).toMatchObject({ id: event.id });
    const { eventById } = await server.ask<{ eventById: object }>(
      `{ eventById(source: "urn:test", id: "${event.id}") { id source type stream streamSequence hash json } }`,
    );
    expect(eventById).toEqual(event);
  });
});

it('gives the positions of the log and of the tables, and the counts by type', async () => {
  const { status } = await server.ask<{ status: object }>(
    '{ status { version lag complete fault unprojected readinessConditions { code } log { position } projected { position } counts { type count } } }',
  );
  expect(status).toMatchObject({
    lag: 0,
    complete: true,
    fault: null,
    unprojected: 0,
    readinessConditions: [],
    log: { position: server.runtime.log.head() },
    projected: { position: server.runtime.log.head() },
    counts: expect.arrayContaining([{ type: 'lineage.run.observed', count: 2 }]),
  });
});

describeExposureLedger(() => server);
