import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const GIB = 1024 ** 3;

/** The machine that figures were measured on. */
const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / GIB),
  node: process.versions.node,
});

/** The measured commit, and whether the working tree had uncommitted changes. */
function commit() {
  const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? '';
  const changed = git('status', '--porcelain', '--', '.', ':!docs') !== '';
  return { commit: git('rev-parse', '--short', 'HEAD'), changed };
}

/** Writes `docs/figures/NAME.json` with the command, its time and machine, and the measured figures. Returns the path. */
export function recordFigures(name, { command, measured }) {
  const file = join(root, 'docs/figures', `${name}.json`);
  mkdirSync(join(root, 'docs/figures'), { recursive: true });
  const record = { command, ranAt: new Date().toISOString(), ...commit(), machine: machine(), ...measured };
  writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}
