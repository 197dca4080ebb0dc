import type { SqlReader } from '@tributary/kernel';
import { array, asyncProperty, assert, constantFrom, integer, record } from 'fast-check';
import { expect, it } from 'vitest';
import { laterAnswers } from './newest-answer.ts';
import type { KeptRow } from './newest-answer.ts';

type Answer = { readonly question_id: string; readonly input_position: string };

/** Answers at positions 1, 2, 3 and so on. */
const rowsOf = (answers: readonly Answer[]): KeptRow[] =>
  answers.map((answer, index) => ({
    ...answer,
    answer_id: `a${index + 1}`,
    question: '',
    estimator: '',
    estimator_version: '1',
    result_digest: '',
    evidence: index + 1,
  }));

/** A reader of a table with these answers, which reads those of the questions after a position, as many as a query asks for. */
function recorded(rows: readonly KeptRow[]): { readonly reader: SqlReader; readonly as_of: number[] } {
  const all: SqlReader['all'] = async (query, { after, first, question_ids }) =>
    rows
      .filter(
        ({ evidence, question_id }) => evidence > Number(after) && String(question_ids).includes(question_id),
      )
      .slice(0, Number(first))
      .map((row) => query.row.parse(row));
  return { reader: { all }, as_of: [rows.length] };
}

const answer = record({
  question_id: constantFrom('p', 'q'),
  input_position: integer({ min: 0, max: 5 }).map(String),
});

it('finds the newest later answer of each, in however many pages the answers are read', async () => {
  await assert(
    asyncProperty(array(answer, { maxLength: 12 }), integer({ min: 1, max: 5 }), async (answers, size) => {
      const rows = rowsOf(answers);
      const later = await laterAnswers(rows, recorded(rows), size);
      for (const row of rows) {
        const age = ({ input_position, evidence }: KeptRow) => Number(input_position) * 100 + evidence;
        const same = rows.filter(({ question_id }) => question_id === row.question_id);
        const [newest] = same.toSorted((one, other) => age(other) - age(one));
        expect(later.get(row.answer_id)).toEqual(newest === row ? undefined : newest);
      }
    }),
    { seed: 25, numRuns: 300 },
  );
});

it('reads an answer to a question with more answers than are read at once', async () => {
  const count = 100_001;
  const rows = rowsOf(Array.from({ length: count }, () => ({ question_id: 'q', input_position: '5' })));
  const later = await laterAnswers(rows.slice(0, 1), recorded(rows));
  expect(later.get('a1')?.answer_id).toBe(`a${count}`);
});
