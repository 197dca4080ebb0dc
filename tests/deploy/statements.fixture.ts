import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const deploy = join(import.meta.dirname, '../../deploy');
export const readDeployed = (path: string): string => readFileSync(join(deploy, path), 'utf8');

/** Paths of the files in `deploy` with an extension. Templates of the chart are left out, because they are not YAML. */
export const deployedFiles = (...endings: readonly string[]): string[] =>
  readdirSync(deploy, { recursive: true, encoding: 'utf8' })
    .filter((name) => endings.some((ending) => name.endsWith(ending)) && !name.includes('/templates/'))
    .toSorted();

/** The statements of a file, without the comments before them. */
export const statementsOf = (sql: string): string[] =>
  sql
    .split(/;\s*$/m)
    .map((text) => text.replace(/^(?:\s*--[^\n]*\n|\s+)*/, '').trim())
    .filter(Boolean);
