import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedReadBack, startStockClients } from './stock-clients.fixture.ts';
import type { ReadByMlflow, StockClients } from './stock-clients.fixture.ts';
import { venvOf } from './venv.ts';

const venv = venvOf(join(import.meta.dirname, 'requirements.txt'));
const needs = venv.ok ? '' : ` (needs Python and its package registry: ${venv.reason})`;

describe.skipIf(!venv.ok)(`unmodified clients${needs}`, () => {
  let clients: StockClients;
  beforeAll(async () => {
    clients = await startStockClients(venv.ok ? venv.python : '');
  });
  afterAll(() => clients.stop());

  it('lets mlflow read back what it wrote, and GraphQL read the same', async () => {
    const seen = await clients.runScript<ReadByMlflow>('mlflow_client.py');
    expect(seen).toMatchObject(expectedReadBack(seen));
    const asOf = await clients.server.caughtUp();
    const answer = await clients.server.ask(
      `query ($run: ID!, $asOf: Position) {
        trackedRun(id: $run, asOf: $asOf) {
          name project status complete
          params { key value }
          inputs { name digest context profile }
          metrics { key points firstStep lastStep }
        }
        metricHistory(run: $run, key: "loss", asOf: $asOf) { nodes { step value nonfinite } }
        projects(asOf: $asOf) { nodes { name retired } }
      }`,
      { run: seen.parent, asOf },
    );
    expect(answer).toMatchObject({
      trackedRun: {
        name: 'parent',
        project: seen.experiment,
        status: 'completed',
        complete: true,
        params: [
          { key: 'layers', value: '12' },
          { key: 'lr', value: '0.0003' },
        ],
        inputs: [{ name: 'web', digest: 'd1a2b3', context: 'training', profile: '{"rows": 7}' }],
        metrics: [
          { key: 'acc', points: 1 },
          { key: 'eval/acc', points: 1 },
          { key: 'loss', points: 3, firstStep: 1, lastStep: 3 },
          { key: 'low', points: 1 },
        ],
      },
      metricHistory: {
        nodes: [
          { step: 1, value: 2.5, nonfinite: null },
          { step: 2, value: null, nonfinite: 'nan' },
          { step: 3, value: null, nonfinite: 'positive_infinity' },
        ],
      },
      projects: { nodes: [{ name: 'renamed', retired: false }, { name: 'stock' }] },
    });
  });

  it('stores the spans of the OpenTelemetry exporter as steps, and an export that is sent twice once', async () => {
    expect(await clients.runScript('otlp_client.py')).toEqual({ spans: true, gauges: true });
    const asOf = await clients.server.caughtUp();
    const answer = await clients.server.ask(
      `query ($asOf: Position) {
        run(id: "otlp-run", asOf: $asOf) { status lastStep lastLoss }
        curve(run: "otlp-run", asOf: $asOf) { points { step values low high } }
        trackedRun(id: "otlp-run", asOf: $asOf) { params { key value } metrics { key points firstStep } }
      }`,
      { asOf },
    );
    expect(answer).toMatchObject({
      run: { status: 'completed', lastStep: 5, lastLoss: 2.5 },
      curve: { points: [{ step: 0, values: 4 }] },
      trackedRun: {
        params: [
          { key: 'megatron.model_type', value: 'GPT' },
          { key: 'megatron.train_iters', value: '5' },
        ],
        metrics: [
          { key: 'megatron.training.loss', points: 1, firstStep: null },
          { key: 'megatron.training.skipped_iters', points: 1 },
          { key: 'megatron.training.step_duration_ms.count' },
          { key: 'megatron.training.step_duration_ms.max' },
          { key: 'megatron.training.step_duration_ms.min' },
          { key: 'megatron.training.step_duration_ms.sum' },
          { key: 'megatron.training.tokens_per_sec' },
        ],
      },
    });
  });

  it('stores an event of the CloudEvents SDK once, structured and binary', async () => {
    expect(await clients.runScript('cloudevents_client.py')).toEqual({
      structured: [201, 200],
      binary: [201, 200],
    });
    const asOf = await clients.server.caughtUp();
    const { structured, binary } = await clients.server.ask<Record<string, unknown>>(
      `query ($asOf: Position) {
        structured: trackedRun(id: "ce-structured", asOf: $asOf) { status evidence }
        binary: trackedRun(id: "ce-binary", asOf: $asOf) { status evidence }
      }`,
      { asOf },
    );
    for (const run of [structured, binary])
      expect(run).toEqual({ status: 'completed', evidence: [expect.any(String)] });
  });

  it('stores the run of an OpenLineage client with its inputs and outputs, over both transports', async () => {
    const runs = await clients.runScript<Record<'sync' | 'async', string>>('openlineage_client.py');
    expect(Object.keys(runs)).toEqual(['sync', 'async']);
    const asOf = await clients.server.caughtUp();
    for (const kind of ['sync', 'async']) {
      const { lineage } = await clients.server.ask<{ lineage: { nodes: { id: string }[] } }>(
        `query ($node: ID!, $asOf: Position) { lineage(node: $node, depth: 4, asOf: $asOf) { nodes { id } } }`,
        { node: `dataset:s3://bucket/${kind}/clean`, asOf },
      );
      expect(lineage.nodes.map(({ id }) => id)).toContain(`dataset:s3://bucket/${kind}/raw`);
    }
  });
});
