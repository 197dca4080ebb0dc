import { Fault } from '@tributary/kernel';
import { GraphQLError } from 'graphql';
import { expect, it } from 'vitest';
import { graphqlError } from './errors.ts';

const formatted = { message: 'as thrown', path: ['runs'], extensions: { stacktrace: ['at secret.ts'] } };

it('keeps the message and the code of a fault, and nothing else of it', () => {
  const fault = new Fault('tables_behind', 'the tables are at 3', { retryable: true });
  expect(graphqlError(formatted, fault)).toEqual({
    message: 'the tables are at 3',
    path: ['runs'],
    extensions: { code: 'tables_behind' },
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
