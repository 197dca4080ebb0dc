import { kafka, readSettings } from '@tributary/configuration';
import { expect, it } from 'vitest';
import { topicAccess } from './topic-access.ts';

const access = (env: Record<string, string>) =>
  topicAccess(readSettings(kafka, { KAFKA_BROKERS: 'one:9092,two:9092', ...env }), 'events', 'spec');

it('has credentials where there is a mechanism, and the cluster where it is named', () => {
  expect(
    access({
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'me',
      KAFKA_SASL_PASSWORD: 'secret',
      KAFKA_CLUSTER_ID: 'c',
      KAFKA_SSL: 'true',
    }),
  ).toEqual({
    brokers: ['one:9092', 'two:9092'],
    topic: 'events',
    clientId: 'spec',
    ssl: true,
    retryTimeout: 30_000,
    clusterId: 'c',
    sasl: { mechanism: 'scram-sha-512', username: 'me', password: 'secret' },
  });
});

it('has neither where neither is set', () => {
  expect(access({})).not.toHaveProperty('sasl');
  expect(access({})).not.toHaveProperty('clusterId');
});
