import { expect, it } from 'vitest';
import { chooseField } from './field.ts';

const fields = (...names: string[]) => new Map(names.map((name) => [name, 'text'] as const));

it.each([
  [['instruction', 'input', 'output'], 'output'],
  [['instruction', 'input', 'output', 'text'], 'output'],
  [['id', 'text', 'url'], 'text'],
  [['content', 'path', 'repo'], 'content'],
  [['body'], 'body'],
])('of %j the text is in %s', (names, field) => {
  expect(chooseField(fields(...names))).toEqual({ ok: true, field });
});

it('takes a usual field whose values are no texts rather than none', () => {
  expect(chooseField(new Map([['text', 'other']]))).toEqual({ ok: true, field: 'text' });
});

it.each([
  [['text', 'code'], 'field_ambiguous', 'the text could be in text, code'],
  [['title', 'body'], 'field_ambiguous', 'title, body'],
  [[], 'field_unknown', 'no row has a field'],
])('refuses to choose among %j', (names, refusal, text) => {
  expect(chooseField(fields(...names))).toMatchObject({
    ok: false,
    refusal,
    text: expect.stringContaining(text),
  });
});

it('lists the fields where none holds text', () => {
  expect(chooseField(new Map([['n', 'other']]))).toMatchObject({
    refusal: 'field_unknown',
    text: 'no field of n holds text; name the field with --field',
  });
});
