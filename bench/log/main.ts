import { appendAll } from '@tributary/kernel';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '@tributary/event-log';
import { openLmdbLog } from '@tributary/event-log';
import { open } from 'lmdb';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, ratio, whole, writeResults } from '../results.ts';

/* Compares durable appends with bare LMDB puts and flushes of the same bytes: one writer, one batch at a time. */
const [rounds = NaN] = numbersOf({ rounds: { standard: 5, least: 1, most: 50 } });
const SECONDS = 1;
const TARGETS = 3;
const SHAPES = [
  { name: '1 event of 500 B', size: 1, bytesEach: 500 },
  { name: '100 events of 500 B', size: 100, bytesEach: 500 },
  { name: '1,000 events of 500 B', size: 1000, bytesEach: 500 },
  { name: '8 events of 40 KB, 1,024 steps each', size: 8, bytesEach: 40_000 },
];
const next = progress(rounds * TARGETS * SHAPES.length);

type Measured = { readonly eventsPerSecond: number; readonly cpuMicros: number };
type Target = { append(batch: NewEvent[]): Promise<unknown>; close(): Promise<unknown> };

let counter = 0;

/** A UUIDv7 with a counter, like those of one producer. */
function uuid7(): string {
  counter += 1;
  const time = Date.now().toString(16).padStart(12, '0');
  const count = (counter % 0x1000000).toString(16).padStart(6, '0');
  const tail = randomBytes(6).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.slice(0, 3)}-8${count.slice(3)}-${tail}`;
}

function batchOf(size: number, bytesEach: number): NewEvent[] {
  return Array.from({ length: size }, (_, index) => {
    const id = uuid7();
    const bytes = Buffer.from(`{"id":"${id}",`.padEnd(bytesEach, '0123456789abcdef'));
    return {
      source: 'bench/producer',
      id,
      type: 'training.steps.recorded',
      stream: `run/${index % 8}`,
      bytes,
    };
  });
}

const tributary = async (directory: string): Promise<Target> => {
  const log = await openLmdbLog({ directory });
  return { append: (batch) => log.append(batch, { atomic: true }), close: () => log.close() };
};

/** Stores bytes without an index, with one put per event (slow) or one per batch (fast). */
const bare =
  (puts: 'per event' | 'per batch') =>
  async (directory: string): Promise<Target> => {
    const root = open<Buffer, Buffer>({
      path: directory,
      noSubdir: false,
      mapSize: 64 * 1024 ** 3,
      overlappingSync: false,
      eventTurnBatching: false,
      encoding: 'binary',
      keyEncoding: 'binary',
    });
    let position = 0;
    const key = (): Buffer => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(BigInt((position += 1)));
      return bytes;
    };
    return {
      append: (batch) =>
        root.batch(() => {
          if (puts === 'per batch') void root.put(key(), Buffer.concat(batch.map(({ bytes }) => bytes)));
          else for (const { bytes } of batch) void root.put(key(), Buffer.from(bytes));
        }),
      close: () => root.close(),
    };
  };

async function measure(
  openTarget: (directory: string) => Promise<Target>,
  size: number,
  bytesEach: number,
): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-log-'));
  const target = await openTarget(directory);
  let wall = 0;
  let cpu = 0;
  let events = 0;
  for (let round = 0; wall < SECONDS * 1e6; round += 1) {
    const batch = batchOf(size, bytesEach);
    const cpuStart = process.cpuUsage();
    const start = process.hrtime.bigint();
    await target.append(batch);
    if (round < 5) continue;
    wall += Number(process.hrtime.bigint() - start) / 1e3;
    const used = process.cpuUsage(cpuStart);
    cpu += used.user + used.system;
    events += size;
  }
  await target.close();
  rmSync(directory, { recursive: true });
  return { eventsPerSecond: (events / wall) * 1e6, cpuMicros: cpu / events };
}

/** Medians over the rounds of one shape. The targets alternate, so that a slow moment affects all of them. */
async function compare({ name, size, bytesEach }: (typeof SHAPES)[number]): Promise<(string | number)[][]> {
  const targets = [
    { target: 'tributary', openTarget: tributary },
    { target: 'bare, put per event', openTarget: bare('per event') },
    { target: 'bare, put per batch', openTarget: bare('per batch') },
  ].map((one) => ({ ...one, runs: [] as Measured[] }));
  for (let round = 1; round <= rounds; round += 1)
    for (const { target, openTarget, runs } of targets) {
      next(`batches of ${name}, ${target}, round ${round}`);
      runs.push(await measure(openTarget, size, bytesEach));
    }
  const rateOf = (runs: readonly Measured[]): number => median(runs.map((run) => run.eventsPerSecond));
  const ours = rateOf(targets[0]?.runs ?? []);
  return targets.map(({ target, runs }) => [
    name,
    target,
    whole(rateOf(runs)),
    median(runs.map((run) => run.cpuMicros)).toFixed(2),
    ratio(ours / rateOf(runs)),
  ]);
}

const rows: (string | number)[][] = [];
for (const shape of SHAPES) appendAll(rows, await compare(shape));
writeResults('log', `--rounds ${rounds}`, [
  {
    title: `Durable appends, one batch at a time, against bare LMDB puts of the same bytes, medians of ${rounds} rounds`,
    columns: ['a batch', 'target', 'events a second', 'µs of CPU an event', 'tributary to this'],
    rows,
  },
]);
