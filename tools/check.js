/* `npm run check`: types, lint, format, unused code. A failed check prints what to do. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.js';
import { install } from './install.js';

const root = join(import.meta.dirname, '..');
const bin = (name) => join(root, 'node_modules/.bin', name);

const CHECKS = [
  [
    'types of tests, tools and benchmarks',
    process.execPath,
    [join(root, 'node_modules/typescript7/bin/tsc'), '-p', 'tsconfig.whole.json'],
    'fix the errors above',
  ],
  [
    'rules that need types (tools/typed-rules)',
    process.execPath,
    ['--import', 'tsx', join(root, 'tools/typed-rules/main.ts')],
    'fix the lines above',
  ],
  ['lint', bin('oxlint'), ['--type-aware', '.'], 'fix the errors above'],
  ['format', bin('prettier'), ['--check', '--log-level=warn', '.'], 'npx prettier --write .'],
  ['unused', bin('knip'), [], 'delete unused code, or declare it in knip.json'],
];

install();
await build();
const broken = CHECKS.filter(([name, command, args, advice]) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) console.error(`${String(name)} failed: ${String(advice)}`);
  return status !== 0;
});
process.exit(broken.length === 0 ? 0 : 1);
