import { expect, it } from 'vitest';
import { excessOf } from './excess.ts';
import { findFlaw, mayHaveFlaw } from './strict.ts';

it.each([
  ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}'],
  ['{"a":"{\\"a\\":1,\\"a\\":2}","loss":0.30000000000000004}'],
  ['[1e-7, -0, 0.1, 1234567890e10]'],
])('finds nothing in %s', (text) => {
  expect(findFlaw(Buffer.from(text))).toBeUndefined();
});

it.each([
  ['{"a":1,"b":{"c":1,"\\u0063":2}}', 'duplicate_key', '/b/c'],
  ['{"data":{"tokens":[1,9007199254740993]}}', 'number_not_exact', '/data/tokens/1'],
  ['{"x":1e400}', 'number_not_exact', '/x'],
  ['{"x":"\\u0000"}', 'invalid_text', '/x'],
  ['{"x~/y":["\\ud800"]}', 'invalid_text', '/x~0~1y/0'],
  ['['.repeat(33) + ']'.repeat(33), 'too_deep', '/0'.repeat(33)],
])('finds the flaw in %s', (text, code, pointer) => {
  expect(findFlaw(Buffer.from(text))).toMatchObject({ code, pointer });
});

const BOUNDS = { depth: 3, keys: 2 };

it.each([
  ['{"a":{"b":{}},"c":[[1]]}', undefined, undefined, undefined],
  ['{"a":{"b":{"c":{}}}}', 'too_deep', '/a/b/c/', 'depth'],
  ['[[[[]]]]', 'too_deep', '/0/0/0/0', 'depth'],
  ['{"x":{"a":1,"b":2,"c":3}}', 'too_many_keys', '/x', 'keys'],
  ['{"a":":::","b":"{{{{"}', undefined, undefined, undefined],
])('holds %s to bounds, in each of three ways', (text, code, pointer, excess) => {
  const bytes = Buffer.from(text);
  const flaw = findFlaw(bytes, { bounds: BOUNDS });
  expect([flaw?.code, flaw?.pointer]).toEqual([code, pointer]);
  expect(mayHaveFlaw(bytes, JSON.parse(text), BOUNDS)).toBe(code !== undefined);
  expect(excessOf(bytes, BOUNDS)).toBe(excess);
});
