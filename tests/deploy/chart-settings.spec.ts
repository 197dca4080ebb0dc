import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chartSettings, documented, SERVICES, SET_BY_CHART, standardSettings } from './documented.fixture.ts';
import { readDeployed } from './statements.fixture.ts';

type Settings = { readonly properties: Readonly<Record<string, unknown>> };
type Values = { services: Record<string, object> };

const schema: { definitions: Record<string, Settings> } = JSON.parse(
  readDeployed('helm/tributary/values.schema.json'),
);
const validate = new Ajv({ strict: false }).compile(schema);

const chart: Values = parse(readDeployed('helm/tributary/values.yaml'));
const example: Record<string, object> = parse(readDeployed('helm/values.example.yaml'));

/** The values of the example, as Helm merges them into those of the chart, with these settings of a service. */
function valuesWith(service: string, settings: object): Values {
  const values = structuredClone(chart);
  for (const [name, given] of Object.entries(example))
    Object.assign(values, { [name]: { ...Reflect.get(values, name), ...given } });
  values.services[service] = { ...values.services[service], settings };
  return values;
}

const accepts = (service: string, settings: object): boolean => validate(valuesWith(service, settings));

describe.each(Object.keys(SERVICES).filter((name) => name !== 'standalone'))(
  'the settings of %s',
  (service) => {
    it('are in the schema of the chart what the service documents, less what the chart sets itself', () => {
      expect(Object.keys(schema.definitions[`${service}Settings`]?.properties ?? {})).toEqual(
        chartSettings(service),
      );
    });

    it.each(chartSettings(service))('may name %s', (name) => {
      expect(accepts(service, { [name]: standardSettings(service)[name] })).toBe(true);
    });

    it('may name nothing else: no unknown variable, no secret, nothing of another service', () => {
      expect(accepts(service, {})).toBe(true);
      const others = Object.keys(SERVICES).flatMap(documented);
      const names = ['TRIBUTARY_DISK_WARN', 'PATH', 'CLICKHOUSE_PASSWORD_FILE', ...SET_BY_CHART, ...others];
      const refused = names.filter((name) => !chartSettings(service).includes(name));
      expect(refused).toEqual(expect.arrayContaining(['CLICKHOUSE_PASSWORD', 'KAFKA_SASL_PASSWORD']));
      expect(refused.filter((name) => accepts(service, { [name]: '1' }))).toEqual([]);
      expect(accepts(service, { TRIBUTARY_QUERY_TIMEOUT_MS: ['1'] })).toBe(false);
      expect(accepts(service, { TRIBUTARY_QUERY_TIMEOUT_MS: 0.5 })).toBe(false);
    });
  },
);

/** Helm reads YAML 1.1, where `027` is a number and `off` is false: the pods would not start with what is left of them. */
it.each([
  ['ingest', 'TRIBUTARY_UMASK', ['027', '0027', '077'], ['028', '27', 0o27, 27, '']],
  ['projector', 'TRIBUTARY_UMASK', ['027'], [0o27]],
  ['api', 'TRIBUTARY_UMASK', ['027'], [0o27]],
  ['api', 'TRIBUTARY_INTROSPECTION', ['on', 'off'], [true, false, 'yes', '']],
])(
  'refuses for %s a value of %s that YAML has changed because it was not quoted',
  (service, name, quoted, changed) => {
    expect(quoted.filter((value) => !accepts(service, { [name]: value }))).toEqual([]);
    expect(changed.filter((value) => accepts(service, { [name]: value }))).toEqual([]);
  },
);

it('calls nothing a setting that has a secret for its value', () => {
  const settings = Object.keys(SERVICES).flatMap(chartSettings);
  expect(settings.filter((name) => /PASSWORD|SECRET|API_KEY|SASL|TOKEN$|CREDENTIAL/.test(name))).toEqual([]);
});
