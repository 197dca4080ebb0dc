import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.ts';

const ROOT = join(import.meta.dirname, '../../../../..');
const POM = join(ROOT, 'tools/broker/pom.xml');
/** Ignored by git. It can be deleted at any time. */
const CACHE = join(ROOT, '.tributary-test/broker');
const MINUTES_5 = 300_000;
/** The oldest Java version that brokers since 4.0 support. */
const OLDEST_JAVA = 17;

type Jars =
  | { readonly ok: true; readonly version: string; readonly classpath: string }
  /** The reason: a JVM, Maven, the registry or the version is missing. */
  | { readonly ok: false; readonly reason: string };

/** The version in `tools/broker/pom.xml`. */
const defaultVersion = (): string => named(readFileSync(POM, 'utf8'));

function named(pom: string): string {
  const version = /<kafka\.version>([^<]+)</.exec(pom)?.[1];
  if (version === undefined) throw new Error(`${POM} has no <kafka.version>; restore it`);
  return version;
}

/** The jars of a broker. Maven fetches each version once, then they come from the cache. Blocks the event loop meanwhile. */
export function jarsOf(version: string = defaultVersion()): Jars {
  const reason = javaMissing();
  if (reason !== undefined) return { ok: false, reason };
  const folder = join(CACHE, version);
  const jars: Jars = { ok: true, version, classpath: join(folder, '*') };
  if (existsSync(folder)) return jars;
  mkdirSync(CACHE, { recursive: true });
  return withLock(`${folder}.lock`, MINUTES_5, () => {
    const failure = existsSync(folder) ? undefined : fetchInto(folder, version);
    return failure === undefined ? jars : { ok: false, reason: failure };
  });
}

let unavailable: string | undefined;
let isChecked = false;

/** Why no broker of the default version can be started here; undefined if one can. The first call fetches the jars. */
export function brokerUnavailable(): string | undefined {
  if (!isChecked) {
    const jars = jarsOf();
    unavailable = jars.ok ? undefined : jars.reason;
    isChecked = true;
  }
  return unavailable;
}

function javaMissing(): string | undefined {
  if (process.platform === 'win32') return 'a POSIX system is missing';
  const { error, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error !== undefined) return 'a JVM (java) is missing';
  const major = Number(/version "(?:1\.)?(\d+)/.exec(stderr)?.[1] ?? 0);
  return major >= OLDEST_JAVA ? undefined : `a JVM of ${OLDEST_JAVA} or newer is missing, java is ${major}`;
}

/** Fetches into a temporary folder and renames it, so that a folder with the final name is always complete. */
function fetchInto(folder: string, version: string): string | undefined {
  const fetching = `${folder}.fetching-${process.pid}`;
  const { error, status, stdout } = spawnSync('mvn', mavenArguments(version, fetching), {
    encoding: 'utf8',
    timeout: MINUTES_5,
  });
  if (error === undefined && status === 0 && readdirSync(fetching).length > 0) {
    renameSync(fetching, folder);
    return undefined;
  }
  rmSync(fetching, { recursive: true, force: true });
  if (error === undefined) return `Kafka ${version} could not be fetched by Maven: ${firstError(stdout)}`;
  return 'code' in error && error.code === 'ENOENT' ? 'Maven (mvn) is missing' : error.message;
}

const mavenArguments = (version: string, folder: string): string[] => [
  '--batch-mode',
  '--no-transfer-progress',
  '--quiet',
  `--file=${POM}`,
  'dependency:copy-dependencies',
  '-DincludeScope=runtime',
  `-Dkafka.version=${version}`,
  `-DoutputDirectory=${folder}`,
];

const firstError = (output: string): string =>
  output.split('\n').find((line) => line.includes('ERROR')) ?? 'no reason given';
