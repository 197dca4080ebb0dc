import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, ratio, whole, writeResults } from '../results.ts';
import { wholePath } from './path.ts';
import { type Shape, SHAPES, requests } from './requests.ts';
import { steps, tableRow } from './rows.ts';

/** Rows that each side inserts before its CPU time is measured. */
const WARM_UP = 65_536;
const [count = NaN, rounds = NaN] = numbersOf({
  rows: { standard: 524_288, least: 65_536, most: 8_388_608 },
  rounds: { standard: 3, least: 1, most: 20 },
});

const made = steps(WARM_UP + count);
const lines = made.map((step, index) => `${JSON.stringify(tableRow(step, index + 1))}\n`);
const warmUpFile = fileOf(lines.slice(0, WARM_UP), 'warm-up');
const file = fileOf(lines.slice(WARM_UP), 'measured');

function fileOf(some: readonly string[], name: string): string {
  const path = join(tmpdir(), `tributary-rows-${process.pid}-${name}.jsonl`);
  writeFileSync(path, some.join(''));
  return path;
}

/** Rows per CPU-second of the server. */
const path = async (shape: Shape): Promise<number> =>
  count / (await wholePath(requests(made, WARM_UP, shape)));

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
const next = progress(rounds * (2 + SHAPES.length));
for (let round = 1; round <= rounds; round += 1) {
  next(`round ${round}, the engine alone`);
  engine.push(engineAlone('without'));
  next(`round ${round}, the engine alone with rollups`);
  engineWithRollups.push(engineAlone('with'));
  for (const [index, shape] of SHAPES.entries()) {
    next(`round ${round}, the whole path at ${shape.stepsPerEvent} steps an event`);
    paths[index]?.push(await path(shape));
  }
}
for (const path of [warmUpFile, file]) rmSync(path);

writeResults('pipeline', `--rows ${count} --rounds ${rounds}`, [
  {
    title: `The whole path from HTTP to the tables, ${whole(count)} rows of 13 metrics, medians of ${rounds} rounds. The engine alone takes in ${whole(median(engine))} rows per CPU second, ${whole(median(engineWithRollups))} with rollups.`,
    columns: [
      'steps an event',
      'events a request',
      'rows per CPU second',
      'events per CPU second',
      'ratio',
      'ratio, engine with rollups',
    ],
    rows: SHAPES.map(({ stepsPerEvent, eventsPerRequest }, index) => {
      const rate = median(paths[index] ?? []);
      return [
        stepsPerEvent,
        eventsPerRequest,
        whole(rate),
        whole(rate / stepsPerEvent),
        ratio(rate / median(engine)),
        ratio(rate / median(engineWithRollups)),
      ];
    }),
  },
]);
