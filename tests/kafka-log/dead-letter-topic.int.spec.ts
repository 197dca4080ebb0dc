import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deadLetterSink, openTopicDeadLetters } from '@tributary/dead-letters';
import type { SharedDeadLetters } from '@tributary/dead-letters';
import type { Topic } from '@tributary/event-log';
import { connectTopic } from '@tributary/kafka';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import type { SharedBroker } from '@tributary/test-servers';
import { Kafka, logLevel } from 'kafkajs';
import type { Admin } from 'kafkajs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { aRefusal } from '../../libs/adapters/dead-letters/src/refusals.fixture.ts';

const missing = brokerUnavailable();
let broker: SharedBroker;
const closing: (() => Promise<unknown>)[] = [];

const newName = (): string => `dead-letter-topic-${randomUUID()}`;

function aDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'dead-letter-topic-'));
  closing.push(async () => rmSync(directory, { recursive: true }));
  return directory;
}

async function connected(topic: string): Promise<Topic> {
  const create = { partitions: 1, replicas: 1, config: { 'retention.ms': '-1' } };
  const opened = await connectTopic({ brokers: broker.bootstrap, clientId: 'test', topic, create });
  closing.push(() => opened.close());
  return opened;
}

/** The dead letters as an api opens them. */
async function opened(name: string, directory = aDirectory()): Promise<SharedDeadLetters> {
  /* An old copy answers where the topic is not read in time, and a busy machine takes long. */
  const options = { directory, timeoutMs: 300_000 };
  const deadLetters = await openTopicDeadLetters({ topic: await connected(name), ...options });
  closing.push(() => deadLetters.close());
  return deadLetters;
}

const park = async (name: string, ...texts: string[]): Promise<unknown> =>
  deadLetterSink({ topic: await connected(name) }).park(texts.map((text) => aRefusal(text)));

async function withAdmin(work: (admin: Admin) => Promise<unknown>): Promise<void> {
  const admin = new Kafka({ brokers: [...broker.bootstrap], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await work(admin).finally(() => admin.disconnect());
}

/** Deletes a topic and makes it again, as an operator does. */
async function recreate(name: string): Promise<void> {
  await withAdmin(async (admin) => {
    await admin.deleteTopics({ topics: [name] });
    await expect.poll(async () => (await admin.listTopics()).includes(name)).toBe(false);
  });
  await connected(name);
}

/** Removes the records before an offset, as retention does. */
const expire = (name: string, before: number): Promise<void> =>
  withAdmin(async (admin) => {
    /* kafkajs looks for leaders among the topics that it has been asked about. */
    await admin.fetchTopicOffsets(name);
    await admin.deleteTopicRecords({ topic: name, partitions: [{ partition: 0, offset: String(before) }] });
  });

describe.skipIf(missing)(`the copy of dead letters${missing ? `, skipped: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    broker = await sharedBroker();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  it('is refused by a topic that has another record where it ends, whatever was written to it since', async () => {
    const name = newName();
    const directory = aDirectory();
    const before = await opened(name, directory);
    await before.park([aRefusal('{'), aRefusal('[')]);
    await expect.poll(() => before.counts().parked).toBe(2);
    await before.close();
    await recreate(name);
    await park(name, '1', '2', '3');
    await expect(opened(name, directory)).rejects.toMatchObject({
      code: 'dead_letters_other_topic',
      message: expect.stringContaining('another record at offset 1'),
    });
    expect((await opened(name)).counts()).toMatchObject({ parked: 3 });
  });

  it('takes nothing from a topic that was created again while its process runs, and has outgrown it', async () => {
    const name = newName();
    const deadLetters = await opened(name);
    await deadLetters.park([aRefusal('{'), aRefusal('[')]);
    await expect.poll(() => deadLetters.counts().parked).toBe(2);
    await recreate(name);
    await park(name, '1', '2', '3');
    await expect.poll(() => deadLetters.dead()).toMatchObject({ code: 'dead_letters_other_topic' });
    expect(deadLetters.counts()).toMatchObject({ parked: 2 });
  });

  it('has what is left of a topic that has lost its beginning, and says what it lacks, also after a restart; one that has folded that before has all', async () => {
    const name = newName();
    const directory = aDirectory();
    const first = await opened(name, directory);
    await first.park([aRefusal('{'), aRefusal('['), aRefusal('"')]);
    await expect.poll(() => first.counts().parked).toBe(3);
    await first.close();
    await expire(name, 2);
    const lacking = {
      code: 'dead_letters_truncated',
      message: expect.stringContaining(
        `topic ${name} has lost records before this process read them (2 of partition 0)`,
      ),
    };
    const newDirectory = aDirectory();
    const late = await opened(name, newDirectory);
    expect(late.counts()).toMatchObject({ parked: 1 });
    expect(late.truncated()).toMatchObject(lacking);
    await park(name, '4');
    await expect.poll(() => late.counts()).toMatchObject({ parked: 2 });
    await late.close();
    const again = await opened(name, directory);
    expect(again.counts()).toMatchObject({ parked: 4 });
    expect(again.truncated()).toBeUndefined();
    expect((await opened(name, newDirectory)).truncated()).toMatchObject(lacking);
  });

  it('is made from a topic all of whose records were removed, and has those that come later', async () => {
    const name = newName();
    await park(name, '1', '2');
    await expire(name, 2);
    const deadLetters = await opened(name);
    expect(deadLetters.counts()).toMatchObject({ parked: 0 });
    const [id = ''] = await deadLetters.park([aRefusal('3')]);
    await expect.poll(() => deadLetters.counts().parked).toBe(1);
    await deadLetters.discard(id, { actor: 'mara', reason: 'seen to' });
    expect(deadLetters.truncated()).toMatchObject({ message: expect.stringContaining('2 of partition 0') });
  });
});
