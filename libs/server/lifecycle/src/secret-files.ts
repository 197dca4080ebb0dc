import { Fault } from '@tributary/kernel';

type Environment = Readonly<Record<string, string | undefined>>;

const FILE = '_FILE';

/** The environment with secrets read from the files that `NAME_FILE` names, as mounted secrets come. */
export function withSecretFiles(env: Environment, read: (path: string) => string): Environment {
  const secrets = Object.entries(env).flatMap(([name, path]) => {
    if (!name.endsWith(FILE) || !SECRETS.test(name) || path === undefined || path === '') return [];
    return [[name.slice(0, -FILE.length), contentOf(name, path, read)] as const];
  });
  return { ...env, ...Object.fromEntries(secrets) };
}

/** Other names that end alike are none of ours. */
const SECRETS = /^(KAFKA|CLICKHOUSE)_/;

function contentOf(name: string, path: string, read: (path: string) => string): string {
  try {
    return read(path).replace(/\r?\n$/, '');
  } catch (cause) {
    throw new Fault('configuration', `${name}: ${path} cannot be read`, { cause });
  }
}
