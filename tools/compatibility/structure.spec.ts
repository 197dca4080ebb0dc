import { expect, it } from 'vitest';
import { breaches } from './structure.ts';
import type { Schema } from './schema.ts';

const closed = (properties: Record<string, Schema>, required: string[] = [], more: Schema = {}): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
  ...more,
});
const text = { type: 'string', minLength: 1, maxLength: 10 };
const count = { type: 'integer', minimum: 0, maximum: 100 };
const kind = { type: 'string', enum: ['a', 'b'] };
const open = { ...kind, 'x-unknown-branch': true };
const slice = { type: 'string', pattern: '^[a-z]+$' };
const bytes = { type: 'number', 'x-unit': 'byte' };

const older = closed(
  { text, count, kind, open, slice, bytes, list: { type: 'array', items: closed({ text }), maxItems: 3 } },
  ['text'],
);
const changed = (properties: Record<string, Schema>, required = ['text'], more: Schema = {}): Schema =>
  closed({ ...(older['properties'] as Record<string, Schema>), ...properties }, required, more);
const without = (name: string): Schema => {
  const properties = { ...(older['properties'] as Record<string, Schema>) };
  delete properties[name];
  return closed(properties, ['text']);
};

it.each([
  ['nothing', older],
  ['an optional property', changed({ extra: { type: 'string' } })],
  ['a longer text', changed({ text: { ...text, maxLength: 20 } })],
  ['a text of any length', changed({ text: { type: 'string', minLength: 1 } })],
  ['a value of an enumeration with an unknown branch', changed({ open: { ...open, enum: ['a', 'b', 'c'] } })],
  ['words', changed({ text: { ...text, title: 'Text', description: 'Better said.', examples: ['x'] } })],
  ['a definition moved to $defs', changed({ text: { $ref: '#/$defs/text' } }, ['text'], { $defs: { text } })],
])('allows %s', (_change, newer) => {
  expect(breaches(older, newer)).toEqual([]);
});

it.each([
  ['required added', '/required', changed({}, ['text', 'count'])],
  ['required removed', '/required', changed({}, [])],
  ['type changed', '/properties/count/type', changed({ count: { ...count, type: 'number' } })],
  ['type changed', '/properties/count/type', changed({ count: { ...count, type: ['integer', 'null'] } })],
  ['property removed or renamed', '/properties/count', without('count')],
  ['enum narrowed', '/properties/kind/enum', changed({ kind: { type: 'string', enum: ['a'] } })],
  ['enum narrowed', '/properties/text/enum', changed({ text: { ...text, enum: ['a'] } })],
  [
    'enum widened without an unknown branch',
    '/properties/kind/enum',
    changed({ kind: { ...kind, enum: ['a', 'b', 'c'] } }),
  ],
  [
    'enum widened without an unknown branch',
    '/properties/kind/enum',
    changed({ kind: { ...kind, enum: ['a', 'b', 'c'], 'x-unknown-branch': true } }),
  ],
  ['enum widened without an unknown branch', '/properties/kind/enum', changed({ kind: { type: 'string' } })],
  ['bound tightened', '/properties/text/maxLength', changed({ text: { ...text, maxLength: 9 } })],
  ['bound tightened', '/properties/text/minLength', changed({ text: { ...text, minLength: 2 } })],
  ['bound tightened', '/properties/count/maximum', changed({ count: { ...count, maximum: 99 } })],
  ['bound tightened', '/properties/bytes/minimum', changed({ bytes: { ...bytes, minimum: 0 } })],
  ['bound widened', '/properties/count/maximum', changed({ count: { ...count, maximum: 101 } })],
  ['bound widened', '/properties/count/minimum', changed({ count: { ...count, minimum: -1 } })],
  ['pattern changed', '/properties/slice/pattern', changed({ slice: { ...slice, pattern: '^[a-z0-9]+$' } })],
  ['pattern changed', '/properties/slice/pattern', changed({ slice: { type: 'string' } })],
  [
    'additionalProperties changed',
    '/additionalProperties',
    changed({}, ['text'], { additionalProperties: true }),
  ],
  ['unit changed', '/properties/bytes/x-unit', changed({ bytes: { ...bytes, 'x-unit': 'token' } })],
  ['unit changed', '/properties/count/x-unit', changed({ count: { ...count, 'x-unit': 'token' } })],
  ['x-stream changed', '/x-stream', changed({}, ['text'], { 'x-stream': 'run/{text}' })],
  [
    'property removed or renamed',
    '/properties/list/items/properties/text',
    changed({ list: { type: 'array', items: closed({}), maxItems: 3 } }),
  ],
])('refuses "%s" at %s', (rule, pointer, newer) => {
  expect(breaches(older, newer)).toContainEqual({ pointer, rule });
});

it('refuses a new property of an open object, because old data may have any value under its name', () => {
  const bag: Schema = { type: 'object', properties: {} };
  const named: Schema = { type: 'object', properties: { name: { type: 'string' } } };
  expect(breaches(bag, named)).toEqual([
    { pointer: '/properties/name', rule: 'property added to an open object' },
  ]);
});
