import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readConfig as readApi } from '../../services/api/src/config.ts';
import { readConfig as readAttribution } from '../../services/attribution/src/config.ts';
import { readConfig as readIngest } from '../../services/ingest/src/config.ts';
import { readConfig as readProjector } from '../../services/projector/src/config.ts';
import { standardSettings } from './documented.fixture.ts';
import { deploy } from './statements.fixture.ts';

type Container = {
  image: string;
  env: { name: string; value?: string }[];
  securityContext: Record<string, unknown>;
  startupProbe?: { httpGet: { path: string } };
  readinessProbe?: { httpGet: { path: string } };
  volumeMounts: { name: string; mountPath: string }[];
};
type Volume = { name: string; secret?: { secretName: string; items?: { key: string }[] } };
type Pod = { securityContext: Record<string, unknown>; containers: Container[]; volumes: Volume[] };
type Rule = {
  to?: { podSelector?: object; ipBlock?: { cidr: string } }[];
  ports: { protocol: string; port: number | string }[];
};
type Manifest = {
  kind: string;
  metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> };
  data?: Record<string, string>;
  spec?: {
    template?: { metadata?: { labels?: Record<string, string> }; spec: Pod };
    podSelector?: { matchLabels?: Record<string, string> };
    volumeClaimTemplates?: { metadata: { name: string } }[];
    policyTypes?: string[];
    ingress?: { from: object[]; ports: { port: number | string }[] }[];
    egress?: Rule[];
    updateStrategy?: { type: string };
    strategy?: { type: string; rollingUpdate?: { maxUnavailable: number } };
  };
};

const EXAMPLE = ['-f', join(deploy, 'helm/values.example.yaml')];

/** Runs a command that understands what `helm template` does. */
const rendering =
  ([command = '', ...first]: readonly string[]) =>
  (...values: readonly string[]) => {
    const options = [...first, 'x', join(deploy, 'helm/tributary'), ...values];
    const { status, stdout, stderr } = spawnSync(command, options, { encoding: 'utf8' });
    const manifests = status === 0 ? parseAllDocuments(stdout).map((one): Manifest => one.toJS()) : [];
    return { status, stderr, manifests: manifests.filter(Boolean) };
  };

const CONFIGS: Readonly<Record<string, (env: Record<string, string | undefined>) => unknown>> = {
  ingest: readIngest,
  projector: readProjector,
  api: readApi,
  attribution: readAttribution,
};

