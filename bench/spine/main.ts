import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './cpu.ts';
import { wholePath } from './path.ts';
import { eventLine, rowLine, steps } from './rows.ts';

/** Rows that each side takes in before its CPU time is read. */
const WARM_UP = 65_536;
const count = Number(process.argv[2] ?? 524_288);
const rounds = Number(process.argv[3] ?? 3);

/** Steps in an event and events in a request: one request stays near the advised megabyte. */
const SHAPES = [
  { stepsPerEvent: 1, eventsPerRequest: 1_024 },
  { stepsPerEvent: 64, eventsPerRequest: 128 },
  { stepsPerEvent: 256, eventsPerRequest: 32 },
];

const made = steps(WARM_UP + count);
const lines = made.map((step, index) => `${rowLine(step, index + 1)}\n`);
const warmUpFile = fileOf(lines.slice(0, WARM_UP), 'warm-up');
const file = fileOf(lines.slice(WARM_UP), 'measured');

function fileOf(some: readonly string[], name: string): string {
  const path = join(tmpdir(), `tributary-rows-${process.pid}-${name}.jsonl`);
  writeFileSync(path, some.join(''));
  return path;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Rows per CPU-second of the server. */
async function path({ stepsPerEvent, eventsPerRequest }: (typeof SHAPES)[number]): Promise<number> {
  const events = chunks(made, stepsPerEvent).map(eventLine);
  const bodies = chunks(events, eventsPerRequest).map((some) => Buffer.from(some.join('\n')));
  const warmUp = WARM_UP / (stepsPerEvent * eventsPerRequest);
  return (
    count /
    (await wholePath({
      warmUp: bodies.slice(0, warmUp),
      measured: bodies.slice(warmUp),
      events: events.length,
    }))
  );
}

/** Rows per CPU-second of INSERT … SELECT FROM file(JSON lines), in a process of its own. */
function engineAlone(views: 'with' | 'without'): number {
  const script = join(import.meta.dirname, 'engine.ts');
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', script, warmUpFile, file, views], {
    encoding: 'utf8',
  });
  return count / Number(stdout.trim());
}

const engine: number[] = [];
const engineWithRollups: number[] = [];
const paths = SHAPES.map(() => [] as number[]);
for (let round = 1; round <= rounds; round += 1) {
  engine.push(engineAlone('without'));
  engineWithRollups.push(engineAlone('with'));
  for (const [index, shape] of SHAPES.entries()) paths[index]?.push(await path(shape));
  console.error(`round ${round} of ${rounds}`);
}
for (const path of [warmUpFile, file]) rmSync(path);

const shapes = SHAPES.map((shape, index) => {
  const rowsPerCpuSecond = median(paths[index] ?? []);
  return {
    ...shape,
    rowsPerCpuSecond: Math.round(rowsPerCpuSecond),
    eventsPerCpuSecond: Math.round(rowsPerCpuSecond / shape.stepsPerEvent),
    ratio: Number((rowsPerCpuSecond / median(engine)).toFixed(3)),
    ratioWithRollups: Number((rowsPerCpuSecond / median(engineWithRollups)).toFixed(3)),
  };
});
console.log(
  JSON.stringify(
    {
      rows: count,
      warmUpRows: WARM_UP,
      rounds,
      bytesOfOneRow: Buffer.byteLength(rowLine(made[0] ?? steps(1)[0]!, 1)),
      engineRowsPerCpuSecond: Math.round(median(engine)),
      engineWithRollupsRowsPerCpuSecond: Math.round(median(engineWithRollups)),
      shapes,
    },
    null,
    2,
  ),
);
