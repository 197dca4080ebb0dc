/* Measures how long `/health` of the built server takes while others ask for much. */
import { once } from 'node:events';
import { loadavg, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { startServer } from '../../services/standalone/src/server-under-test.fixture.ts';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, whole, writeResults } from '../results.ts';
import { loads, record } from './loads.ts';
import type { Load } from './loads.ts';

const [seconds = NaN, clients = NaN] = numbersOf({
  seconds: { standard: 10, least: 1, most: 600 },
  clients: { standard: 4, least: 1, most: 64 },
});

const directory = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
const server = await startServer(directory);
await record(server);

/** Milliseconds of each `/health`, one after the other, asked by a thread of its own while the load lasts. */
async function healthDuring({ send }: Load): Promise<{ readonly times: number[]; readonly answers: number }> {
  const worker = new Worker(new URL('./probe.js', import.meta.url), { workerData: { url: server.url } });
  await once(worker, 'message');
  const until = performance.now() + seconds * 1000;
  let answers = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) {
      await send(server);
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  worker.postMessage('stop');
  const [times]: number[][] = await once(worker, 'message');
  return { times: times ?? [], answers };
}

const next = progress(loads.length);
const rows: (string | number)[][] = [];
for (const load of loads) {
  next(load.title);
  const { times, answers } = await healthDuring(load);
  const sorted = times.toSorted((left, right) => left - right);
  const largest = (sorted.at(-1) ?? NaN).toFixed(0);
  const late = (sorted[Math.ceil(sorted.length * 0.99) - 1] ?? NaN).toFixed(0);
  const row = [load.title, answers, times.length, median(times).toFixed(1), late, largest];
  console.error(row.join(' | '));
  rows.push(row);
}
await server.end('SIGTERM');
rmSync(directory, { recursive: true, force: true });

writeResults('health', `--seconds ${seconds} --clients ${clients}`, [
  {
    title: `\`/health\` beside ${clients} clients for ${seconds} s each, with ${whole(loadavg()[0] ?? NaN)} processes that want one of the cores; the first row is what the machine adds`,
    columns: ['beside', 'answers', 'health', 'median ms', 'p99 ms', 'longest ms'],
    rows,
  },
]);
process.exit(0);
