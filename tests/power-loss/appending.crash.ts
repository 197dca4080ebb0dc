import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { dataReference, openBlobs } from '@tributary/blobs';
import { openLmdbLog } from '@tributary/event-log';

/**
 * Run as a process: appends from four clients, every fifth event with a blob, and prints a line of JSON for what is
 * acknowledged. Arguments: data directory, number of batches of each client.
 */
const [directory = '', batches = '1'] = process.argv.slice(2);
const log = await openLmdbLog({ directory: join(directory, 'log') });
const blobs = openBlobs(join(directory, 'blobs'));
let made = 0;

async function anEvent() {
  const id = `event-${(made += 1)}`;
  const bytes = Buffer.from(JSON.stringify({ text: id.repeat(made % 700) }));
  const content =
    made % 5 === 0
      ? dataReference((await blobs.put(bytes)).sha256, bytes.length)
      : { data: bytes.toString() };
  const stream = `stream/${made % 3}`;
  return {
    source: 'client',
    id,
    type: 'a.b.c',
    stream,
    bytes: Buffer.from(JSON.stringify({ id, ...content })),
  };
}

async function client(): Promise<void> {
  for (let batch = 0; batch < Number(batches); batch += 1) {
    const events = await Promise.all(Array.from({ length: 1 + (made % 4) }, anEvent));
    const appended = await log.append(events, { atomic: true });
    if (!appended.ok) throw new Error('conflict');
    writeSync(1, `${JSON.stringify({ receipts: appended.receipts })}\n`);
  }
}

await Promise.all(Array.from({ length: 4 }, client));
await log.close();
