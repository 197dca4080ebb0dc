import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isExactNumber } from './strict.ts';
import { parseNumeric } from './numeric.ts';

const PADDING = 'ü"[1,2]\\'.repeat(400);
const literal = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.stringMatching(/^-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/),
  fc.constantFrom(
    'null',
    '-0',
    '0',
    '1e22',
    '1E-22',
    '1e23',
    '0.30000000000000004',
    '123456789012345',
    '5e-324',
    '2.3456788063049316',
  ),
);
const space = fc.constantFrom('', ' ', '\n\t', '\r');
const array = fc
  .array(
    fc.tuple(space, literal, space).map((parts) => parts.join('')),
    { maxLength: 20 },
  )
  .map((items) => `[${items.join(',')}]`);
const textOf = (arrays: readonly string[]) =>
  `{"note":${JSON.stringify(PADDING)},"data":{"steps":${arrays[0] ?? '[]'},"columns":{${arrays.map((text, index) => `"c\\"${index}":${text}`).join(', ')}}}}`;

it('reads an event as JSON.parse does, or not at all', () => {
  let read = 0;
  fc.assert(
    fc.property(fc.array(array, { maxLength: 5 }), (arrays) => {
      const text = textOf(arrays);
      const long = parseNumeric(Buffer.from(text));
      if (!long) return;
      read += 1;
      expect(long.value).toStrictEqual(JSON.parse(text));
    }),
    { seed: 7, numRuns: 5_000 },
  );
  expect(read).toBeGreaterThan(1_000);
});

it('reads no number that is not exact', () => {
  fc.assert(
    fc.property(literal, (number) => {
      const read = parseNumeric(Buffer.from(textOf([`[1, ${number}]`]))) !== undefined;
      expect(!read || number === 'null' || isExactNumber(number)).toBe(true);
    }),
    { seed: 7, numRuns: 5_000 },
  );
});

it.each(['1e22', '-1.5e-07', '0.30000000000000004', 'null', '-0', '123456.789012345'])(
  'reads an array that holds %s',
  (number) => {
    expect(parseNumeric(Buffer.from(textOf([`[${number}]`])))).toBeDefined();
  },
);

it.each([
  '[01]',
  '[1.]',
  '[.5]',
  '[+1]',
  '[1,]',
  '[1 2]',
  '[1e]',
  '[-]',
  '[nul]',
  '[1,"a"]',
  '[1,[2]]',
  '[1',
])('leaves %s to JSON.parse', (text) => {
  expect(parseNumeric(Buffer.from(textOf([text])))).toBeUndefined();
});

it('does not read an event with a repeated key', () => {
  const text = textOf(['[1]']).replace('"steps":[1]', '"steps":[1],"steps":[2]');
  expect(parseNumeric(Buffer.from(text))).toBeUndefined();
});

it('does not read arrays of more than 1,024 numbers', () => {
  const arrayOf = (count: number) => `[${'1,'.repeat(count - 1)}1]`;
  expect(parseNumeric(Buffer.from(textOf([arrayOf(1_024)])))).toBeDefined();
  expect(parseNumeric(Buffer.from(textOf([arrayOf(1_025)])))).toBeUndefined();
});
