import { expect, it } from 'vitest';
import { tolerantJson } from './tolerant-json.ts';

it('reads the numbers that Python writes and JSON lacks', () => {
  expect(tolerantJson('{"a":NaN,"b":[Infinity,-Infinity],"c":1}')).toEqual({
    a: Number.NaN,
    b: [Infinity, -Infinity],
    c: 1,
  });
});

it('keeps the same words inside strings', () => {
  expect(tolerantJson('{"NaN":"is NaN, \\" Infinity","x":NaN}')).toEqual({
    NaN: 'is NaN, " Infinity',
    x: Number.NaN,
  });
});

it('rejects other invalid JSON', () => {
  expect(() => tolerantJson('{"a":Nan}')).toThrow(SyntaxError);
  expect(() => tolerantJson('NaNny')).toThrow(SyntaxError);
});
