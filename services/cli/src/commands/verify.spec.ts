import { readFileSync } from 'node:fs';
import { positionFromText } from '@tributary/kernel';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { verifiedText } from './verify.ts';

const schema = new URL('../../../../schemas/answers/verify.json', import.meta.url);
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

it('is a verification, whichever part diverges, and the text names the first divergence', () => {
  const log = { events: 2, streams: 1, head: '2', divergence: null };
  const blobs = {
    blobs: 3,
    missing: 1,
    damaged: 0,
    notKept: 0,
    divergence: 'blob 1f of the event at 2 is missing',
  };
  const tables = { rows: 9, position: positionFromText('2'), divergence: null };
  const verified = { ok: false, log, blobs, tables, divergence: blobs.divergence };
  expect(isAnswer(verified)).toBe(true);
  expect(verifiedText(verified).split('\n')).toEqual([
    'log     2 events in 1 streams have their recorded hashes',
    'blobs   DIVERGE: 0 of 3 damaged, 1 missing',
    'tables  9 rows are those that were inserted, up to position 2',
    '',
    'blob 1f of the event at 2 is missing',
  ]);
  const damaged = { ...log, head: null, divergence: 'the log is damaged' };
  const unread = { ok: false, log: damaged, blobs: null, tables: null, divergence: damaged.divergence };
  expect(isAnswer(unread)).toBe(true);
  expect(verifiedText(unread)).toContain('tables  not read\n\nthe log is damaged');
});
