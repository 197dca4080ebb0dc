import { expect, it } from 'vitest';
import { isReadByOlder, readsOlder } from './generative.ts';
import type { Schema } from './schema.ts';

const fact = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const older = fact({ text: { type: 'string', maxLength: 4 }, count: { type: 'integer' } }, ['text']);

it.each([
  [
    'a property becomes required',
    fact({ text: { type: 'string' }, count: { type: 'integer' } }, ['text', 'count']),
  ],
  ['a property that is gone', fact({ text: { type: 'string' } }, ['text'])],
  [
    'a count must be positive',
    fact({ text: { type: 'string' }, count: { type: 'integer', minimum: 1 } }, ['text']),
  ],
  [
    'a string must match a pattern',
    fact({ text: { type: 'string', pattern: '^a' }, count: { type: 'integer' } }, ['text']),
  ],
])('finds old instances that a newer version refuses: %s', (_change, newer) => {
  expect(() => readsOlder(older, newer, 100)).toThrow(/Property failed/);
});

it.each([
  ['a property that is no longer required', fact({ text: { type: 'string' }, count: { type: 'integer' } })],
  ['a count that became a number', fact({ text: { type: 'string' }, count: { type: 'number' } }, ['text'])],
])('finds new instances that a reader of the older version cannot take: %s', (_change, newer) => {
  expect(() => isReadByOlder(older, newer, 100)).toThrow(/Property failed/);
});

it('lets a reader of the older version ignore unknown properties and accept longer strings', () => {
  const newer = fact(
    { text: { type: 'string', maxLength: 20 }, count: { type: 'integer' }, more: { type: 'string' } },
    ['text'],
  );
  readsOlder(older, newer, 100);
  isReadByOlder(older, newer, 100);
});
