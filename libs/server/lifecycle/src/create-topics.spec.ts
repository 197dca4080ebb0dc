import { kafka, readSettings } from '@tributary/configuration';
import { expect, it } from 'vitest';
import { createTopics, readTopics } from './create-topics.ts';

const topic = { topic: 'events', partitions: 4, replicas: 3 };

it('reads topics, whose configuration may be absent', () => {
  const config = { 'retention.ms': '-1' };
  expect(readTopics(JSON.stringify([topic, { ...topic, config }]))).toEqual([
    { ...topic, config: {} },
    { ...topic, config },
  ]);
});

it.each([
  ['not JSON', 'is not JSON'],
  ['{}', 'expected array'],
  [JSON.stringify([{ ...topic, partitions: 0 }]), 'partitions'],
  [JSON.stringify([{ ...topic, topic: '' }]), 'topic'],
  [JSON.stringify([{ ...topic, config: { 'retention.ms': -1 } }]), 'retention.ms'],
])('refuses the list %s and says why', (list, text) => {
  expect(() => readTopics(list)).toThrow(
    expect.objectContaining({ code: 'configuration', message: expect.stringContaining(text) }),
  );
});

it('creates nothing where the list is not usable', async () => {
  const config = readSettings(kafka, { KAFKA_BROKERS: '127.0.0.1:9', KAFKA_RETRY_TIMEOUT_MS: '100' });
  await expect(createTopics(config, '[{}]')).rejects.toMatchObject({ code: 'configuration' });
});

it('names the broker that it cannot reach', async () => {
  const config = readSettings(kafka, { KAFKA_BROKERS: '127.0.0.1:9', KAFKA_RETRY_TIMEOUT_MS: '100' });
  await expect(createTopics(config, JSON.stringify([topic]))).rejects.toMatchObject({
    code: 'broker_unreachable',
  });
});
