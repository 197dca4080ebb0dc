import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { dataReference, openBlobs } from '@tributary/blobs';
import { isConflict, openLmdbLog } from '@tributary/event-log';

/**
 * Run as a process: writes events to the log of a data directory, every tenth with a blob that is stored before, and
 * prints `id position` of what is acknowledged, until it is killed. Argument: the directory.
 */
const [directory = ''] = process.argv.slice(2);
const log = await openLmdbLog({ directory: join(directory, 'log') });
const blobs = openBlobs(join(directory, 'blobs'));
for (const name of ['blobs', 'dead-letters']) {
  mkdirSync(join(directory, name, 'log-id'), { recursive: true });
  closeSync(openSync(join(directory, name, 'log-id', log.logId), 'a'));
  await log.folders.add(name);
}
let next = 0;

async function client(): Promise<void> {
  for (;;) {
    const number = (next += 1);
    const id = `event-${number}`;
    const large = Buffer.from(`{"text":"${String(number).repeat(2_000)}"}`);
    const data = number % 10 === 0 ? await reference(large) : { data: { number } };
    const bytes = Buffer.from(JSON.stringify({ id, source: 'client', ...data }));
    const event = { source: 'client', id, type: 'a.b.c', stream: `s/${number % 3}`, bytes };
    const appended = await log.append([event], { atomic: true });
    if (!appended.ok) throw new Error('conflict');
    for (const receipt of appended.receipts)
      if (!isConflict(receipt)) writeSync(1, `${receipt.id} ${receipt.position}\n`);
    await pause(10);
  }
}

async function reference(bytes: Buffer): Promise<object> {
  const { sha256 } = await blobs.put(bytes);
  return dataReference(sha256, bytes.length);
}

await Promise.all(Array.from({ length: 4 }, client));
