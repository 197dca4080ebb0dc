import { memoryLog } from '@tributary/event-log';
import { aFact, anEvent } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { importProjection, isOfOtherLog } from './imports.ts';

const ID = 'import-1';
const start = { importId: ID, paths: ['runs'], program: 'test' };

async function logWith(ids: readonly string[]) {
  const log = memoryLog();
  for (const id of ids) await log.append([anEvent('lineage.import.started', id, start)], { atomic: true });
  return log;
}

const withdrawn = (began: string) =>
  aFact('lineage.import.withdrawn', { importId: ID, began, stored: [], reason: 'wrong', actor: 'kim' });

it('makes rows only in the log that has the start where the fact says', async () => {
  expect(await isOfOtherLog(withdrawn('2'), 3, await logWith(['another', ID]))).toBe(false);
  expect(await isOfOtherLog(withdrawn('2'), 1, await logWith(['another', ID]))).toBe(true);
  expect(await isOfOtherLog(withdrawn('2'), 3, await logWith([ID]))).toBe(true);
  expect(await isOfOtherLog(withdrawn('1'), 3, await logWith(['another']))).toBe(true);
  expect(await isOfOtherLog(aFact('lineage.import.started', start), 3, await logWith([]))).toBe(false);
});

it('names what an import added and repeated, by positions of any partition', () => {
  const part = {
    importId: ID,
    began: '2:7',
    part: 1,
    stored: [{ first: '3', last: '5' }],
    repeated: [{ first: '1:2', last: '1:2' }],
    announced: [],
  };
  const rows = importProjection.project(aFact('lineage.import.progressed', part), {
    _position: 9,
    recorded_at: 1,
  });
  const other = 2 ** 40 + 2;
  expect(rows).toMatchObject({
    log_import_part: [
      { began: 2 * 2 ** 40 + 7, stored: [{ first: 3, last: 5 }], repeated: [{ first: other, last: other }] },
    ],
  });
});
