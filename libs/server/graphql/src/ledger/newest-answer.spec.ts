import type { SqlReader } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { answersTo } from './newest-answer.ts';

/** A reader of a table with so many answers, which reads as many as a query asks for. */
function readerOf(count: number): { readonly reader: SqlReader; readonly as_of: number[] } {
  const rows = Array.from({ length: count }, (_, evidence) => ({ answer_id: `a${evidence}`, evidence }));
  const all: SqlReader['all'] = async (query, params) =>
    rows.slice(0, Number(params['first'])).map((row) => Object.assign(Object.create(query), row));
  return { reader: { all }, as_of: [count] };
}

it('reads every answer to some questions, or refuses them, but never the first ones for all', async () => {
  expect(await answersTo(['q'], readerOf(3), 3)).toHaveLength(3);
  expect(await answersTo(['q'], readerOf(100_000))).toHaveLength(100_000);
  const refusal = { code: 'too_many_rows', message: expect.stringContaining('more than 3 answers') };
  await expect(answersTo(['q'], readerOf(4), 3)).rejects.toMatchObject(refusal);
  await expect(answersTo(['q'], readerOf(100_001))).rejects.toMatchObject({ code: 'too_many_rows' });
});
