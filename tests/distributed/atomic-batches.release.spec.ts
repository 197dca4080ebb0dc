import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { recordFigures } from '@tributary/fixtures';
import { connectTopic, partitionOf } from '@tributary/kafka';
import type { Topic } from '@tributary/event-log';
import { brokerUnavailable, startBroker } from '@tributary/test-servers';
import type { Broker } from '@tributary/test-servers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startProcess } from './process-under-test.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { startProduceProxy } from './produce-proxy.fixture.ts';
import type { ProduceProxy } from './produce-proxy.fixture.ts';
import { fact, send } from './requests.fixture.ts';
import type { Sent, Stored } from './requests.fixture.ts';

const missing = brokerUnavailable();
const EVENTS = 'events';
const PARTITIONS = 4;
/** Bytes of the largest batch of records, so that a group of requests needs several. */
const LIMIT = 200_000;
const PER_REQUEST = 40;

/** A run whose stream is in a partition. */
const runIn = (partition: number, round: number): string =>
  Array.from({ length: 100 }, (_, n) => `run-${round}-${n}`).find(
    (id) => partitionOf(Buffer.from(`run/${id}`), PARTITIONS) === partition,
  ) ?? '';

/** An event of about a kilobyte. */
const steps = (runId: string, step: number): Sent =>
  fact(
    'training.steps.recorded',
    {
      runId,
      attempt: 1,
      steps: Array.from({ length: 50 }, (_, index) => step * 50 + index + 1),
      columns: { loss: Array.from({ length: 50 }, (_, index) => 1 / (step * 50 + index + 3)) },
    },
    `${runId}/${step}`,
  );

describe.skipIf(missing)(
  `an ingest that is killed between two requests to the broker${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let broker: Broker;
    let proxy: ProduceProxy | undefined;
    let topic: Topic;
    let ingest: ProcessUnderTest;
    const directory = mkdtempSync(join(tmpdir(), 'tributary-atomic-'));

    beforeAll(async () => {
      broker = await startBroker({
        advertise: async (port) => {
          proxy = await startProduceProxy(port);
          return proxy.port;
        },
      });
      const config = { 'retention.ms': '-1', 'max.message.bytes': String(LIMIT) };
      const access = { brokers: broker.bootstrap, clientId: 'test' };
      const created = { partitions: PARTITIONS, replicas: 1, config };
      topic = await connectTopic({ ...access, topic: EVENTS, create: created });
      const dead = await connectTopic({ ...access, topic: 'dead', create: { ...created, partitions: 1 } });
      await dead.close();
    });
    afterEach(() => ingest?.end('SIGKILL'));
    afterAll(async () => {
      await topic?.close();
      await proxy?.stop();
      await broker?.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    const start = async (): Promise<void> => {
      ingest = await startProcess('ingest', {
        KAFKA_BROKERS: broker.proxied.join(','),
        KAFKA_TOPIC: EVENTS,
        KAFKA_DEAD_LETTERS_TOPIC: 'dead',
        TRIBUTARY_DATA: join(directory, 'ingest'),
        TRIBUTARY_BLOBS: join(directory, 'blobs'),
      });
      await ingest.becomes('ready');
    };
    const written = async (): Promise<number> =>
      (await topic.bounds()).reduce((sum, { end }) => sum + end, 0);
    /** The broker may still append what a dead process has sent it. */
    const writtenAtLast = async (): Promise<number> => {
      let [before, now] = [-1, await written()];
      while (now !== before) {
        await pause(1_000);
        [before, now] = [now, await written()];
      }
      return now;
    };
    /** Sends requests at once to a process that is killed after so many writes. Returns how many records were written. */
    const sendAndKill = async (requests: readonly (readonly Sent[])[], writes: number): Promise<number> => {
      await start();
      const before = await written();
      proxy?.holdAfter(writes, EVENTS, () => void ingest.end('SIGKILL'));
      const answers = await Promise.allSettled(requests.map((events) => send(ingest, events)));
      expect(answers.map(({ status }) => status)).toContain('rejected');
      await ingest.end('SIGKILL');
      proxy?.release();
      return (await writtenAtLast()) - before;
    };

    it('has stored a part of a batch of several streams at most, without an answer, and its retry completes it', async () => {
      const parts: number[] = [];
      for (let writes = 0; writes < PARTITIONS; writes += 1) {
        const batch = [0, 1, 2, 3].flatMap((partition) => {
          const run = runIn(partition, writes);
          return [steps(run, 0), steps(run, 1)];
        });
        const stood = await sendAndKill([batch], writes);
        parts.push(stood);
        await start();
        const retried = await send(ingest, batch);
        expect(retried).toMatchObject({ stored: batch.length - stood, duplicates: stood });
        const again = await send(ingest, batch);
        expect(again).toMatchObject({ stored: 0, duplicates: batch.length, receipts: retried.receipts });
        await ingest.end('SIGTERM');
      }
      /* Two events for each partition that was written. */
      expect(parts).toEqual([0, 2, 4, 6]);
    });

    it('has stored each batch of one stream as a whole or not at all, however requests share batches of records', async () => {
      const requests = Array.from({ length: 12 }, (_, request) =>
        Array.from({ length: PER_REQUEST }, (_, step) => steps(runIn(0, 100), request * PER_REQUEST + step)),
      );
      const whole: number[] = [];
      for (let writes = 0; writes < 4; writes += 1) {
        const round = requests.map((events) => events.map((one) => ({ ...one, id: `${one.id}/${writes}` })));
        await sendAndKill(round, writes);
        await start();
        const retried: Stored[] = [];
        for (const events of round) retried.push(await send(ingest, events));
        for (const { duplicates } of retried) expect([0, PER_REQUEST]).toContain(duplicates);
        whole.push(retried.filter(({ duplicates }) => duplicates > 0).length);
        await ingest.end('SIGTERM');
      }
      expect(whole.some((count) => count > 0 && count < requests.length)).toBe(true);
      recordFigures('batches of one stream', { killed: whole.length, 'stored whole': whole.join(', ') });
    });
  },
);
