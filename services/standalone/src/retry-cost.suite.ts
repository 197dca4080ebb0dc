import { recordFigures } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const POINTS = 500;
const ROUNDS = 60;
const WARM_UP = 20;

type Tracked = { readonly runId: string; readonly points: number };

/** Sends the history of a run batch by batch; resolves with the answers of the server. */
const logBatch = (server: ServerUnderTest, runId: string, first: number) =>
  fetch(`${server.url}/api/2.0/mlflow/runs/log-batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ run_id: runId, metrics: points(first), params: [{ key: 'lr', value: '1' }] }),
  });

const points = (first: number) =>
  Array.from({ length: POINTS }, (_, at) => ({
    key: 'loss',
    value: 1 / (first + at + 1),
    timestamp: 1_764_000_000_000 + first + at,
    step: first + at,
  }));

async function runWith(server: ServerUnderTest, size: number): Promise<Tracked> {
  const response = await fetch(`${server.url}/api/2.0/mlflow/runs/create`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ experiment_id: '0', start_time: 1_764_000_000_000 }),
  });
  const { run }: { run: { info: { run_id: string } } } = JSON.parse(await response.text());
  const runId = run.info.run_id;
  for (let first = 0; first < size; first += POINTS) {
    const logged = await logBatch(server, runId, first);
    if (!logged.ok) throw new Error(await logged.text());
  }
  return { runId, points: size };
}

type RetryCost = { readonly points: number; readonly medianMs: number };

/** Median latency of a retried batch of each run. Runs alternate, so that a slow moment affects all of them. */
async function retryCosts(server: ServerUnderTest, runs: readonly Tracked[]): Promise<RetryCost[]> {
  const latencies = new Map<string, number[]>(runs.map(({ runId }) => [runId, []]));
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    for (const run of runs) {
      const first = Math.floor(((round * 7919) % ROUNDS) * (run.points / ROUNDS / POINTS)) * POINTS;
      const begun = performance.now();
      const response = await logBatch(server, run.runId, first);
      await response.arrayBuffer();
      const latency = performance.now() - begun;
      expect(response.status).toBe(200);
      if (round >= WARM_UP) latencies.get(run.runId)?.push(latency);
    }
  }
  return runs.map((run) => ({ points: run.points, medianMs: median(latencies.get(run.runId) ?? []) }));
}

function median(values: readonly number[]): number {
  const ascending = values.toSorted((left, right) => left - right);
  return ascending[Math.floor(ascending.length / 2)] ?? 0;
}

/**
 * Declares the test: batches of runs with growing histories are sent again, and every answer and read is unchanged. The
 * median latency of the longest history is at most `most` times the one of the shortest.
 */
export function retriesAtOneCost(sizes: readonly number[], most: number): void {
  const words = sizes.map((size) => size.toLocaleString('en')).join(', ');
  it(`recognises a retried batch whatever the length of the history of its run: ${words} points`, async () => {
    const directory = temporaryDirectory();
    const server = await startServer(directory);
    const runs: Tracked[] = [];
    for (const size of sizes) runs.push(await runWith(server, size));
    const before = await server.caughtUp();
    const costs = await retryCosts(server, runs);
    expect(await server.caughtUp()).toBe(before);
    for (const { runId, points: size } of runs) expect(await countOf(server, runId)).toBe(size);
    const [shortest, longest] = [costs[0]?.medianMs ?? 0, costs.at(-1)?.medianMs ?? 0];
    const ratio = longest / shortest;
    recordFigures('median latency of a retried batch', {
      'points of the batch': POINTS,
      ...Object.fromEntries(
        costs.map(({ points: size, medianMs }) => [`ms after ${size} points`, medianMs.toFixed(2)]),
      ),
      ratio: ratio.toFixed(2),
    });
    expect(ratio).toBeLessThanOrEqual(most);
    expect(await server.end('SIGTERM')).toBe(0);
    removeDirectory(directory);
  });
}

type Summary = { trackedRun: { metrics: { key: string; points: number }[] } };

async function countOf(server: ServerUnderTest, id: string): Promise<number | undefined> {
  const question = 'query ($id: ID!) { trackedRun(id: $id) { metrics { key points } } }';
  const { trackedRun } = await server.ask<Summary>(question, { id });
  return trackedRun.metrics.find(({ key }) => key === 'loss')?.points;
}
