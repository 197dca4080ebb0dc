import { Fault } from '@tributary/kernel';
import { openLmdbLog } from './lmdb-log.ts';

/** Opens the log of a directory in a process of its own, which a full disk may kill, and says what became of it. */
const [directory = ''] = process.argv.slice(2);
try {
  const log = await openLmdbLog({ directory });
  const verified = await log.verify();
  await log.close();
  console.log(verified.ok ? `${verified.events} events` : verified.divergence);
} catch (error) {
  console.log(error instanceof Fault ? error.code : error);
}
