import { mkdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openLmdbLog } from '@tributary/event-log';
import { systemClock } from '@tributary/kernel';
import { openWitness } from './witness.ts';

/**
 * Run as a process: appends an event every few milliseconds under a witness that looks as often, and prints the position of
 * each that is acknowledged, until it is killed or so many are there. Arguments: data directory, witness, number of events.
 */
const [directory = '', file = '', count = 'Infinity'] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
const log = await openLmdbLog({ directory: join(directory, 'log') });
const parts = { directory, log, clock: systemClock, report: () => undefined, interval: 3 };
const witness = await openWitness(file, parts);
for (let n = Number(log.head()) + 1; n <= Number(count); n += 1) {
  const bytes = Buffer.from(JSON.stringify({ n }));
  const event = { source: 'urn:test', id: `event-${n}`, type: 'a.b.c', stream: 'stream', bytes };
  await log.append([event], { atomic: true });
  writeSync(1, `${JSON.stringify({ position: n })}\n`);
  await pause(2);
}
await witness.close();
await log.close();
