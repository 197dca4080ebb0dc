import { join } from 'node:path';
import type { CommittedOffset, Topic } from '@tributary/event-log';
import { connectTopic } from '@tributary/kafka';
import { brokerUnavailable } from '@tributary/test-servers';
import { Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCluster, topicAt } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import { ask, logPositionWith, send, started } from './requests.fixture.ts';

const missing = brokerUnavailable();
const GRACE = { TRIBUTARY_FAULT_GRACE_MS: '5000' };
const committed = (commit: CommittedOffset | undefined): CommittedOffset =>
  commit ?? { offset: 0, metadata: '' };
const RUNS = '{ runs(first: 3) { totalCount complete reason } }';

describe.skipIf(missing)(
  `a topic that is created again under running services${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    beforeAll(async () => {
      cluster = await startCluster({ partitions: 2 });
    });
    afterAll(() => cluster?.stop());

    async function onTopic<Result>(work: (topic: Topic) => Promise<Result>): Promise<Result> {
      const topic = await connectTopic(topicAt(cluster));
      return work(topic).finally(() => topic.close());
    }

    /** Deletes the topic, and fills one of its name with more records than it had. */
    async function replaceTopic(): Promise<void> {
      const kafka = new Kafka({ brokers: [...cluster.broker.bootstrap], logLevel: logLevel.NOTHING });
      const [admin, producer] = [kafka.admin(), kafka.producer()];
      await Promise.all([admin.connect(), producer.connect()]);
      await admin.deleteTopics({ topics: [cluster.topic] });
      await expect.poll(async () => (await admin.listTopics()).includes(cluster.topic)).toBe(false);
      const configEntries = [{ name: 'retention.ms', value: '-1' }];
      const topic = { topic: cluster.topic, numPartitions: 2, replicationFactor: 1, configEntries };
      await admin.createTopics({ waitForLeaders: false, topics: [topic] });
      const messages = Array.from({ length: 40 }, () => ({ value: 'another topic' }));
      for (const partition of [0, 1])
        await producer.send({
          topic: cluster.topic,
          messages: messages.map((message) => ({ ...message, partition })),
        });
      await Promise.all([admin.disconnect(), producer.disconnect()]);
    }

    /** Starts a service with a replica of the log that a later start finds again. */
    const withReplica = (service: 'ingest' | 'api') =>
      cluster.start(service, { ...GRACE, TRIBUTARY_DATA: join(cluster.directory, `replica-${service}`) });

    it('is noticed by all: lost facts are called known no more, no answer is complete, nothing of it is projected, who has a replica ends with 70, and serves nothing when it starts again', async () => {
      const projector = await cluster.start('projector', GRACE);
      const [ingest, api] = [await withReplica('ingest'), await withReplica('api')];
      for (const one of [projector, ingest, api]) await one.becomes('ready');
      const facts = Array.from({ length: 20 }, (_, n) => started(`run-${n}`));
      await send(ingest, facts);
      const asOf = await logPositionWith(api, facts.length);
      await ask(api, 'query ($asOf: Position) { runs(asOf: $asOf) { complete } }', { asOf });
      const commits = await onTopic((topic) => topic.commits(cluster.group));
      await replaceTopic();
      const again = () => send(ingest, facts.slice(0, 1)).then(() => 'known', String);
      await expect.poll(again).toMatch(/503: .*"title":"log replaced"/);
      await api.becomes({ condition: 'kafka_unavailable' });
      const { runs } = await ask<{ runs: object }>(api, RUNS);
      expect(runs).toMatchObject({ totalCount: 20, complete: false });
      expect([await ingest.exited(), await api.exited()]).toEqual([70, 70]);
      const [ingestAgain, apiAgain] = [await withReplica('ingest'), await withReplica('api')];
      for (const one of [ingestAgain, apiAgain]) {
        const { body } = await one.becomes({ condition: 'log_replaced' });
        expect(body.conditions?.[0]?.detail).toMatch(/recreated.*restore/);
      }
      await expect(send(ingestAgain, facts)).rejects.toThrow(/^503/);
      expect(await ask(apiAgain, RUNS)).toBeUndefined();
      for (const one of [ingestAgain, apiAgain]) expect(await one.end('SIGTERM')).toBe(0);
      /* Where the broker has forgotten the offsets with the topic, that is noticed instead. */
      await expect
        .poll(() => projector.output())
        .toMatch(/than the tables were filled from|but the group has only planned/);
      expect(await projector.end('SIGTERM')).toBe(0);
      await onTopic((topic) => topic.moveGroup(cluster.group, commits.map(committed)));
      const later = await cluster.start('projector', GRACE);
      await later.becomes({ condition: 'log_replaced' });
    });
  },
);
