import { Fault } from '@tributary/kernel';
import type { Environment } from './setting.ts';

const FILE = '_FILE';

/**
 * The environment with secrets read from the files that `NAME_FILE` names, as mounted secrets come. Throws Fault
 * `configuration` where a file cannot be read.
 */
export function withSecretFiles(env: Environment, read: (path: string) => string): Environment {
  const secrets = Object.entries(env).flatMap(([name, path]) => {
    if (!name.endsWith(FILE) || !SECRETS.test(name) || path === undefined || path === '') return [];
    return [[name.slice(0, -FILE.length), contentOf(name, path, read)] as const];
  });
  return { ...env, ...Object.fromEntries(secrets) };
}

/** Variables of other programs may end in `_FILE` too. */
const SECRETS = /^(KAFKA|CLICKHOUSE|ATTRIBUTION)_/;

function contentOf(name: string, path: string, read: (path: string) => string): string {
  try {
    return read(path).replace(/\r?\n$/, '');
  } catch (cause) {
    throw new Fault('configuration', `${name}: the file ${path} cannot be read`, { cause });
  }
}
