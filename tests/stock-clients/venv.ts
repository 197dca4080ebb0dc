import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Ignored by git. Its content can be deleted at any time. */
const CACHE = join(import.meta.dirname, '../../.tributary-test');

export type Venv =
  | { readonly ok: true; readonly python: string }
  /** Why there is no environment, such as no Python or no registry. */
  | { readonly ok: false; readonly reason: string };

/** A virtual environment with the packages of a requirements file. It is created again when the file's content changes. */
export function venvOf(requirements: string): Venv {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16);
  const folder = join(CACHE, `venv-${digest}`);
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(join(folder, '.complete'))) return { ok: true, python };
  mkdirSync(CACHE, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  const reason =
    failureOf('python3', ['-m', 'venv', folder]) ??
    failureOf(python, [
      '-m',
      'pip',
      'install',
      '-q',
      '--no-compile',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ]);
  if (reason !== undefined) return { ok: false, reason };
  complete(folder);
  return { ok: true, python };
}

const MINUTES_10 = 600_000;

function failureOf(command: string, args: readonly string[]): string | undefined {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: MINUTES_10 });
  if (status === 0) return undefined;
  return error?.message ?? stderr.trim().split('\n').at(-1) ?? 'no reason given';
}

/** Creates the mark last and atomically, so that an incomplete environment is created again. */
function complete(folder: string): void {
  const mark = join(folder, '.marking');
  mkdirSync(mark);
  renameSync(mark, join(folder, '.complete'));
}
