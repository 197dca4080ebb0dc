import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerIsHere, startBroker } from '@tributary/testkit';
import { afterAll, describe } from 'vitest';
import { describeDeadLetters } from '../dead-letters.suite.ts';
import { newName, topicOf } from './broker-topic.suite.ts';
import { openTopicDeadLetters } from './open-topic-dead-letters.ts';

const missing = brokerIsHere();
const broker = missing === undefined ? await startBroker() : undefined;
afterAll(() => broker?.stop());

describe.skipIf(missing)(`on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  describeDeadLetters('topic', async (options) => {
    const directory = mkdtempSync(join(tmpdir(), 'topic-letters-'));
    const topic = await topicOf(broker?.bootstrap ?? [], newName());
    let letters = await openTopicDeadLetters({ topic, directory, ...options });
    return {
      letters,
      reopen: async () => {
        await letters.close();
        letters = await openTopicDeadLetters({ topic, directory, ...options });
        return letters;
      },
      dispose: async () => {
        await letters.close();
        await topic.close();
        rmSync(directory, { recursive: true });
      },
    };
  });
});
