import { readSettings } from '@tributary/configuration';
import type { Variable } from '@tributary/configuration';
import { expect, it } from 'vitest';
import { documented, SERVICES } from './documented.fixture.ts';

const INTRODUCTION = `# Configuration

Every service reads its configuration from environment variables, and logs it when it starts, with secrets masked. A
broken configuration stops the process with one message that lists all problems by the name of the variable. A variable of
empty text counts as not set, and is refused where that would hide a mistake: \`TRIBUTARY_DATA\`, and \`CLICKHOUSE_URL\` of ingest.

\`tributary serve\`, and the server that a command starts for itself, read \`TRIBUTARY_DATA\`, the
limits, deadlines, watermarks, umask, witness (which they keep in \`DIRECTORY.witness\` where it is not set) and grace of standalone, and \`TRIBUTARY_INTROSPECTION\`; \`tributary serve\` also \`TRIBUTARY_ALLOWED_HOSTS\`,
\`TRIBUTARY_AUTH\`, \`TRIBUTARY_API_KEYS_FILE\` and \`METRICS_PORT\`, while \`HOST\` and \`PORT\` are options of it. A command that asks a server with keys reads \`TRIBUTARY_API_KEY\`.

\`NAME_FILE\` reads the variable \`NAME\` from a file. This holds for every variable that begins with \`KAFKA_\`,
\`CLICKHOUSE_\` or \`ATTRIBUTION_\`, in all services but standalone.

The chart sets a variable of a service under \`services.NAME.settings\`, and the compose files pass it on from \`.env\`: see
[deployment](deploy.md#kubernetes).

This page is generated from the declarations of the services: \`npx vitest run tests/deploy/configuration.spec.ts -u\`.
`;

type Row = Variable & {
  readonly uses: { service: string; isRequired: boolean; default: string | undefined }[];
};

/** One row per variable, in the order of the declarations. */
function rowsOf(): Row[] {
  const rows = new Map<string, Row>();
  for (const [service, { variables }] of Object.entries(SERVICES))
    for (const variable of variables) {
      const row = rows.get(variable.name) ?? { ...variable, uses: [] };
      row.uses.push({ service, isRequired: variable.isRequired, default: variable.default });
      rows.set(variable.name, row);
    }
  return [...rows.values()];
}

function servicesOf({ uses }: Row): string {
  return uses.length === Object.keys(SERVICES).length ? 'all' : uses.map(({ service }) => service).join(', ');
}

/** Services with the same default share one entry. */
function defaultOf({ uses }: Row): string {
  const services = new Map<string, string[]>();
  for (const use of uses) {
    const text = use.isRequired ? 'required' : textOf(use.default);
    services.set(text, [...(services.get(text) ?? []), use.service]);
  }
  if (services.size === 1) return [...services.keys()].join('');
  return [...services].map(([text, names]) => `${text || 'optional'} (${names.join(', ')})`).join(', ');
}

const textOf = (standard: string | undefined): string =>
  standard === undefined || standard === '' ? '' : `\`${standard}\``;

function pageOf(rows: readonly Row[]): string {
  const current = rows.map(
    (row) => `| \`${row.name}\` | ${servicesOf(row)} | ${defaultOf(row)} | ${row.description} |`,
  );
  return [
    INTRODUCTION,
    '| variable | services | default | meaning |',
    '| --- | --- | --- | --- |',
    ...current,
    '',
    'A process that reads a variable and finds its earlier name stops and names the present one; see [upgrading](../upgrading.md).',
    '',
  ].join('\n');
}

it('documents every variable of every service (docs/guides/configuration.md)', async () => {
  await expect(pageOf(rowsOf())).toMatchFileSnapshot('../../docs/guides/configuration.md');
});

it('describes a variable of several services equally', () => {
  const descriptions = new Map<string, Set<string>>();
  for (const { variables } of Object.values(SERVICES))
    for (const { name, description } of variables)
      descriptions.set(name, (descriptions.get(name) ?? new Set()).add(description));
  expect([...descriptions].filter(([, texts]) => texts.size > 1)).toEqual([]);
});

const REQUIRED: Readonly<Record<string, string>> = {
  KAFKA_BROKERS: 'one:9092',
  CLICKHOUSE_URL: 'http://clickhouse:8123',
  TRIBUTARY_BLOBS: '/blobs',
};

/** What a service reads from these variables, with one of them as given: its configuration, or the refusal. */
function readBy(service: string, name: string, given: object): unknown {
  const settings = SERVICES[service];
  try {
    return settings && readSettings(settings, { ...REQUIRED, [name]: undefined, ...given });
  } catch (error) {
    return error;
  }
}

/** Compose files and charts pass on what nobody has set: `Number('')` would be 0, which turns a limit off. */
it.each(Object.keys(SERVICES))('reads each variable of %s that is empty as if it were not set', (service) => {
  const variables = (SERVICES[service]?.variables ?? []).filter(({ refusesEmpty }) => !refusesEmpty);
  expect(variables.length).toBeGreaterThan(5);
  for (const { name } of variables)
    expect(readBy(service, name, { [name]: '' })).toEqual(readBy(service, name, {}));
});

const withBodies = Object.keys(SERVICES).filter((service) =>
  documented(service).includes('TRIBUTARY_BYTES_IN_FLIGHT'),
);

it.each(withBodies)('does not start %s with sizes of bodies that contradict each other', (service) => {
  const refusal = String(readBy(service, 'TRIBUTARY_BYTES_IN_FLIGHT', { TRIBUTARY_BYTES_IN_FLIGHT: '1000' }));
  expect(refusal).toContain(
    'TRIBUTARY_BODY_BYTES: its 8388608 bytes are more than the 1000 of TRIBUTARY_BYTES_IN_FLIGHT',
  );
});

it.each(Object.keys(SERVICES))('refuses an empty variable of %s that would hide a mistake', (service) => {
  const variables = (SERVICES[service]?.variables ?? []).filter(({ refusesEmpty }) => refusesEmpty);
  for (const { name } of variables)
    expect(String(readBy(service, name, { [name]: '' }))).toContain(`${name}: `);
});
