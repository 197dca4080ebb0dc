import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './cpu.ts';
import { wholePath } from './path.ts';
import { eventLine, rowLine, steps } from './rows.ts';

const BATCH = 1_000;
const count = Number(process.argv[2] ?? 300_000);
const rounds = Number(process.argv[3] ?? 3);

const made = steps(count);
const file = join(tmpdir(), `tributary-rows-${process.pid}.jsonl`);
writeFileSync(file, made.map((step, index) => `${rowLine(step, index + 1)}\n`).join(''));

function bodies(): Buffer[] {
  const lines = made.map(eventLine);
  return Array.from({ length: count / BATCH }, (_, batch) => Buffer.from(lines.slice(batch * BATCH, (batch + 1) * BATCH).join('\n')));
}

function engineAlone(views: 'with' | 'without'): number {
  const script = join(import.meta.dirname, 'engine.ts');
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', '--conditions=source', script, file, views], { encoding: 'utf8' });
  return Number(stdout.trim());
}

const rates = { path: [] as number[], engine: [] as number[], engineWithViews: [] as number[] };
const measured = count - 2 * BATCH;
for (let round = 1; round <= rounds; round += 1) {
  rates.engine.push(count / engineAlone('without'));
  rates.engineWithViews.push(count / engineAlone('with'));
  rates.path.push(measured / (await wholePath(bodies(), count)));
  console.error(`round ${round}: path ${Math.round(rates.path.at(-1) ?? 0)}, engine ${Math.round(rates.engine.at(-1) ?? 0)} rows per CPU-second`);
}
rmSync(file);

const path = median(rates.path);
const report = {
  events: count,
  eventBytes: Buffer.byteLength(eventLine(made[0] ?? steps(1)[0]!)),
  rowBytes: Buffer.byteLength(rowLine(made[0] ?? steps(1)[0]!, 1)),
  pathPerCpuSecond: Math.round(path),
  enginePerCpuSecond: Math.round(median(rates.engine)),
  engineWithRollupsPerCpuSecond: Math.round(median(rates.engineWithViews)),
  ratio: Number((path / median(rates.engine)).toFixed(3)),
  ratioWithRollups: Number((path / median(rates.engineWithViews)).toFixed(3)),
};
console.log(JSON.stringify(report, null, 2));
