import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, '../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'tributary-large-'));

const MILLION = 1_000_000;

/** Mebibytes that the values of the command may take, however long the file is: V8 ends it where they need more. */
const HEAP = 160;

/** Mebibytes of the whole process, with its program and buffers. */
const RESIDENT = 384;

/** Prints what the process had resident at most, in mebibytes, when it ends. */
const PEAK = `data:text/javascript,process.on('exit',()=>console.error('peak',Math.round(process.resourceUsage().maxRSS/1024)))`;

const FORMS = {
  table: {
    file: 'history.csv',
    header: 'step,loss,lr\n',
    line: (at: number) => `${at},${(2 + 1 / (at + 1)).toFixed(6)},0.001\n`,
    map: 'reads: table\nstep: step\nmetrics: {loss: loss, learning_rate: lr}\n',
  },
  log: {
    file: 'train.log',
    header: 'starting\n',
    line: (at: number) => `iter ${at}: loss ${(2 + 1 / (at + 1)).toFixed(4)}, time 41.50ms\n`,
    map: "reads: log\npatterns: ['^iter (?P<step>\\d+): loss (?P<loss>[\\d.]+), time']\nstep: step\nmetrics: {loss: loss}\n",
  },
};

/** Lines in a part of the file that is written. */
const PART = 10_000;

function* partsOf({ header, line }: (typeof FORMS)['log'], lines: number): Generator<string> {
  yield header;
  for (let first = 0; first < lines; first += PART)
    yield Array.from({ length: Math.min(PART, lines - first) }, (_none, at) => line(first + at)).join('');
}

async function importing(form: (typeof FORMS)['log'], lines: number) {
  const path = join(folder, form.file);
  const map = join(folder, 'map.yaml');
  writeFileSync(map, form.map);
  await pipeline(partsOf(form, lines), createWriteStream(path));
  const node = [`--max-old-space-size=${HEAP}`, '--import', PEAK];
  const words = ['import', path, '--map', map, '--dry-run', '--json', '--quiet'];
  const command = spawn(process.execPath, [...node, CLI, ...words]);
  let out = '';
  let err = '';
  command.stdout.on('data', (text) => (out += String(text)));
  command.stderr.on('data', (text) => (err += String(text)));
  const [code] = await once(command, 'close');
  const { size } = statSync(path);
  rmSync(path);
  if (code !== 0) throw new Error(err.slice(-1000));
  const answer: { plan: { byType: Record<string, number> }; rejected: unknown[] } = JSON.parse(out);
  return { answer, size, peak: Number(/^peak (\d+)$/m.exec(err)?.[1]) };
}

describe.skipIf(!existsSync(CLI))('a long file that a map reads (needs a build)', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.entries(FORMS))(
    'needs as much memory for ten million lines of a %s as for a million',
    { timeout: 3_600_000 },
    async (_name, form) => {
      for (const lines of [MILLION, 10 * MILLION]) {
        const { answer, size, peak } = await importing(form, lines);
        expect(answer.rejected).toEqual([]);
        expect(answer.plan.byType['training.run.started']).toBe(1);
        expect(answer.plan.byType['training.steps.recorded']).toBeGreaterThan(lines / 10_000);
        expect(size).toBeGreaterThan(lines * 15);
        expect([lines, peak]).toEqual([lines, expect.toSatisfy((mebibytes) => mebibytes < RESIDENT)]);
      }
    },
  );
});
