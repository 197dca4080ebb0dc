import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonText, mutatedText, outcomeOf } from './json-text.fixture.ts';
import { jsonElements, lazyJson, lazyJsonInTurns, LongArray, splitArray } from './lazy.ts';

/** The same value with long arrays read to their end. */
function opened(value: unknown): unknown {
  if (value instanceof LongArray) return Array.from(value, opened);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, opened(member)]));
}

const filler = Array.from({ length: 8_000 }, (_, index) => ({ name: `shard-${index} ]},"\\`, index }));

it('reads every long text as JSON.parse does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), fc.constantFrom(0, 2), (value, key, indent) => {
      const text = JSON.stringify({ before: value, [key]: { filler }, after: [value] }, null, indent);
      expect(opened(lazyJson(Buffer.from(text)))).toEqual(
        opened(Object.fromEntries(Object.entries(JSON.parse(text)))),
      );
    }),
    { numRuns: 40, seed: 7 },
  );
});

it('reads long arrays in elements of long arrays, and writes them again, on every level, in turns or at once', async () => {
  let value: unknown = filler;
  for (let level = 0; level < 12; level += 1) {
    value = level % 2 === 0 ? [level, value, { after: level }] : { before: level, value };
    const text = JSON.stringify({ value });
    const lazy = lazyJson(Buffer.from(` ${text}\n`));
    expect(opened(lazy)).toEqual({ value });
    expect(JSON.stringify(lazy)).toBe(text);
    expect(JSON.stringify(await lazyJsonInTurns(Buffer.from(text)))).toBe(text);
  }
});

it('reads as much of a long text in a turn, however long it is', async () => {
  const turnsFor = async (items: number): Promise<number> => {
    const bytes = Buffer.from(
      JSON.stringify({ event: { list: Array.from({ length: items }, () => filler) } }),
    );
    let turns = 0;
    let isOver = false;
    const around = (): void => {
      turns += 1;
      if (!isOver) setImmediate(around);
    };
    setImmediate(around);
    await lazyJsonInTurns(bytes);
    isOver = true;
    return bytes.length / turns;
  };
  expect(await turnsFor(10)).toBeLessThan(2 ** 20 * 1.5);
  expect(await turnsFor(40)).toBeLessThan(2 ** 20 * 1.5);
});

it('refuses a text that is truncated or has an extra byte', () => {
  const text = JSON.stringify({ inputs: filler });
  const read = (cut: string) => opened(lazyJson(Buffer.from(cut)));
  expect(() => read(text.slice(0, -1))).toThrow(SyntaxError);
  expect(() => read(text.slice(0, -20))).toThrow(SyntaxError);
  expect(() => read(`${text}]`)).toThrow(SyntaxError);
  expect(() => read(text.replace('},{', '} {'))).toThrow(SyntaxError);
  expect(() => read(text.replace('},{', '}],{'))).toThrow(SyntaxError);
});

it('splits an array into the texts of its elements', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.constantFrom(0, 1), (values, indent) => {
      const elements = [...jsonElements(Buffer.from(` ${JSON.stringify(values, null, indent)}\n`))];
      expect(elements.map((element) => JSON.parse(element.toString('utf8')))).toEqual(
        JSON.parse(JSON.stringify(values)),
      );
    }),
    { numRuns: 200, seed: 7 },
  );
});

const PADDING = `"${'x'.repeat(300_000)}"`;

it('accepts and refuses a long damaged text as JSON.parse does', () => {
  fc.assert(
    fc.property(mutatedText, (text) => {
      const long = `{"padding":${PADDING},"value":${text},"list":[${PADDING},${text}]}`;
      const expected = outcomeOf(() => JSON.parse(long));
      const outcome = outcomeOf(() => opened(lazyJson(Buffer.from(long))));
      expect(isDeepStrictEqual(outcome, expected)).toBe(true);
    }),
    { seed: 7, numRuns: 150 },
  );
});

it('splits an array as jsonElements does, and a broken one too', () => {
  fc.assert(
    fc.property(fc.array(jsonText, { maxLength: 5 }), (texts) => {
      const array = Buffer.from(` [${texts.join(',')}]\n`);
      expect(splitArray(array)?.map(String)).toEqual([...jsonElements(array)].map(String));
    }),
    { seed: 7, numRuns: 500 },
  );
  expect(splitArray(Buffer.from('\uFEFF[1,,{"a"]'))?.map(String)).toEqual(['1', '', '{"a"']);
  expect(splitArray(Buffer.from('[ ]'))).toEqual([]);
  expect(splitArray(Buffer.from('['))).toBeUndefined();
});

it('takes no more than linear work for an array with a string that is not closed', () => {
  const array = Buffer.from(`["${'\\"'.repeat(2_000_000)}]`);
  expect(splitArray(array)).toHaveLength(1);
});
