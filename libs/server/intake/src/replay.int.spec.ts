import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import { openDeadLetters } from '@tributary/dead-letters';
import type { DeadLetters } from '@tributary/dead-letters';
import { openLmdbLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { systemClock } from '@tributary/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { replay } from './replay.ts';

const directory = mkdtempSync(join(tmpdir(), 'tributary-replay-'));
let log: EventLog;
let deadLetters: DeadLetters;
beforeAll(async () => {
  log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  deadLetters = await openDeadLetters(join(directory, 'dead-letters'));
});
afterAll(async () => {
  await deadLetters.close();
  await log.close();
  rmSync(directory, { recursive: true });
});

const ended = (id: string, status = 'completed') =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: 'urn:test',
    type: 'training.run.ended',
    data: { runId: id, attempt: 1, status, lastStep: 1 },
  });

async function parked(endpoint: string, text: string): Promise<string> {
  const refusal = { code: 'invalid_json', message: 'not JSON', pointer: '', bytes: Buffer.from(text) };
  const [id = ''] = await deadLetters.park([
    { endpoint, contentType: 'application/cloudevents+json', ...refusal },
  ]);
  return id;
}

const send = (id: string, fixed?: string) => {
  const endpoint = {
    log,
    blobs: openBlobs(join(directory, 'blobs')),
    deadLetters,
    engine: { reader: { all: () => Promise.resolve([]) } },
    projector: { reached: () => Promise.resolve() },
  };
  return replay(endpoint, id, { actor: 'mara', fixed });
};

it.each(['POST /v1/events', 'kafka tributary.events'])(
  'appends the corrected event of %s',
  async (endpoint) => {
    const id = await parked(endpoint, `{${endpoint}`);
    expect(await send(id, ended(`fixed-${endpoint.length}`))).toMatchObject({ state: 'replayed' });
  },
);

it('keeps a dead letter parked that is refused again', async () => {
  const head = log.head();
  const id = await parked('POST /v1/events', ended('bad', 'no status'));
  expect(await send(id)).toMatchObject({ state: 'parked' });
  expect(log.head()).toBe(head);
});

it('refuses an endpoint that it does not know', async () => {
  const id = await parked('constructor', '{}');
  await expect(send(id)).rejects.toMatchObject({ code: 'dead_letter_not_replayable' });
});
