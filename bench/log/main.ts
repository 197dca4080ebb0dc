import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '@tributary/event-log';
import { openLmdbLog } from '@tributary/event-log';
import { open } from 'lmdb';

/**
 * Durable appends against a bare LMDB put and flush of the same bytes, one writer, one batch at a time.
 * Run: npx tsx --conditions=source bench/log/main.ts
 */
const REPEATS = 5;
const SECONDS = 1;

type Measured = { readonly eventsPerSecond: number; readonly cpuMicros: number };
type Target = { append(batch: NewEvent[]): Promise<unknown>; close(): Promise<unknown> };

let counter = 0;

/** UUIDv7 with a counter, as one producer makes them. */
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

/** One put per event, or one per batch: the slow and the fast way to store bytes without an index. */
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

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function compare(name: string, size: number, bytesEach: number): Promise<Measured> {
  const targets = {
    tributary,
    'bare, put per event': bare('per event'),
    'bare, put per batch': bare('per batch'),
  };
  const runs = new Map<string, Measured[]>();
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const [target, openTarget] of Object.entries(targets)) {
      runs.set(target, [...(runs.get(target) ?? []), await measure(openTarget, size, bytesEach)]);
    }
  }
  const of = (target: string): Measured => ({
    eventsPerSecond: median((runs.get(target) ?? []).map((run) => run.eventsPerSecond)),
    cpuMicros: median((runs.get(target) ?? []).map((run) => run.cpuMicros)),
  });
  const ours = of('tributary');
  for (const target of runs.keys()) {
    const { eventsPerSecond, cpuMicros } = of(target);
    const rate = Math.round(eventsPerSecond).toLocaleString('en').padStart(11);
    const ratio =
      target === 'tributary'
        ? ''
        : `  tributary / bare ${(ours.eventsPerSecond / eventsPerSecond).toFixed(2)}`;
    console.log(
      `${name.padEnd(26)} ${target.padEnd(20)} ${rate} events/s ${cpuMicros.toFixed(2).padStart(8)} µs CPU/event${ratio}`,
    );
  }
  return ours;
}

for (const size of [1, 100, 1000]) await compare(`batch of ${size}, 500 B`, size, 500);
const columnar = await compare('batch of 8, 40 KB columnar', 8, 40_000);
console.log(
  `columnar, 1,024 steps an event: ${Math.round(columnar.eventsPerSecond * 1024).toLocaleString('en')} steps/s`,
);
