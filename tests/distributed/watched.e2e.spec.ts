import { deadLetterSink } from '@tributary/dead-letters';
import { connectTopic } from '@tributary/kafka';
import { failingFlush } from '@tributary/test-processes';
import type { FailingFlush } from '@tributary/test-processes';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReceiver, valuesOf } from '../../libs/adapters/telemetry/src/tracing/otlp-receiver.fixture.ts';
import { ask, send, started, logPositionWith } from './requests.fixture.ts';
import { clusterUnavailable, startCluster, topicAt } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';

const missing = clusterUnavailable();
const TRACE = '0af7651916cd43dd8448eb211c80319c';
/** A table that is gone stays gone. */
const UNFILLED = { TRIBUTARY_REFILL_TABLES: 'false' };
const CALLER = 'b7ad6b7169203331';

type DeadLetter = { id: string; endpoint: string; code: string; explanation: string };
type DeadLettersAnswer = {
  deadLetters: { nodes: DeadLetter[] };
  status: { lag: number; deadLetters: { parked: number } };
};

const metricsOf = async ({ url }: ProcessUnderTest): Promise<string> =>
  (await fetch(`${url}/metrics`)).text();

async function eventually<Value>(
  look: () => Promise<Value>,
  isSo: (value: Value) => boolean,
): Promise<Value> {
  for (let tries = 0; ; tries += 1) {
    const value = await look();
    if (isSo(value) || tries > 600) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe.skipIf(missing)(
  `traces, metrics and dead letters of services${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let flush: FailingFlush;
    let receiver: Awaited<ReturnType<typeof openReceiver>>;
    let ingest: ProcessUnderTest;
    let projector: ProcessUnderTest;
    let api: ProcessUnderTest;

    beforeAll(async () => {
      receiver = await openReceiver();
      cluster = await startCluster({ partitions: 2 });
      flush = failingFlush(cluster.directory);
      const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint };
      projector = await cluster.start('projector', env);
      ingest = await cluster.start('ingest', env);
      api = await cluster.start('api', env);
      for (const one of [projector, ingest, api]) await one.becomes('ready');
    });
    afterAll(async () => {
      await cluster?.stop();
      await receiver?.close();
    });

    it('a trace connects the request, the record and the insert', async () => {
      await send(ingest, [started('traced')], { traceparent: `00-${TRACE}-${CALLER}-01` });
      await ask(api, 'query ($asOf: Position) { runs(asOf: $asOf) { totalCount } }', {
        asOf: await logPositionWith(api, 1),
      });
      const spans = await eventually(
        async () => receiver.spans(),
        (all) => all.some(({ links = [] }) => links.some(({ traceId }) => traceId === TRACE)),
      );
      const request = spans.find(({ name }) => name === 'POST /v1/events');
      expect(request).toMatchObject({ traceId: TRACE, parentSpanId: CALLER });
      const insert = spans.find(({ name }) => name === 'projector.insert');
      expect(insert?.links).toEqual([expect.objectContaining({ traceId: TRACE, spanId: request?.spanId })]);
      expect(valuesOf(insert?.attributes ?? [])).toHaveProperty('partition');
    });

    it('bytes on the topic that are no event become dead letters with their offset, and block nothing', async () => {
      const topic = await connectTopic(topicAt(cluster));
      const value = Buffer.from([0, 0, 0, 1, 255, 7]);
      const [offset] = await topic.append([{ partition: 1, key: Buffer.from('x'), value, headers: [] }]);
      await topic.close();
      const answer = await eventually(
        () =>
          ask<DeadLettersAnswer>(
            api,
            '{ deadLetters { nodes { id endpoint code explanation } } status { lag deadLetters { parked } } }',
          ),
        ({ deadLetters, status }) => deadLetters.nodes.length > 0 && status.lag === 0,
      );
      expect(answer.status).toEqual({ lag: 0, deadLetters: { parked: 1 } });
      expect(answer.deadLetters.nodes).toMatchObject([
        { endpoint: `kafka ${cluster.topic}/1@${offset}`, code: 'not_an_event' },
      ]);
    });

    it('a batch of the topic that cannot be decoded is one dead letter, and every reader goes on after it', async () => {
      const topic = await connectTopic({ ...topicAt(cluster), compression: 'gzip' });
      await writePoisonMessage(cluster, 1);
      const [offset = 0] = await topic.append([
        { partition: 1, key: Buffer.from('x'), value: Buffer.from('after'), headers: [] },
      ]);
      await topic.close();
      const answer = await eventually(
        () =>
          ask<DeadLettersAnswer>(
            api,
            '{ deadLetters { nodes { endpoint code explanation } } status { lag } }',
          ),
        ({ deadLetters, status }) => deadLetters.nodes.length > 2 && status.lag === 0,
      );
      expect(answer.status.lag).toBe(0);
      expect(answer.deadLetters.nodes.filter(({ code }) => code === 'unreadable_batch')).toMatchObject([
        { endpoint: `kafka-batch ${cluster.topic}/1@${offset - 2}-${offset - 1}` },
      ]);
      for (const one of [projector, ingest, api]) await one.becomes('ready');
    });

    it('a retry through another service is a duplicate, and an id with different content is refused', async () => {
      const event = started('twice', 'one-id');
      expect(await send(ingest, [event])).toMatchObject({ stored: 1 });
      const again = await send(api, [event]);
      expect(again).toMatchObject({ stored: 0, duplicates: 1 });
      expect(again.receipts).toEqual((await send(ingest, [event])).receipts);
      await expect(send(api, [{ ...event, subject: 'another' }])).rejects.toThrow(/409/);
    });

    it('the same record written twice counts once, and the metrics count the duplicate', async () => {
      const topic = await connectTopic(topicAt(cluster));
      const [partition, copy] = await copyOf(cluster, 'one-id');
      await topic.append([
        { ...copy, partition, key: copy.key ?? Buffer.alloc(0), value: copy.value ?? Buffer.alloc(0) },
      ]);
      await topic.close();
      const text = await eventually(
        () => metricsOf(projector),
        (now) => /^tributary_dedup_hits_total [1-9]/m.test(now),
      );
      expect(text).toMatch(/^tributary_dedup_hits_total [1-9]/m);
      const { runs } = await ask<{ runs: { nodes: { id: string }[] } }>(
        api,
        'query ($asOf: Position) { runs(asOf: $asOf) { nodes { id } } }',
        { asOf: await logPositionWith(api, 7) },
      );
      expect(runs.nodes.map(({ id }) => id).toSorted()).toEqual(['traced', 'twice']);
    });

    it('metrics report lag, staleness, the queue and accepted events', async () => {
      const text = await eventually(
        () => metricsOf(projector),
        (now) => /^tributary_projector_lag_events\{partition="1"\} 0$/m.test(now),
      );
      for (const line of [
        /^tributary_projector_lag_events\{partition="0"\} 0$/m,
        /^tributary_staleness_seconds 0$/m,
        /^tributary_queue_bytes 0$/m,
        /^tributary_rebalances_total [1-9]/m,
      ])
        expect(text).toMatch(line);
      expect(await metricsOf(ingest)).toMatch(
        /^tributary_events_accepted_total\{protocol="cloudevents"\} 2$/m,
      );
      expect(await metricsOf(api)).toMatch(/^tributary_dead_letters_parked\{code="unreadable_batch"\} 1$/m);
    });

    it('SIGTERM completes the work in progress and exits with code 0', async () => {
      await send(
        ingest,
        Array.from({ length: 200 }, (_, n) => started(`late-${n}`)),
      );
      expect(await projector.end('SIGTERM')).toBe(0);
      expect(await ingest.end('SIGTERM')).toBe(0);
      const next = await cluster.start('projector', UNFILLED);
      await next.becomes('ready');
      const asOf = await logPositionWith(api, 207);
      const { runs } = await ask<{ runs: { nodes: unknown[] } }>(
        api,
        'query ($asOf: Position) { runs(first: 1000, asOf: $asOf) { nodes { id } } }',
        { asOf },
      );
      expect(runs.nodes).toHaveLength(202);
      expect(await api.end('SIGTERM')).toBe(0);
    });

    it('a projector whose work is refused on all its partitions ends with 70, and another one goes on', async () => {
      const env = { ...UNFILLED, TRIBUTARY_FAULT_GRACE_MS: '3000' };
      const [dying, intake] = [await cluster.start('projector', env), await cluster.start('ingest', env)];
      await Promise.all([dying.becomes('ready'), intake.becomes('ready')]);
      await engine(cluster, 'RENAME TABLE tributary.training_run TO tributary.aside');
      await send(
        intake,
        Array.from({ length: 20 }, (_, n) => started(`refused-${n}`)),
      );
      const { body } = await dying.becomes({ condition: 'unknown_table' });
      expect(body.conditions?.[0]?.detail).toContain('training_run');
      expect(await dying.exited()).toBe(70);
      await engine(cluster, 'RENAME TABLE tributary.aside TO tributary.training_run');
      const rows = "SELECT count() FROM tributary.training_run WHERE startsWith(run_id, 'refused-')";
      expect(
        await eventually(
          () => engine(cluster, rows),
          (count) => count === '20',
        ),
      ).toBe('20');
      expect(await intake.end('SIGTERM')).toBe(0);
    });

    it('an ingest whose replica cannot be flushed is not ready, and ends with 70', async ({ skip }) => {
      skip(flush.missing !== undefined, flush.missing);
      const intake = await cluster.start('ingest', { ...flush.env, TRIBUTARY_FAULT_GRACE_MS: '3000' });
      await intake.becomes('ready');
      flush.begin();
      const sent = send(intake, [started('unknown')]).catch(() => undefined);
      await intake.becomes({ condition: 'replica_stopped' });
      expect(await intake.exited()).toBe(70);
      await sent;
    });

    it('an api whose copy of the dead letters cannot be flushed is not ready, and ends with 70', async ({
      skip,
    }) => {
      skip(flush.missing !== undefined, flush.missing);
      flush.end();
      const watching = await cluster.start('api', { ...flush.env, TRIBUTARY_FAULT_GRACE_MS: '1500' });
      await watching.becomes('ready');
      flush.begin();
      const topic = await connectTopic(topicAt(cluster, cluster.deadLetters));
      const why = { code: 'invalid_json', message: 'not JSON', pointer: '' };
      const input = { endpoint: 'test', contentType: 'application/json', bytes: Buffer.from('{') };
      await deadLetterSink({ topic }).park([{ ...input, ...why }]);
      await topic.close();
      const { body } = await watching.becomes({ condition: 'dead_letters_stopped' });
      expect(body.conditions).toHaveLength(1);
      expect(await watching.exited()).toBe(70);
      flush.end();
    });

    it('a projector that starts after partitions were added refuses no fact, and says what to do', async () => {
      await growTo(cluster, 3);
      const late = await cluster.start('projector');
      const { body } = await late.becomes({ condition: 'partitions_changed' });
      expect(body.conditions?.[0]?.detail).toContain('had 2 partitions');
    });

    it('a projector whose batches would make the engine forget an insert does not start, and says what to set', async () => {
      await growTo(cluster, 12);
      const refused = await cluster.start('projector', { TRIBUTARY_BATCH_LINGER_MS: '5' });
      const { body } = await refused.becomes({ condition: 'linger_too_short' });
      expect(body.conditions?.[0]?.detail).toContain('TRIBUTARY_BATCH_LINGER_MS must be at least 6 and is 5');
    });
  },
);

/** Adds partitions to the topic of events, as an operator does. */
async function growTo({ broker, topic }: Cluster, count: number): Promise<void> {
  const admin = new Kafka({ brokers: [...broker.bootstrap], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic, count }] });
  await admin.disconnect();
}

/** What the engine answers to one statement. */
async function engine({ clickhouse }: Cluster, sql: string): Promise<string> {
  const response = await fetch(clickhouse.url, { method: 'POST', body: sql });
  if (!response.ok) throw new Error(await response.text());
  return (await response.text()).trim();
}

/** Writes a small batch of two records, one of which is 70 MiB long when decompressed. */
async function writePoisonMessage({ broker, topic }: Cluster, partition: number): Promise<void> {
  const producer = new Kafka({ brokers: [...broker.bootstrap], logLevel: logLevel.NOTHING }).producer();
  await producer.connect();
  const messages = [{ value: 'a' }, { value: Buffer.alloc(70 * 1024 * 1024) }].map((one) => ({
    ...one,
    partition,
  }));
  await producer.send({ topic, messages, compression: CompressionTypes.GZIP });
  await producer.disconnect();
}

/** A record of the topic whose value contains the id, with its partition. */
async function copyOf(cluster: Cluster, id: string) {
  const topic = await connectTopic(topicAt(cluster));
  const found = await new Promise<
    Parameters<Parameters<typeof topic.follow>[0]['take']>[0]['records'][number]
  >((resolve, reject) => {
    const from = Array.from({ length: topic.partitions }, () => 0);
    const take: Parameters<typeof topic.follow>[0]['take'] = async ({ records }) => {
      const record = records.find(({ value }) => value && Buffer.from(value).includes(id));
      if (record) resolve(record);
    };
    topic.follow({ from, take }).catch(reject);
  });
  await topic.close();
  return [found.partition, found] as const;
}