/** Declares the tests of the chart, which are skipped without a command. */
export function describeChart(how: string, command: readonly string[] | undefined): void {
  const render = rendering(command ?? []);
  describe.skipIf(!command)(`the chart (${how})`, () => {
    const { manifests } = command ? render(...EXAMPLE) : { manifests: [] };
    const config = manifests.find(({ kind, data }) => kind === 'ConfigMap' && data?.['HOST'])?.data ?? {};
    const pods = manifests.flatMap(({ metadata, spec }) =>
      spec?.template
        ? [
            {
              name: metadata.labels['app.kubernetes.io/component'] ?? 'topics',
              pod: spec.template.spec,
              spec,
            },
          ]
        : [],
    );

    it('refuses values without brokers, ClickHouse or secrets', () => {
      const { status, stderr } = render();
      expect(status).not.toBe(0);
      for (const name of ['kafka/brokers', 'clickhouse/url', 'existingClaim', 'auth/secret'])
        expect(stderr).toContain(name);
    });

    it('runs the four services and creates the topics', () => {
      expect(pods.map(({ name }) => name).toSorted()).toEqual([
        'api',
        'attribution',
        'ingest',
        'projector',
        'topics',
      ]);
    });

    it.each(['api', 'attribution', 'ingest', 'projector'])(
      'gives %s an environment that it accepts',
      (name) => {
        const container = pods.find((one) => one.name === name)?.pod.containers[0];
        const own = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
        expect(CONFIGS[name]?.({ ...config, ...own, CLICKHOUSE_PASSWORD: 'from the file' })).toBeTypeOf(
          'object',
        );
        expect(own['CLICKHOUSE_USER']).toBe(name === 'projector' ? 'tributary_writer' : 'tributary_reader');
        expect(container?.startupProbe?.httpGet.path).toBe('/health');
        expect(container?.readinessProbe?.httpGet.path).toBe('/ready');
      },
    );

    it('runs no process as root, and none that can write outside its volumes', () => {
      for (const { pod } of pods) {
        expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
        for (const { securityContext } of pod.containers)
          expect(securityContext).toMatchObject({
            readOnlyRootFilesystem: true,
            allowPrivilegeEscalation: false,
          });
      }
    });

    it('lets the rollout of ingest and api wait for the projectors, which they are not ready without', () => {
      const named = (...names: readonly string[]) => pods.filter(({ name }) => names.includes(name));
      for (const { pod, spec } of named('ingest', 'api')) {
        expect(spec.updateStrategy).toEqual({ type: 'RollingUpdate' });
        expect(pod.containers[0]?.readinessProbe?.httpGet.path).toBe('/ready');
      }
      for (const { spec } of named('projector', 'attribution'))
        expect(spec.strategy).toMatchObject({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } });
    });

    it('gives every service the keys of a secret, and the api alone the one for attribution', () => {
      expect(config).toMatchObject({
        TRIBUTARY_AUTH: 'keys',
        TRIBUTARY_API_KEYS_FILE: '/run/secrets/tributary/api-keys.json',
      });
      for (const { name, pod } of pods.filter(({ name: one }) => one !== 'topics')) {
        const keys = pod.volumes.find((volume) => volume.name === 'api-keys')?.secret;
        expect(keys?.secretName).toBe('tributary-api-keys');
        const more = name === 'api' ? ['attribution-key'] : [];
        expect(keys?.items?.map(({ key }) => key)).toEqual(['api-keys.json', ...more]);
        const mounts = pod.containers[0]?.volumeMounts ?? [];
        expect(mounts).toContainEqual(expect.objectContaining({ mountPath: '/run/secrets/tributary' }));
        const own = pod.containers[0]?.env.find(({ name: one }) => one === 'ATTRIBUTION_API_KEY_FILE');
        expect(own?.value).toBe(name === 'api' ? '/run/secrets/tributary/attribution-key' : undefined);
      }
    });

    it('lets everybody in where values say so, and then needs no secret', () => {
      const open = render(...EXAMPLE, '--set', 'auth.mode=none,auth.secret=').manifests;
      const given = open.find(({ kind, data }) => kind === 'ConfigMap' && data?.['HOST'])?.data;
      expect(given?.['TRIBUTARY_AUTH']).toBe('none');
      expect(given?.['TRIBUTARY_API_KEYS_FILE']).toBeUndefined();
      const volumes = open.flatMap(({ spec }) => spec?.template?.spec.volumes ?? []);
      expect(volumes.filter(({ name }) => name === 'api-keys')).toEqual([]);
      expect(render(...EXAMPLE, '--set', 'auth.mode=open').status).not.toBe(0);
    });

    it('names foreign events to the projector where there are any', () => {
      expect(config['TRIBUTARY_FOREIGN_EVENTS']).toBeUndefined();
      const named = render(...EXAMPLE, '--set-string', 'foreignEvents=3:204');
      const given = named.manifests.find(({ kind, data }) => kind === 'ConfigMap' && data?.['HOST'])?.data;
      expect(given?.['TRIBUTARY_FOREIGN_EVENTS']).toBe('3:204');
      expect(readProjector({ ...config, ...given, CLICKHOUSE_PASSWORD: 'x' })).toMatchObject({
        foreign: new Set(['3:204']),
      });
    });

    it.each(['api', 'attribution', 'ingest', 'projector'])(
      'gives %s its settings as texts, large integers digit by digit, and it accepts them',
      (name) => {
        const settings = standardSettings(name);
        const values = join(mkdtempSync(join(tmpdir(), 'values-')), 'values.json');
        writeFileSync(values, JSON.stringify({ services: { [name]: { settings } } }));
        const given = render(...EXAMPLE, '-f', values).manifests;
        rmSync(dirname(values), { recursive: true });
        const containers = given.flatMap(({ metadata, spec }) =>
          metadata.labels['app.kubernetes.io/component'] === name
            ? (spec?.template?.spec.containers ?? [])
            : [],
        );
        const environment = containers[0]?.env ?? [];
        for (const [variable, value] of Object.entries(settings))
          expect(environment).toContainEqual({ name: variable, value: String(value) });
        const own = Object.fromEntries(environment.map((one) => [one.name, one.value]));
        expect(CONFIGS[name]?.({ ...config, ...own, CLICKHOUSE_PASSWORD: 'x' })).toBeTypeOf('object');
      },
    );

    it.each([
      ['ingest', 'TRIBUTARY_QUEUE_BYTES'],
      ['api', 'TRIBUTARY_DISK_WARN'],
      ['api', 'CLICKHOUSE_PASSWORD'],
    ])('refuses values that set for %s a variable such as %s', (service, variable) => {
      const { status, stderr } = render(...EXAMPLE, '--set', `services.${service}.settings.${variable}=1`);
      expect(status).not.toBe(0);
      expect(stderr).toContain(variable);
    });

    it('mounts defined volumes', () => {
      for (const { pod, spec } of pods) {
        const there = [
          ...pod.volumes,
          ...(spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata),
        ].map(({ name }) => name);
        expect(there).toEqual(
          expect.arrayContaining(
            pod.containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name)),
          ),
        );
      }
    });

    it('allows the names of the services, of the ingress, and configured ones', () => {
      const hosts = (config['TRIBUTARY_ALLOWED_HOSTS'] ?? '').split(',');
      const url = new URL(config['ATTRIBUTION_URL'] ?? '');
      expect(hosts).toEqual(
        expect.arrayContaining([
          url.hostname,
          'x-tributary-ingest',
          'x-tributary-api.default.svc.cluster.local',
        ]),
      );
      const asked = render(
        ...EXAMPLE,
        '--set',
        'ingress.enabled=true,ingress.host=tributary.example,allowedHosts={.lab.example}',
      );
      const given = asked.manifests.find(({ kind, data }) => kind === 'ConfigMap' && data?.['HOST'])?.data;
      expect(given?.['TRIBUTARY_ALLOWED_HOSTS']?.split(',')).toEqual(
        expect.arrayContaining(['tributary.example', '.lab.example']),
      );
    });

    /** What the pods of a service may reach: protocol and port, with the peers where not any address may be. */
    const reached = (rendered: readonly Manifest[], service: string): string[] => {
      const policy = rendered.find(
        ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name.endsWith(`-${service}`),
      );
      expect(policy?.spec?.policyTypes).toEqual(['Ingress', 'Egress']);
      return (policy?.spec?.egress ?? []).flatMap(({ to, ports }) =>
        ports.map(({ protocol, port }) => [protocol, port, ...(to ?? []).map(peerText)].join(' ')),
      );
    };
    const peerText = ({ ipBlock }: NonNullable<Rule['to']>[number]): string => ipBlock?.cidr ?? 'release';

    const ALWAYS = ['TCP http release', 'TCP 53', 'UDP 53', 'TCP 8123'];

    it.each([
      ['ingest', [...ALWAYS, 'TCP 9092']],
      ['projector', [...ALWAYS, 'TCP 9092']],
      ['api', [...ALWAYS, 'TCP 9092']],
      ['attribution', ALWAYS],
      ['topics', ['TCP 53', 'UDP 53', 'TCP 9092']],
    ])('lets %s reach what its settings name, and nothing else', (service, expected) => {
      expect(reached(manifests, service)).toEqual(expected);
    });

    it('lets scrapers reach the metrics alone, and callers everything else', () => {
      const peers = 'networkPolicy.metricsFrom[0].namespaceSelector.matchLabels.name=monitoring';
      const { manifests: scraped } = render(...EXAMPLE, '--set', peers);
      const isOfService = ({ kind, metadata }: Manifest) =>
        kind === 'NetworkPolicy' && !metadata.name.endsWith('-topics');
      const policies = scraped.filter(isOfService);
      expect(policies).toHaveLength(4);
      for (const { spec } of policies) {
        const rules = spec?.ingress?.map(({ from, ports }) => [ports.map(({ port }) => port), from.at(-1)]);
        expect(rules).toEqual([
          [['http'], { podSelector: expect.anything() }],
          [['metrics'], { namespaceSelector: { matchLabels: { name: 'monitoring' } } }],
        ]);
      }
      const without = manifests.filter(isOfService);
      expect(without.map(({ spec }) => spec?.ingress?.length)).toEqual([1, 1, 1, 1]);
      expect(config['METRICS_PORT']).toBe('9464');
    });

    it('has a policy for every pod, before the pod is made', () => {
      const componentOf = (labels: Readonly<Record<string, string>> = {}) =>
        labels['app.kubernetes.io/component'];
      const pods = manifests.flatMap(({ spec }) => componentOf(spec?.template?.metadata?.labels) ?? []);
      const selected = manifests
        .filter(({ kind }) => kind === 'NetworkPolicy')
        .map(({ spec }) => componentOf(spec?.podSelector?.matchLabels));
      expect(selected.toSorted()).toEqual(pods.toSorted());
      expect(pods).toContain('topics');
      const topics = manifests.filter(({ metadata }) => metadata.name.endsWith('-topics'));
      const weightOf = (wanted: string) =>
        topics.find(({ kind }) => kind === wanted)?.metadata.annotations?.['helm.sh/hook-weight'];
      expect(topics).toHaveLength(3);
      expect(['ConfigMap', 'NetworkPolicy', 'Job'].map(weightOf)).toEqual(['-1', '-1', undefined]);
    });

    it('lets services reach other ports, and given peers alone, where values say so', () => {
      const { manifests: others } = render(
        ...EXAMPLE,
        '--set',
        [
          'clickhouse.url=https://clickhouse.example',
          'kafka.brokers=a:9092\\,b:9093',
          'networkPolicy.to.kafka.ports={9092,19092}',
          'networkPolicy.to.clickhouse.peers[0].ipBlock.cidr=10.0.0.0/8',
          'telemetry.otlpEndpoint=http://collector:4318/v1',
        ].join(','),
      );
      expect(reached(others, 'projector')).toEqual([
        ...ALWAYS.slice(0, 3),
        'TCP 443 10.0.0.0/8',
        'TCP 9092',
        'TCP 9093',
        'TCP 19092',
        'TCP 4318',
      ]);
      expect(reached(others, 'attribution')).not.toContain('TCP 9093');
    });

    it.each([
      ['telemetry.otlpEndpoint=collector:4317', 'otlpEndpoint'],
      ['networkPolicy.to.clickhouse.ports={9440}', 'clickhouse'],
    ])('refuses %s, of which no rule of egress would come', (value, named) => {
      const { status, stderr } = render(...EXAMPLE, '--set', value);
      expect(status).not.toBe(0);
      expect(stderr).toContain(named);
    });

    it('names an image by its digest where values have one', () => {
      const digest = `sha256:${'0a'.repeat(32)}`;
      const named = render(...EXAMPLE, '--set', `image.digests.ingest=${digest}`).manifests;
      const images = named.flatMap(
        ({ spec }) => spec?.template?.spec.containers.map(({ image }) => image) ?? [],
      );
      expect(images.filter((image) => image.endsWith(`/tributary-ingest@${digest}`))).toHaveLength(2);
      expect(images.filter((image) => image.includes('@'))).toHaveLength(2);
      const { status, stderr } = render(...EXAMPLE, '--set', 'image.digests.ingest=latest');
      expect(status).not.toBe(0);
      expect(stderr).toContain('digests');
    });

    it('has no ingress unless it is enabled', () => {
      expect(manifests.filter(({ kind }) => kind === 'Ingress')).toEqual([]);
      const asked = render(...EXAMPLE, '--set', 'ingress.enabled=true,ingress.host=tributary.example');
      expect(asked.manifests.filter(({ kind }) => kind === 'Ingress')).toHaveLength(1);
    });
  });
}
