import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import { describe } from 'vitest';
import { describeDeadLetters } from '../dead-letters.suite.ts';
import { newName, topicOf } from './broker-topic.fixture.ts';
import { openTopicDeadLetters } from './open-topic-dead-letters.ts';

const missing = brokerUnavailable();
const broker = missing === undefined ? await sharedBroker() : undefined;

describe.skipIf(missing)(`on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  describeDeadLetters('topic', async (options) => {
    const directory = mkdtempSync(join(tmpdir(), 'topic-dead-letters-'));
    const topic = await topicOf(broker?.bootstrap ?? [], newName());
    let deadLetters = await openTopicDeadLetters({ topic, directory, ...options });
    return {
      deadLetters,
      reopen: async () => {
        await deadLetters.close();
        deadLetters = await openTopicDeadLetters({ topic, directory, ...options });
        return deadLetters;
      },
      dispose: async () => {
        await deadLetters.close();
        await topic.close();
        rmSync(directory, { recursive: true });
      },
    };
  });
});
