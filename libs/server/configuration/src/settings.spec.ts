import { describe, expect, it } from 'vitest';
import { EARLIER_NAMES } from './renamed.ts';
import { address, clickhouse, flag, kafka, limits, otlpEndpoint } from './settings.ts';
import { group, readSettings } from './setting.ts';

const settings = group({ address: address(4800), kafka, clickhouse });
const ENV = { KAFKA_BROKERS: 'one:9092, two:9092', CLICKHOUSE_URL: 'http://clickhouse:8123' };
const read = (more: Record<string, string | undefined> = {}) => readSettings(settings, { ...ENV, ...more });

describe('the shared settings', () => {
  it('need the addresses of the servers and have a default for everything else', () => {
    expect(read()).toMatchObject({
      address: { host: '127.0.0.1', port: 4800, allowedHosts: [] },
      kafka: {
        brokers: ['one:9092', 'two:9092'],
        topic: 'tributary.events',
        group: 'tributary-tables',
        retryTimeout: 30_000,
        ssl: false,
      },
      clickhouse: { url: 'http://clickhouse:8123', username: 'default', password: '', compress: false },
    });
  });

  it('are refused with all problems in one message, each by the name of its variable', () => {
    const broken = () =>
      read({
        PORT: '70000',
        KAFKA_BROKERS: undefined,
        KAFKA_RETRY_TIMEOUT_MS: 'soon',
        KAFKA_SASL_MECHANISM: 'magic',
        CLICKHOUSE_URL: 'clickhouse',
      });
    expect(broken).toThrow(expect.objectContaining({ code: 'configuration', retryable: false }));
    const message = messageOf(broken);
    const names = message.split('\n').slice(1);
    expect(names.map((line) => line.trim().split(':')[0])).toEqual([
      'PORT',
      'KAFKA_BROKERS',
      'KAFKA_RETRY_TIMEOUT_MS',
      'KAFKA_SASL_MECHANISM',
      'CLICKHOUSE_URL',
    ]);
    expect(message).toContain('KAFKA_BROKERS: name the brokers, such as kafka-1:9092,kafka-2:9092');
  });

  it.each([
    ['TRIBUTARY_WIRE_BYTES', 9_000_000, 'TRIBUTARY_BYTES_IN_FLIGHT', 8_999_999],
    ['TRIBUTARY_BODY_BYTES', 8_388_608, 'TRIBUTARY_BYTES_IN_FLIGHT', 8_388_607],
  ])('refuse %s of %i above %s of %i, and name both with their values', (below, bytes, above, most) => {
    const message = messageOf(() => readSettings(limits, { [below]: String(bytes), [above]: String(most) }));
    expect(message).toContain(`${below}: its ${bytes} bytes are more than the ${most} of ${above}`);
    expect(message).toContain(`set ${below} to ${most} or less, or ${above} to ${bytes} or more`);
    expect(readSettings(limits, { [below]: String(most), [above]: String(most) })).toBeDefined();
  });

  it('let a body have more bytes on the wire than others after inflating, because it may not be packed', () => {
    expect(readSettings(limits, { TRIBUTARY_WIRE_BYTES: '16777216' }).wireBytes).toBe(16_777_216);
  });

  it('read the names of a server', () => {
    const named = (names: string) => read({ TRIBUTARY_ALLOWED_HOSTS: names }).address.allowedHosts;
    expect(named('')).toEqual([]);
    expect(named('ingest, Lineage.example,.lab.example,*')).toEqual([
      'ingest',
      'Lineage.example',
      '.lab.example',
      '*',
    ]);
  });

  it.each(['ingest:4801', 'https://lineage.example', 'a,,b', '*.lab.example', '-a', 'a.'])(
    'refuse %j as the names of a server',
    (names) => {
      const refused = messageOf(() => read({ TRIBUTARY_ALLOWED_HOSTS: names }));
      expect(refused).toContain('TRIBUTARY_ALLOWED_HOSTS: name hosts without a port');
    },
  );

  it.each(['collector:4317', 'grpc://collector:4317', 'collector', ' '])(
    'refuse %j as the address of a collector, because spans go by HTTP',
    (endpoint) => {
      expect(
        messageOf(() => readSettings(otlpEndpoint, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })),
      ).toContain('OTEL_EXPORTER_OTLP_ENDPOINT: name the collector with http:// or https://');
      expect(messageOf(() => read({ CLICKHOUSE_URL: endpoint }))).toContain(
        'CLICKHOUSE_URL: name the server',
      );
    },
  );

  it('read the address of a collector', () => {
    for (const endpoint of ['http://collector:4318', 'https://collector.example.org'])
      expect(readSettings(otlpEndpoint, { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })).toBe(endpoint);
  });

  it('refuse a variable by its earlier name and name the new one', () => {
    const earlier = EARLIER_NAMES.get('KAFKA_RETRY_TIMEOUT_MS') ?? '';
    expect(earlier).not.toBe('');
    expect(messageOf(() => read({ [earlier]: '1000', PORT: 'x' }))).toMatch(
      /PORT: [^]*: this variable is now KAFKA_RETRY_TIMEOUT_MS; set KAFKA_RETRY_TIMEOUT_MS instead/,
    );
  });

  it.each([
    ['no password', { KAFKA_SASL_USERNAME: 'me' }],
    ['no user', { KAFKA_SASL_PASSWORD: 'secret' }],
    ['neither', {}],
  ])('refuse a SASL mechanism with %s, without a secret in the message', (_what, more) => {
    const message = messageOf(() => read({ KAFKA_SASL_MECHANISM: 'plain', ...more }));
    expect(message).toContain('KAFKA_SASL_USERNAME: a SASL mechanism needs');
    expect(message).not.toContain('secret');
  });

  it.each([
    ['a user', { KAFKA_SASL_USERNAME: 'me' }],
    ['a password', { KAFKA_SASL_PASSWORD: 'secret' }],
  ])('refuse %s without a SASL mechanism, because nothing would use it', (_what, more) => {
    expect(messageOf(() => read(more))).toContain('KAFKA_SASL_MECHANISM: ');
  });

  it('take empty credentials for absent ones', () => {
    expect(read({ KAFKA_SASL_USERNAME: '', KAFKA_SASL_PASSWORD: '' }).kafka.mechanism).toBeUndefined();
  });

  it.each(['', ',', 'one:9092,,two:9092', ' '])('refuse the brokers %j', (brokers) => {
    expect(messageOf(() => read({ KAFKA_BROKERS: brokers }))).toContain('KAFKA_BROKERS: name the brokers');
  });

  it.each([
    ['1', true],
    ['true', true],
    ['YES', true],
    ['0', false],
    ['false', false],
    ['', false],
    [undefined, false],
  ])('read a flag of %j as %j', (given, expected) => {
    expect(flag.parse(given)).toBe(expected);
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}

it('bounds how large a body may be configured, because threads that read one have a heap of their own', () => {
  const bodies = { TRIBUTARY_WIRE_BYTES: '67108865', TRIBUTARY_LINEAGE_BODY_BYTES: '68719476736' };
  expect(() => readSettings(limits, bodies)).toThrow(
    /TRIBUTARY_WIRE_BYTES: .*67108864\n.*TRIBUTARY_LINEAGE_BODY_BYTES: .*67108864/,
  );
  expect(readSettings(limits, { TRIBUTARY_WIRE_BYTES: '67108864' }).wireBytes).toBe(67_108_864);
});
