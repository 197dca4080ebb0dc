import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openLmdbLog } from './lmdb-log.ts';
import { anEvent } from './log-under-test.fixture.ts';

/** Appends an event every few milliseconds and prints the position of each that is acknowledged, until it is killed. */
const [directory = ''] = process.argv.slice(2);
const log = await openLmdbLog({ directory });
for (let n = Number(log.head()) + 1; ; n += 1) {
  await log.append([anEvent({ id: `event ${n}` })], { atomic: true });
  writeSync(1, `${n}\n`);
  await pause(2);
}
