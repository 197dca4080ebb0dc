import { mkdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openLmdbLog } from './lmdb-log.ts';
import type { Appended, EventLog } from './event-log.ts';
import { isConflict } from './receipt.ts';
import { historyFrom } from './random-history.fixture.ts';
import type { HistoryAppend } from './random-history.fixture.ts';

/**
 * Run as a process until it is done or killed: plays histories, each into a log of its own, and prints a line of JSON
 * for every answer. Arguments: directory, first history, end, and the number of answered appends of the first one by client.
 */
const [directory = '', first = '0', end = '0', answered = '[]'] = process.argv.slice(2);

const received = (appended: Appended, { events }: HistoryAppend) =>
  appended.ok
    ? appended.receipts.map((receipt) =>
        isConflict(receipt) ? 'conflict' : { position: receipt.position, sequence: receipt.streamSequence },
      )
    : events.map(() => 'refused');

type Part = { readonly history: number; readonly client: number; readonly from: number };

async function play(log: EventLog, appends: readonly HistoryAppend[], { history, client, from }: Part) {
  for (const [index, request] of appends.entries()) {
    if (index < from) continue;
    const appended = await log.append(request.events, { atomic: request.atomic });
    writeSync(1, `${JSON.stringify({ history, client, index, received: received(appended, request) })}\n`);
  }
}

let resumed: number[] = JSON.parse(answered);
for (let history = Number(first); history < Number(end); history += 1) {
  const path = join(directory, String(history));
  mkdirSync(path, { recursive: true });
  const log = await openLmdbLog({ directory: path });
  const from = resumed;
  await Promise.all(
    historyFrom(history).map((appends, client) =>
      play(log, appends, { history, client, from: from[client] ?? 0 }),
    ),
  );
  await log.close();
  resumed = [];
  writeSync(1, `${JSON.stringify({ history, done: true })}\n`);
}
