import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mutatedText, outcomeOf } from './json-text.fixture.ts';
import { tolerantJson } from './tolerant.ts';

it('reads the numbers that Python writes and JSON lacks', () => {
  expect(tolerantJson('{"a":NaN,"b":[Infinity,-Infinity],"c":1}')).toEqual({
    a: Number.NaN,
    b: [Infinity, -Infinity],
    c: 1,
  });
});

it('keeps the same names inside of strings', () => {
  expect(tolerantJson('{"NaN":"is NaN, \\" Infinity","x":NaN}')).toEqual({
    NaN: 'is NaN, " Infinity',
    x: Number.NaN,
  });
});

it('refuses what is no JSON otherwise', () => {
  expect(() => tolerantJson('{"a":Nan}')).toThrow(SyntaxError);
  expect(() => tolerantJson('NaNny')).toThrow(SyntaxError);
});

it('accepts and refuses what JSON.parse does where no such number occurs', () => {
  fc.assert(
    fc.property(mutatedText, (text) => {
      fc.pre(!/NaN|Infinity/.test(text) && !text.startsWith('\uFEFF'));
      expect(outcomeOf(() => tolerantJson(text))).toStrictEqual(outcomeOf(() => JSON.parse(text)));
      const withNaN = outcomeOf(() => tolerantJson(`[${text},NaN]`));
      expect(withNaN).toStrictEqual(
        outcomeOf(() => [...JSON.parse(`[${text},null]`).slice(0, -1), Number.NaN]),
      );
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

it('ignores a byte order mark', () => {
  expect(tolerantJson('\uFEFF[-Infinity]')).toEqual([-Infinity]);
});
