import { recordFigures } from '@tributary/fixtures';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KNOWN_ID, POISON_MESSAGE_KINDS, poisonedBatch } from './poison-messages.fixture.ts';
import { removeDirectory, runEnded, startServer, temporaryDirectory } from './server-under-test.fixture.ts';

const RECORDS = 1_000_000;
const BATCH = 5_000;
const CLIENTS = 4;

type Counts = { status: { log: { position: string }; deadLetters: { parked: number } } };

it(`accounts for each of ${RECORDS} records, 1 % of them poison messages of ${POISON_MESSAGE_KINDS.length} kinds`, async () => {
  const directory = temporaryDirectory();
  const server = await startServer(directory);
  await server.record(runEnded(KNOWN_ID));
  let next = 0;
  let poisoned = 0;
  const client = async (): Promise<void> => {
    while (next < RECORDS) {
      const batch = poisonedBatch(next, BATCH);
      next += BATCH;
      poisoned += batch.poisoned;
      const send = () => server.send(batch.body, { query: '?atomic=false' });
      /* A kept connection may close when it is used again; events may be sent twice. */
      const reply = await send().catch(send);
      if (reply.status !== 207) throw new Error(`${reply.status}: ${reply.text.slice(0, 500)}`);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, client));
  const seconds = (performance.now() - started) / 1_000;
  const { status } = await server.ask<Counts>('{ status { log { position } deadLetters { parked } } }');
  expect(poisoned).toBe(RECORDS / 100);
  expect(Number(status.log.position) - 1 + status.deadLetters.parked).toBe(RECORDS);
  expect(status.deadLetters.parked).toBe(poisoned);
  await server.caughtUp();
  const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1_024;
  recordFigures('poison messages', {
    records: RECORDS,
    'dead letters': poisoned,
    clients: CLIENTS,
    'records a second': Math.round(RECORDS / seconds),
    'peak RSS MiB': Math.round(peak),
  });
  await server.end('SIGTERM');
  removeDirectory(directory);
});
