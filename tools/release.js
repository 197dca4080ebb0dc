/*
 * `npm run test:release [-- PART …]` runs the parts of the release suite. Each writes `docs/figures` and
 * docs/guarantees.md. `npm run test:release -- --changed` runs nothing: it lists the commit at which each part last ran,
 * and what of its code has changed since.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.js';
import { writePages } from './figures/pages.js';
import { recordFigures } from './figures/record.js';
import { install } from './install.js';
import { changedParts } from './release/changed.js';
import { PARTS } from './release/parts.js';

const root = join(import.meta.dirname, '..');
const report = join(root, 'node_modules/.tributary-release.json');
const named = process.argv.slice(2).filter((argument) => argument !== '--');
if (named[0] === '--changed') {
  for (const { name, commit, failed, changed } of changedParts())
    console.log(
      `${name.padEnd(22)} ${(commit ?? 'never ran').padEnd(10)} ${failed > 0 ? 'failed; ' : ''}${changed.join(' ') || (commit ? 'nothing has changed since' : '')}`,
    );
  process.exit(0);
}
const unknown = named.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`unknown parts: ${unknown.join(', ')}; the parts are`);
  for (const { name, promise } of PARTS) console.error(`  ${name.padEnd(18)} ${promise}`);
  process.exit(2);
}

install();
console.error('building …');
await build();

const chosen = named.length === 0 ? PARTS : PARTS.filter(({ name }) => named.includes(name));
const total = { passed: 0, failed: 0, skipped: 0 };
for (const [index, part] of chosen.entries()) {
  console.error(`part ${index + 1} of ${chosen.length}: ${part.name}. ${part.promise}`);
  const result = run(part);
  for (const key of Object.keys(total)) total[key] += result[key];
  const file = recordFigures(`release-${part.name}`, {
    command: `npm run test:release -- ${part.name}`,
    measured: { part: part.name, promise: part.promise, ...result },
  });
  writePages();
  console.error(`${part.name}: ${result.passed} passed, ${result.failed} failed; written to ${file}`);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

/** Runs vitest on the files of the part. A run without a report counts as one failure. */
function run({ files, only }) {
  rmSync(report, { force: true });
  const began = performance.now();
  const { status: exit } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project=release',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...(only === undefined ? [] : ['--testNamePattern', only]),
      ...files,
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, TRIBUTARY_RELEASE: '1' } },
  );
  const seconds = Math.round((performance.now() - began) / 1000);
  if (!existsSync(report)) return { seconds, passed: 0, failed: 1, skipped: 0, tests: [] };
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const pattern = new RegExp(only ?? '');
  const ran = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName }) => pattern.test(fullName))
    .map(outcomeOf);
  const count = (status) => ran.filter((test) => test.status === status).length;
  /*
   * The report counts no test as failed where the hook of a suite or a file fails, and skips the tests of that. A part of
   * which no test was selected has shown nothing.
   */
  const broken = (exit !== 0 && count('failed') === 0) || ran.length === 0;
  return {
    seconds,
    passed: count('passed'),
    failed: count('failed') + (broken ? 1 : 0),
    skipped: count('skipped'),
    tests: ran,
  };
}

function outcomeOf({ fullName, status, duration, meta }) {
  return {
    name: fullName,
    status: status === 'passed' || status === 'failed' ? status : 'skipped',
    seconds: Math.round((duration ?? 0) / 1000),
    ...(meta?.figures === undefined ? {} : { figures: meta.figures }),
  };
}
