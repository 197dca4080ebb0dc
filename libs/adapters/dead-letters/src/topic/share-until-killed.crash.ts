import { writeSync } from 'node:fs';
import { topicOf } from './broker-topic.fixture.ts';
import { openTopicDeadLetters } from './open-topic-dead-letters.ts';
import { aRefusal } from '../refusals.fixture.ts';

/**
 * Run as a process: parks in a topic from four clients, some inputs repeatedly, and prints the acknowledged ids until it
 * is killed. Arguments: directory, address of a broker, topic, first number.
 */
const [directory = '', broker = '', name = '', first = '0'] = process.argv.slice(2);
const deadLetters = await openTopicDeadLetters({ topic: await topicOf([broker], name), directory });
let next = Number(first);

async function client(): Promise<void> {
  for (;;) {
    const texts = Array.from({ length: 1 + (next % 5) }, () => `{"n":${(next += 1)},`);
    const ids = await deadLetters.park([...texts, '{', `{${next % 7}`].map((text) => aRefusal(text)));
    writeSync(1, ids.map((id) => `${id}\n`).join(''));
  }
}

await Promise.all(Array.from({ length: 4 }, client));
