import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clickhouseFrom, clickhouseNames, clickhouseShape } from './clickhouse-config.ts';
import { configOf, flag, port } from './environment.ts';
import type { Environment } from './environment.ts';
import { kafkaFrom, kafkaNames, kafkaShape, topicAccess } from './kafka-config.ts';

const Config = z.object({
  port: port(4800),
  address: z.object({ port: port(1) }),
  kafka: kafkaShape,
  clickhouse: clickhouseShape,
});
const NAMES = { port: 'PORT', 'address.port': 'ADDRESS_PORT', ...kafkaNames, ...clickhouseNames };
const ENV = { KAFKA_BROKERS: 'one:9092, two:9092', CLICKHOUSE_URL: 'http://clickhouse:8123' };

const read = (more: Record<string, string | undefined> = {}) => {
  const env: Environment = { ...ENV, ...more };
  return configOf(
    Config,
    { port: env['PORT'], address: {}, kafka: kafkaFrom(env), clickhouse: clickhouseFrom(env) },
    NAMES,
  );
};

describe('a configuration', () => {
  it('needs to be told of the servers only', () => {
    expect(read()).toMatchObject({
      port: 4800,
      kafka: {
        brokers: ['one:9092', 'two:9092'],
        topic: 'tributary.events',
        group: 'tributary-tables',
        patience: 30_000,
        ssl: false,
      },
      clickhouse: { url: 'http://clickhouse:8123', username: 'default', password: '', compress: false },
    });
  });

  it('is refused with every problem at once, each by the name of its variable', () => {
    const broken = () =>
      read({
        PORT: '70000',
        KAFKA_BROKERS: undefined,
        KAFKA_PATIENCE_MS: 'soon',
        KAFKA_SASL_MECHANISM: 'magic',
        CLICKHOUSE_URL: 'clickhouse',
      });
    expect(broken).toThrow(expect.objectContaining({ code: 'configuration', retryable: false }));
    const message = messageOf(broken);
    expect(
      message
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(':')[0])
        .toSorted(byText),
    ).toEqual(['CLICKHOUSE_URL', 'KAFKA_BROKERS', 'KAFKA_PATIENCE_MS', 'KAFKA_SASL_MECHANISM', 'PORT']);
    expect(message).toContain('KAFKA_BROKERS: name the brokers, such as kafka-1:9092,kafka-2:9092');
  });

  it.each([
    ['no password', { KAFKA_SASL_USERNAME: 'me' }],
    ['no name', { KAFKA_SASL_PASSWORD: 'secret' }],
    ['neither', {}],
  ])('is refused where a SASL mechanism has %s, without a secret in the message', (_what, more) => {
    const message = messageOf(() => read({ KAFKA_SASL_MECHANISM: 'plain', ...more }));
    expect(message).toContain('KAFKA_SASL_USERNAME: a SASL mechanism needs');
    expect(message).not.toContain('secret');
  });

  it.each([
    ['a name', { KAFKA_SASL_USERNAME: 'me' }],
    ['a password', { KAFKA_SASL_PASSWORD: 'secret' }],
  ])('is refused where there is %s and no SASL mechanism: it would go in without any', (_what, more) => {
    expect(messageOf(() => read(more))).toContain('KAFKA_SASL_MECHANISM: ');
  });

  it.each(['', ',', 'one:9092,,two:9092', ' '])('is refused with brokers %j', (brokers) => {
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
  ])('takes a flag of %j as %j', (text, expected) => {
    expect(flag.parse(text)).toBe(expected);
  });
});

describe('access to a topic', () => {
  it('has credentials where there is a mechanism, and the cluster where it is named', () => {
    const access = topicAccess(
      read({
        KAFKA_SASL_MECHANISM: 'scram-sha-512',
        KAFKA_SASL_USERNAME: 'me',
        KAFKA_SASL_PASSWORD: 'secret',
        KAFKA_CLUSTER_ID: 'c',
        KAFKA_SSL: 'true',
      }).kafka,
      'events',
      'spec',
    );
    expect(access).toEqual({
      brokers: ['one:9092', 'two:9092'],
      topic: 'events',
      clientId: 'spec',
      ssl: true,
      patience: 30_000,
      clusterId: 'c',
      sasl: { mechanism: 'scram-sha-512', username: 'me', password: 'secret' },
    });
  });

  it('has none of either where nobody says so', () => {
    const access = topicAccess(read().kafka, 'events', 'spec');
    expect(access).not.toHaveProperty('sasl');
    expect(access).not.toHaveProperty('clusterId');
  });
});

const byText = (left = '', right = ''): number => left.localeCompare(right);

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('nothing was refused');
}
