import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig as readApi } from '../../services/api/src/config.ts';
import { readConfig as readAttribution } from '../../services/attribution/src/config.ts';
import { readConfig as readIngest } from '../../services/ingest/src/config.ts';
import { readConfig as readProjector } from '../../services/projector/src/config.ts';
import { readConfig as readStandalone } from '../../services/standalone/src/config.ts';
import { documented } from './documented.fixture.ts';
import { deploy, readDeployed } from './statements.fixture.ts';

type Environment = Record<string, string | null>;
type Service = {
  image: string;
  build?: { dockerfile: string; args: { SERVICE: string } };
  environment?: Environment;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, unknown>;
  healthcheck?: unknown;
  command?: string[];
};
type Compose = { services: Record<string, Service>; volumes: Record<string, unknown> };

const CONFIGS: Readonly<Record<string, (env: Record<string, string | undefined>) => unknown>> = {
  standalone: readStandalone,
  ingest: readIngest,
  projector: readProjector,
  api: readApi,
  attribution: readAttribution,
};
/** Variables that every service reads before its own configuration, or that are read only to create topics. */
const SHARED = new Set(['KAFKA_GROUP', 'TRIBUTARY_BLOBS', 'CLICKHOUSE_CLUSTER']);

/** What a compose file leaves to the image, and TLS, which its networks do not use. */
const NOT_PASSED = new Set([
  'HOST',
  'PORT',
  'METRICS_PORT',
  'TRIBUTARY_API_KEYS_FILE',
  'ATTRIBUTION_URL',
  'CLICKHOUSE_CLUSTER',
  'KAFKA_SSL',
  'KAFKA_SASL_MECHANISM',
  'KAFKA_SASL_USERNAME',
  'KAFKA_SASL_PASSWORD',
]);

const SECRETS: Readonly<Record<string, string>> = {
  KAFKA_CLUSTER_ID: 'MkU3OEVBNTcwNTJENDM2Qg',
  CLICKHOUSE_WRITER_PASSWORD: 'w',
  CLICKHOUSE_READER_PASSWORD: 'r',
  CLICKHOUSE_CLUSTER_SECRET: 's',
};
const filled = (text: string): string =>
  text.replaceAll(/\$\{(\w+)(?::\?[^}]*)?\}/g, (_, name: string) => SECRETS[name] ?? `no ${name}`);

describe.each(['standalone', 'single', 'cluster'])('compose/%s.yaml', (file) => {
  const text = readDeployed(`compose/${file}.yaml`);
  const { services, volumes }: Compose = parse(text, { merge: true });
  const entries = Object.entries(services).map(([name, service]) => ({ name, ...service }));
  const ours = entries.filter(({ build }) => build !== undefined);

  it('names every image that is not built here by version and digest, and Keeper by version', () => {
    const others = entries.filter(({ build }) => build === undefined).map(({ image }) => image);
    const named = others.filter((image) => /:\d+\.\d+\.\d+\S*@sha256:[\da-f]{64}$/.test(image));
    expect(others.filter((image) => !named.includes(image))).toEqual(
      others.filter((image) => image === 'clickhouse/clickhouse-keeper:26.7.5.10'),
    );
  });

  it('publishes ports to this machine only', () => {
    const ports = entries.flatMap(({ ports = [] }) => ports);
    expect(ports.length).toBeGreaterThan(0);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  it('mounts defined volumes and existing files, and defines no unused volume', () => {
    const mounted = entries.flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0] ?? ''),
    );
    const [paths, names] = [
      mounted.filter((one) => one.startsWith('.')),
      mounted.filter((one) => !one.startsWith('.')),
    ];
    expect(paths.filter((path) => !existsSync(join(deploy, 'compose', path)))).toEqual([]);
    expect([...new Set(names)].toSorted()).toEqual(Object.keys(volumes).toSorted());
  });

  it('depends on existing services, and has a health check for every long-running one', () => {
    const awaited = entries.flatMap(({ depends_on = {} }) => Object.keys(depends_on));
    expect(awaited.filter((name) => !(name in services))).toEqual([]);
    const unwatched = entries.filter(
      ({ build, healthcheck }) => build === undefined && healthcheck === undefined,
    );
    expect(unwatched.map(({ name }) => name)).toEqual([]);
  });

  it('allows the names that the containers use among each other', () => {
    const services = ours.filter(({ command }) => command === undefined);
    const names = services.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const { environment } of services)
      expect(environment?.['TRIBUTARY_ALLOWED_HOSTS']?.split(',')).toEqual(expect.arrayContaining(names));
  });

  it('says whom its services answer, though they listen beyond loopback', () => {
    for (const { environment } of ours.filter(({ command }) => command === undefined)) {
      const auth = environment?.['TRIBUTARY_AUTH'];
      expect(auth).toMatch(/^(none|keys)$/);
      expect(environment?.['TRIBUTARY_API_KEYS_FILE']).toBe(
        auth === 'keys' ? '/run/secrets/api-keys' : undefined,
      );
    }
    const mounted = text.includes('secrets: [api-keys]');
    expect(mounted).toBe(text.includes('TRIBUTARY_AUTH: keys'));
  });

  it.each(ours.filter(({ command }) => command === undefined))(
    'sets each documented variable of $name, or passes it on from .env and the shell',
    ({ build, environment = {} }) => {
      const names = documented(build?.args.SERVICE ?? '').filter((one) => !NOT_PASSED.has(one));
      expect(names.length).toBeGreaterThan(5);
      expect(names.filter((one) => !(one in environment))).toEqual([]);
    },
  );

  it('contains no password and requires all of them', () => {
    const secret = entries.flatMap(({ environment = {} }) =>
      Object.entries(environment).filter(([name]) => /PASSWORD|SECRET/.test(name)),
    );
    expect(secret.filter(([, value]) => !/^\$\{\w+(:\?.+)?\}$/.test(value ?? ''))).toEqual([]);
    for (const [, name = ''] of text.matchAll(/\$\{(\w+)\}/g)) expect(text).toContain(`\${${name}:?`);
  });

  it.each(ours)(
    'gives $name an environment that its service accepts, without unknown variables',
    ({ build, environment = {} }) => {
      const readConfig = CONFIGS[build?.args.SERVICE ?? ''];
      const given = Object.entries(environment).map(([name, value]) => [name, value && filled(value)]);
      const read = new Set<string>();
      const env = new Proxy(Object.fromEntries(given.map(([name, value]) => [name, value ?? undefined])), {
        get: (target, name: string) => (read.add(name), Reflect.get(target, name)),
        ownKeys: (target) => (read.add('every name'), Reflect.ownKeys(target)),
      });
      expect(readConfig?.(env)).toBeTypeOf('object');
      const known = build?.args.SERVICE === 'attribution' ? /^(?:KAFKA|TRIBUTARY)_/ : /^$/;
      expect(
        Object.keys(environment).filter((name) => !read.has(name) && !SHARED.has(name) && !known.test(name)),
      ).toEqual([]);
    },
  );
});
