import { Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { noticeDamage } from './damaged-parts.ts';

const shape = { parse: (value: unknown) => value as never };
const anyQuery: Parameters<SqlReader['all']>[0] = { name: 'runs', sql: '', params: shape, row: shape };
const failing = (code: string, text: string): SqlReader => ({
  all: () => Promise.reject(new Fault(code, text)),
});

it('says once to the tables, and to the question, that a part cannot be read', async () => {
  const damage = noticeDamage(failing('part_damaged', 'query runs: Code: 246. Empty marks file /data/x'));
  const next = damage.next();
  await expect(damage.reader.all(anyQuery, {})).rejects.toMatchObject({
    code: 'table_damaged',
    retryable: true,
    message: 'runs: a part of the tables cannot be read; they are filled again from the log, so ask again',
  });
  expect(await next).toBe('a part cannot be read (runs)');
});

it('leaves other refusals of the engine as they are', async () => {
  const damage = noticeDamage(
    failing('engine_refused', "query runs: Code: 62. Syntax error at 'Code: 246. '"),
  );
  await expect(damage.reader.all(anyQuery, {})).rejects.toMatchObject({ code: 'engine_refused' });
});
