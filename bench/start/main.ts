/* Measures `npm start` with a new data directory in a clone with packages installed and sources built. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, writeResults } from '../results.ts';

const ROOT = join(import.meta.dirname, '../..');
const FIRST_LINE = 'serving ';
const LAST_LINE = 'Ctrl-C stops the server';

const [rounds = NaN] = numbersOf({ rounds: { standard: 3, least: 1, most: 20 } });

/** Seconds until the server answers, and until the answers of the recorded experiment are printed. */
async function started(): Promise<{ readonly serving: number; readonly answered: number }> {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const began = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'tools/start.js')], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', TRIBUTARY_DATA: directory },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seconds = (): number => (performance.now() - began) / 1000;
  let text = '';
  let serving = NaN;
  try {
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        text += String(chunk);
        if (Number.isNaN(serving) && text.includes(FIRST_LINE)) serving = seconds();
        if (text.includes(LAST_LINE)) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', () => reject(new Error(`npm start ended before it printed its answers:\n${text}`)));
    });
    return { serving, answered: seconds() };
  } finally {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(directory, { recursive: true, force: true });
  }
}

const next = progress(rounds);
const results = [];
for (let round = 1; round <= rounds; round += 1) {
  next('npm start with a new data directory');
  results.push(await started());
}
writeResults('start', `--rounds ${rounds}`, [
  {
    title: `\`npm start\` on an installed and built clone with a new data directory, median of ${rounds}`,
    columns: ['until', 'seconds'],
    rows: [
      ['the server answers', median(results.map(({ serving }) => serving)).toFixed(1)],
      [
        'the answers of the recorded experiment are printed',
        median(results.map(({ answered }) => answered)).toFixed(1),
      ],
    ],
  },
]);
