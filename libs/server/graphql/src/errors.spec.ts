import { Fault, underSignal } from '@tributary/kernel';
import { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { graphqlError, writtenAnswer } from './errors.ts';

/** Their own texts name no addresses. */
const OPEN = new Set(['table_damaged', 'tables_behind', 'disk_full']);

const formatted = { message: 'as thrown', path: ['runs'], extensions: { stacktrace: ['at secret.ts'] } };

it('keeps the message and the code of a fault, and nothing else of it', () => {
  const fault = new Fault('tables_behind', 'the tables are at 3', { retryable: true });
  expect(graphqlError(formatted, fault)).toEqual({
    message: 'the tables are at 3',
    path: ['runs'],
    extensions: { code: 'tables_behind' },
  });
});

it.each([
  'engine_refused',
  'engine_unreachable',
  'credentials_refused',
  'not_clickhouse',
  'query_overdue',
  'part_damaged',
  'table_damaged',
  'tables_behind',
  'disk_full',
  'unexpected_row',
  'attribution_unreachable',
  'attribution_failed',
  'attribution_older',
  'dead_letters_missing',
  'folder_unmarked',
])('says of the fault %s what it is, and nothing of the machine or of what the engine said', (code) => {
  const text = 'at /var/lib/secret/part.bin, http://secret:8123 (Code: 62. DB::Exception: SELECT secret)';
  const shown = graphqlError(
    formatted,
    new Fault(code, OPEN.has(code) ? text.replace('http://secret:8123', '') : text),
  );
  expect(shown.extensions).toEqual({ code });
  expect(shown.message).not.toMatch(/secret|DB::Exception/);
  expect(shown.message.length).toBeGreaterThan(20);
});

it('leaves what a caller has named as it is', () => {
  const fault = new Fault('unknown_run', 'no run /scratch/ada/run-1');
  expect(graphqlError(formatted, fault).message).toBe('no run /scratch/ada/run-1');
});

it('names the limit that a question has met', () => {
  const met = { limit: 'queryBytes', value: 7, key: 'TRIBUTARY_QUERY_BYTES' };
  const fault = new Fault('query_memory', 'too much', { met });
  expect(graphqlError(formatted, fault).extensions).toEqual({
    code: 'query_memory',
    ...met,
    retryable: false,
  });
});

it('hides the text of an unforeseen error', () => {
  const shown = graphqlError(formatted, new TypeError('a secret of the server'));
  expect(shown).toEqual({
    message: 'the query failed; the log of the server says why',
    path: ['runs'],
    extensions: { code: 'fault' },
  });
});

it('keeps what graphql says of a wrong query', () => {
  const wrong = { message: 'Cannot query field "colour" on type "Run".' };
  expect(graphqlError(wrong, new GraphQLError(wrong.message))).toEqual(wrong);
});

it('names the present name of one that was renamed', () => {
  const wrong = { message: 'Cannot query field "reading" on type "Effect".' };
  expect(graphqlError(wrong, new GraphQLError(wrong.message))).toEqual({
    message: 'Effect.reading is now interpretation (docs/upgrading.md)',
    extensions: { code: 'renamed_field', before: 'Effect.reading', now: 'interpretation' },
  });
});

it('refuses with 503 an answer whose time passes while it is written, and says so', async () => {
  const waiting = new AbortController();
  const overdue = new Fault('question_overdue', 'not answered within 1 s', { retryable: true });
  waiting.abort(overdue);
  const rows = Array.from({ length: 10_000 }, (_, row) => ({ row }));
  const thrown: unknown = await underSignal(waiting.signal, () => writtenAnswer({ rows })).catch(
    (cause: unknown) => cause,
  );
  expect(thrown).toMatchObject({ extensions: { http: { status: 503 } } });
  expect(graphqlError(formatted, thrown)).toMatchObject({
    message: 'not answered within 1 s',
    extensions: { code: 'question_overdue' },
  });
});
