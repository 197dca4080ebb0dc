import { expect, it } from 'vitest';
import { tolerantJson } from './tolerant-json.ts';

it('reads the numbers that Python writes and JSON lacks', () => {
  expect(tolerantJson('{"a":NaN,"b":[Infinity,-Infinity],"c":1}')).toEqual({
    a: Number.NaN,
    b: [Infinity, -Infinity],
    c: 1,
  });
});

it('leaves the same words alone inside of text', () => {
  expect(tolerantJson('{"NaN":"is NaN, \\" Infinity","x":NaN}')).toEqual({
    NaN: 'is NaN, " Infinity',
    x: Number.NaN,
  });
});

it('still refuses what is no JSON', () => {
  expect(() => tolerantJson('{"a":Nan}')).toThrow(SyntaxError);
  expect(() => tolerantJson('NaNny')).toThrow(SyntaxError);
});
