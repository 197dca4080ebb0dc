import { writeSync } from 'node:fs';
import { openLmdbLog } from './lmdb-log.ts';
import { isConflict } from './receipt.ts';

/**
 * Run as a process: appends from eight clients, every third batch twice, and prints `id position` of what is acknowledged,
 * until it is killed or the log fails. Arguments: directory, first number.
 */
const [directory = '', first = '0'] = process.argv.slice(2);
const log = await openLmdbLog({ directory });
let next = Number(first);

async function client(): Promise<void> {
  for (;;) {
    const size = 1 + (next % 7);
    const events = Array.from({ length: size }, () => {
      const id = `01920000-0000-7000-8000-${(next += 1).toString(16).padStart(12, '0')}`;
      return {
        source: 'client',
        id,
        type: 'a.b.c',
        stream: `s/${next % 5}`,
        bytes: Buffer.from(`{"id":"${id}"}`.repeat(20)),
      };
    });
    for (let tries = next % 3 === 0 ? 2 : 1; tries > 0; tries -= 1) {
      const appended = await log.append(events, { atomic: true });
      if (!appended.ok) throw new Error('conflict');
      const lines = appended.receipts.map((receipt) =>
        isConflict(receipt) ? '' : `${receipt.id} ${receipt.position}\n`,
      );
      writeSync(1, lines.join(''));
    }
  }
}

try {
  await Promise.all(Array.from({ length: 8 }, client));
} catch (error) {
  const again = await log.append([], { atomic: true }).catch((fault: unknown) => fault);
  const code = (fault: unknown): string =>
    fault instanceof Error && 'code' in fault ? String(fault.code) : 'none';
  writeSync(1, `failed ${code(error)} ${code(again)}\n`);
  process.exit(70);
}
