/* Measures how long `/health` and short facts take the built server while others ask for much, and what that does to it. */
import { largest } from '@tributary/kernel';
import { loadavg, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../../services/standalone/src/server-under-test.fixture.ts';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, ratio, whole, writeResults } from '../results.ts';
import { loads, NOTHING, record } from './loads.ts';
import { measure, memoryOf } from './measure.ts';
import type { Measured } from './measure.ts';

const [seconds = NaN, clients = NaN, rounds = NaN] = numbersOf({
  seconds: { standard: 5, least: 1, most: 600 },
  clients: { standard: 2, least: 1, most: 64 },
  rounds: { standard: 3, least: 1, most: 100 },
});

const directory = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
const stallsFile = join(directory, 'stalls');
const server = await startServer(join(directory, 'data'), {
  NODE_OPTIONS: `--import=${join(import.meta.dirname, 'stalls.js')}`,
  TRIBUTARY_BENCH_STALLS: stallsFile,
});
await record(server);
const idle = memoryOf(server.pid, 'VmRSS');

const share = (times: readonly number[], of: number): number => {
  const sorted = times.toSorted((left, right) => left - right);
  return sorted[Math.ceil(sorted.length * of) - 1] ?? NaN;
};
const p99 = (times: readonly number[]): number => share(times, 0.99);

/** A load, and nothing beside it right before: what else the machine does is in both. */
type Pair = { readonly before: Measured; readonly loaded: Measured };

const next = progress(loads.length * rounds);
const pairs = new Map<string, Pair[]>(loads.map(({ title }) => [title, []]));
for (let round = 0; round < rounds; round += 1)
  for (const load of loads) {
    next(load.title);
    const before = await measure({ server, stallsFile }, NOTHING, { seconds: 2, clients });
    const loaded = await measure({ server, stallsFile }, load, { seconds, clients });
    pairs.get(load.title)?.push({ before, loaded });
  }
await server.end('SIGTERM');
rmSync(directory, { recursive: true, force: true });

const mebibytes = (bytes: number): string => whole(bytes / 1024 ** 2);

const rows = loads.map(({ title }) => {
  const all = pairs.get(title) ?? [];
  const of = (value: (pair: Pair) => number): number => median(all.map(value));
  return [
    title,
    whole(of(({ loaded }) => loaded.answers)),
    `${of(({ before }) => p99(before.health)).toFixed(0)} → ${of(({ loaded }) => p99(loaded.health)).toFixed(0)}`,
    of(({ loaded }) => largest(loaded.health)).toFixed(0),
    `${of(({ before }) => p99(before.ingest)).toFixed(0)} → ${of(({ loaded }) => p99(loaded.ingest)).toFixed(0)}`,
    ratio(of(({ before, loaded }) => p99(loaded.ingest) / p99(before.ingest))),
    whole(of(({ loaded }) => loaded.stalls.filter((stall) => stall > 50).length)),
    of(({ loaded }) => Math.max(0, largest(loaded.stalls))).toFixed(0),
    mebibytes(of(({ loaded }) => loaded.peak)),
  ];
});

writeResults('health', `--seconds ${seconds} --clients ${clients} --rounds ${rounds}`, [
  {
    title: `\`/health\` and short facts beside ${clients} clients for ${seconds} s each, medians of ${rounds} rounds, with ${whole(loadavg()[0] ?? NaN)} processes that want one of the cores. Times in ms; before the arrow, with nothing beside them. A stall is processor time of the main thread until the event loop goes around again. Idle, the process had ${mebibytes(idle)} MiB`,
    columns: [
      'beside',
      'answers',
      'health p99',
      'health longest',
      'fact p99',
      'fact p99 ×',
      'stalls > 50',
      'longest stall',
      'MiB at most',
    ],
    rows,
  },
]);
process.exit(0);
