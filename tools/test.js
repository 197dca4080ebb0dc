/* `npm test`: installs, builds, and runs all tests. The long tests run with `npm run test:release`. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';

const root = join(import.meta.dirname, '..');
const report = join(root, 'node_modules/.tributary-report.json');

install();
console.error('building …');
await build();

rmSync(report, { force: true });
rmSync(join(root, 'node_modules/.tributary-modules'), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--reporter=${join(root, 'tools/unfinished-tests.js')}`,
    `--outputFile.json=${report}`,
  ],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
const python = ['examples/lab', 'sdks/python/tests'].map(pythonCounts);

const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
const sumOf = (count) => python.reduce((sum, one) => sum + one[count], 0);
const counted = numFailedTests + sumOf('failed');
/* The report counts no test as failed where the hook of a suite fails, and skips the tests of that. */
const failed = counted === 0 && status !== 0 ? 1 : counted;
console.log(
  failed > 0 ? '\nRead the first failure above.' : '\nEverything that could run here passed. Next: npm start',
);
console.log(
  `${numPassedTests + sumOf('passed')} passed, ${failed} failed, ${numPendingTests + sumOf('skipped')} skipped`,
);
process.exit(status === 0 && failed === 0 ? 0 : 1);

/** Runs the tests of a folder of Python, and counts them from its last lines: `Ran 7 tests`, `OK (skipped=1)` or `FAILED (failures=1, errors=1)`. */
function pythonCounts(folder) {
  const { error, stderr } = spawnSync(
    'python3',
    ['-m', 'unittest', 'discover', '-s', '.', '-p', 'test_*.py'],
    {
      cwd: join(root, folder),
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: join(root, 'sdks/python/src') },
    },
  );
  if (error) return { passed: 0, failed: 0, skipped: 1 };
  process.stderr.write(stderr);
  const number = (pattern) => Number(pattern.exec(stderr)?.[1] ?? 0);
  const run = number(/Ran (\d+) test/);
  const broken = number(/failures=(\d+)/) + number(/errors=(\d+)/);
  const skipped = number(/skipped=(\d+)/);
  return { passed: run - broken - skipped, failed: run === 0 ? 1 : broken, skipped };
}
