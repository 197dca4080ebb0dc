import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const TEST = /\.(spec|suite|fixture|crash|main)\.ts$|\.e2e\.|^tests\//;

/** A file of the repository; `path` is relative to the root. */
export type Source = { readonly path: string; readonly text: string };

/** All TypeScript files that are not generated. */
export function typescriptFiles(): Source[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((path) => path !== '' && !path.includes('/generated/'))
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(join(root, path), 'utf8') }];
      } catch {
        return []; // deleted, and not committed yet
      }
    });
}

/** Whether a file is a test or is used by tests only. */
export const isTest = (path: string): boolean => TEST.test(path) || path.startsWith('libs/testing/');
