import { expect, it } from 'vitest';
import { decodeAnswer, encodeAnswer } from './wire.ts';

it.each([
  [NaN, '"\\u0000NaN"'],
  [-Infinity, '"\\u0000-Infinity"'],
  ['\u0000NaN', '"\\u0000\\u0000NaN"'],
  ['NaN', '"NaN"'],
  [1.5, '1.5'],
  [null, 'null'],
])('writes %j as %s, and reads it back', (value, text) => {
  expect(encodeAnswer(value)).toBe(text);
  expect(decodeAnswer(text)).toBe(value);
});

it('leaves out what is undefined, as JSON does', () => {
  expect(encodeAnswer({ displacement: undefined, slices: ['code'] })).toBe('{"slices":["code"]}');
});
