import { expect, it } from 'vitest';
import { serverFaultText } from './caller-text.ts';

it('has the place of the log where the engine speaks, in brackets where it did, and no folder', () => {
  const engine = 'Code: 243. DB::Exception: Cannot reserve 1.00 MiB (x) in /var/lib/a/b. (NOT_ENOUGH_SPACE)';
  const full = { code: 'disk_full', message: `insert: the disk of the tables is full (${engine})` };
  expect(serverFaultText(full)).toBe(
    'insert: the disk of the tables is full (the log of the server says why)',
  );
  const behind = { code: 'tables_behind', message: `the tables are behind; ask again: ${engine}` };
  expect(serverFaultText(behind)).toBe('the tables are behind; ask again: the log of the server says why');
  expect(serverFaultText({ code: 'x', message: 'no room in /var/lib/a/b' })).toBe('no room in …/b');
});
