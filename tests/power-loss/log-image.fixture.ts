import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openBlobs, referencedDigest } from '@tributary/blobs';
import { openDeadLetters } from '@tributary/dead-letters';
import { openLmdbLog } from '@tributary/event-log';
import type { RecordedEvent } from '@tributary/event-log';
import { START } from '@tributary/kernel';
import type { Acknowledgement } from './acknowledgements.fixture.ts';

/** The folders of a data directory that nothing can fill again. */
export const KEPT = ['log', 'blobs', 'dead-letters'];

/** All events of the log in a data directory. Throws the faults of the log, and an Error where it is not whole. */
export async function eventsIn(directory: string): Promise<RecordedEvent[]> {
  const log = await openLmdbLog({ directory: join(directory, 'log'), recentBytes: 0 });
  try {
    const verified = await log.verify();
    if (!verified.ok) throw new Error(`the log differs at ${verified.at}: ${verified.detail}`);
    const events: RecordedEvent[] = [];
    for (let after = START; ;) {
      const some = await log.read({ after, limit: 10_000, maxBytes: 64 * 1024 ** 2 });
      const last = some.at(-1);
      if (!last) return events;
      events.push(...some);
      after = last.position;
    }
  } finally {
    await log.close();
  }
}

/**
 * What a data directory has lost or changed of what was acknowledged, in words; nothing where it keeps its promise.
 * `written` are the events of the log that the recorded process left.
 */
export async function lossesIn(
  directory: string,
  acknowledged: readonly Acknowledgement[],
  written: readonly RecordedEvent[],
): Promise<string[]> {
  const events = await eventsIn(directory).catch((fault: unknown) => String(fault));
  if (typeof events === 'string') return [events];
  const losses = events.flatMap((event, index) =>
    event.hash === written[index]?.hash && event.id === written[index].id
      ? []
      : [`the event at ${event.position} is another one`],
  );
  for (const { id, position, hash } of acknowledged.flatMap(({ receipts }) => receipts)) {
    const event = events[Number(position) - 1];
    if (event?.id !== id || event.hash !== hash) losses.push(`event ${id} at ${position} is lost`);
  }
  return [
    ...losses,
    ...(await lostBlobs(directory, events)),
    ...(await lostDeadLetters(directory, acknowledged)),
  ];
}

async function lostBlobs(directory: string, events: readonly RecordedEvent[]): Promise<string[]> {
  const blobs = openBlobs(join(directory, 'blobs'));
  const digests = events.flatMap(
    ({ bytes }) => referencedDigest(JSON.parse(Buffer.from(bytes).toString())) ?? [],
  );
  const losses = digests.map(async (digest) => {
    const found = await blobs.read(digest).catch((fault: unknown) => String(fault));
    return Buffer.isBuffer(found) ? [] : [`blob ${digest}: ${found ?? 'lost'}`];
  });
  return (await Promise.all(losses)).flat();
}

async function lostDeadLetters(
  directory: string,
  acknowledged: readonly Acknowledgement[],
): Promise<string[]> {
  const ids = acknowledged.flatMap(({ deadLetters }) => deadLetters);
  if (ids.length === 0 && !existsSync(join(directory, 'dead-letters'))) return [];
  const store = await openDeadLetters(join(directory, 'dead-letters'));
  const lost: string[] = [];
  for (const id of ids) if (!(await store.get(id))?.bytes) lost.push(`dead letter ${id} is lost`);
  await store.close();
  return lost;
}
