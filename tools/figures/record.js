import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const GIB = 1024 ** 3;

/** What a figure depends on beside the code. */
const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / GIB),
  node: process.versions.node,
});

/** The commit that was measured, and whether files differed from it. */
function commit() {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
  const changed = git('status', '--porcelain', '--', '.', ':!docs') !== '';
  return { commit: git('rev-parse', '--short', 'HEAD'), changed };
}

/** Writes `docs/figures/NAME.json`: the command, when and where it ran, and what it measured. Returns the path. */
export function recordFigures(name, { command, measured }) {
  const file = join(root, 'docs/figures', `${name}.json`);
  mkdirSync(join(root, 'docs/figures'), { recursive: true });
  const record = { command, ranAt: new Date().toISOString(), ...commit(), machine: machine(), ...measured };
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}
