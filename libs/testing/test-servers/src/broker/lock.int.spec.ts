import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './lock.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-lock-'));
  file = join(directory, 'lock');
});
afterEach(async () => rm(directory, { recursive: true }));

it('exists during the work and is removed after it, also if the work throws', () => {
  expect(withLock(file, 1000, () => existsSync(file))).toBe(true);
  const fails = (): never => {
    throw new Error('no network');
  };
  expect(() => withLock(file, 1000, fails)).toThrow('no network');
  expect(existsSync(file)).toBe(false);
});

it('does not wait for a dead owner', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(file, String(pid));
  expect(withLock(file, 60_000, () => 'done')).toBe('done');
});

it('waits for a living owner', async () => {
  const [done, script] = [join(directory, 'done'), join(directory, 'owner.mjs')];
  await writeFile(
    script,
    `import { rmSync, writeFileSync } from 'node:fs';
     setTimeout(() => { writeFileSync('${done}', ''); rmSync('${file}'); }, 500);`,
  );
  const owner = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] });
  await writeFile(file, String(owner.pid));
  expect(withLock(file, 60_000, () => existsSync(done))).toBe(true);
});

it('runs the work after its timeout', async () => {
  await writeFile(file, String(process.pid));
  expect(withLock(file, 100, () => 'done')).toBe('done');
});
