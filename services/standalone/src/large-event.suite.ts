import { recordFigures } from '@tributary/fixtures';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { memoryLimit } from './memory-limit.fixture.ts';
import type { MemoryLimit } from './memory-limit.fixture.ts';
import {
  removeDirectory,
  serverOf,
  serverProcess,
  temporaryDirectory,
  withOutput,
} from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const RUN = '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7';

/**
 * Declares the test: one OpenLineage event with many inputs is accepted, projected and traversed by a process that may have
 * `megabytes` of memory, the engine included. The kernel holds it to that where this user may set a limit; elsewhere its resident
 * memory is compared, which has the pages of program files too.
 */
export function takesLargeEvent(inputs: number, megabytes: number): void {
  it(`accepts an event of ${inputs} inputs within ${megabytes} MiB of memory`, async () => {
    const directory = temporaryDirectory();
    const limit = memoryLimit(megabytes);
    const server = await serverWithin(limit, directory);
    const before = residentPeakOf(server);
    const body = textOf(inputs);
    const response = await fetch(`${server.url}/api/v1/lineage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(201);
    const asOf = await server.caughtUp();
    const up = await server.ask<Answer>(UP, { asOf });
    const down = await server.ask<Answer>(DOWN, { asOf });
    const resident = residentPeakOf(server);
    const peak = limit?.peak() ?? resident;
    limit?.lift();
    recordFigures('a large event', {
      inputs,
      bytes: body.length,
      'held to its limit by the kernel': limit ? 'yes' : 'no',
      'peak MiB': peak,
      'resident MiB at the peak, program files included': resident,
      'resident MiB before the request': before,
    });
    const whole = await server.ask<Whole>(WHOLE, { asOf, run: RUN });
    expect(whole.lineageSummary).toMatchObject({ nodes: inputs + 3, edges: inputs + 2, complete: true });
    expect(whole.openLineageRun).toEqual({ inputCount: inputs, outputCount: 1, state: 'COMPLETE' });
    expect(up.lineage).toMatchObject({ complete: false, nodes: { length: 2000 } });
    expect(down.lineage.nodes.map(({ id }) => id)).toContain('dataset:s3://models/checkpoint');
    expect(peak).toBeLessThanOrEqual(megabytes);
    expect(await server.end('SIGTERM')).toBe(0);
    limit?.remove();
    removeDirectory(directory);
  });
}

function serverWithin(limit: MemoryLimit | undefined, directory: string): Promise<ServerUnderTest> {
  const { command, env } = serverProcess(directory);
  const [program = '', ...args] = limit?.within(command) ?? command;
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  return serverOf(withOutput(child), directory);
}

type Nodes = { readonly complete: boolean; readonly nodes: readonly { readonly id: string }[] };
type Answer = { readonly lineage: Nodes };
type Whole = { readonly lineageSummary: object; readonly openLineageRun: object };

/** Questions about the whole graph or run need memory for all of it, so they follow the measurement. */
const WHOLE = `query ($asOf: Position, $run: ID!) {
  lineageSummary(asOf: $asOf) { nodes edges complete }
  openLineageRun(id: $run, asOf: $asOf) { inputCount outputCount state }
}`;

const UP = `query ($asOf: Position) {
  lineage(node: "dataset:s3://models/checkpoint", depth: 2, maxNodes: 2000, asOf: $asOf) { complete nodes { id } }
}`;

const DOWN = `query ($asOf: Position) {
  lineage(node: "dataset:s3://corpus/crawl/shard-000007.jsonl.zst", direction: down, asOf: $asOf) { complete nodes { id } }
}`;

/** About 230 bytes for each input, as real producers write them. */
function textOf(count: number): string {
  const facet = {
    _producer: 'https://example.com/p',
    _schemaURL: 'https://openlineage.io/spec/facets/1-0-1/V.json',
  };
  const inputs = Array.from({ length: count }, (_, index) => ({
    namespace: 's3://corpus',
    name: `crawl/shard-${String(index).padStart(6, '0')}.jsonl.zst`,
    facets: { version: { ...facet, datasetVersion: `dataset-version-0000-${index}` } },
  }));
  return JSON.stringify({
    eventType: 'COMPLETE',
    eventTime: '2026-11-24T10:00:00Z',
    producer: 'https://example.com/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: RUN },
    job: { namespace: 'trainer', name: 'pretraining' },
    inputs,
    outputs: [{ namespace: 's3://models', name: 'checkpoint' }],
  });
}

/** The most resident memory of the process since its start, in MiB. */
function residentPeakOf({ pid }: ServerUnderTest): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.ceil(Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024);
}
