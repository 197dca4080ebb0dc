import { writeSync } from 'node:fs';
import { openDeadLetters } from './open-dead-letters.ts';

/**
 * Run as a process: parks from four clients and prints `id text` of what is acknowledged, until it is killed.
 * Arguments: directory, first number.
 */
const [directory = '', first = '0'] = process.argv.slice(2);
const deadLetters = await openDeadLetters(directory);
let next = Number(first);

async function client(): Promise<void> {
  for (;;) {
    const texts = Array.from({ length: 1 + (next % 5) }, () => `{"n":${(next += 1)},`);
    const ids = await deadLetters.park(
      texts.map((text) => ({
        endpoint: 'POST /v1/events',
        contentType: 'application/cloudevents+json',
        bytes: Buffer.from(text),
        code: 'invalid_json',
        message: 'not JSON',
        pointer: '',
      })),
    );
    writeSync(1, ids.map((id, index) => `${id} ${texts[index] ?? ''}\n`).join(''));
  }
}

await Promise.all(Array.from({ length: 4 }, client));
