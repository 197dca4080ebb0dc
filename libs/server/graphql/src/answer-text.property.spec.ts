import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerText } from './answer-text.ts';

/** A value whose lists and objects may be longer than what is written as a whole. */
const long = fc
  .tuple(fc.jsonValue({ maxDepth: 3 }), fc.integer({ min: 1, max: 1_200 }), fc.boolean())
  .map(([value, times, isList]) => {
    const items = Array.from({ length: times }, () => value);
    return isList ? { items, after: value } : Object.fromEntries(items.map((item, at) => [`"k${at}`, item]));
  });

it('is what JSON.stringify writes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), long), async (answer) => {
      expect(await answerText(answer)).toBe(`${JSON.stringify(answer)}\n`);
    }),
    { seed: 7, numRuns: 200 },
  );
  const holes = { a: undefined, b: Array.from({ length: 900 }, () => undefined), c: new Date(0), d: {} };
  expect(await answerText(holes)).toBe(`${JSON.stringify(holes)}\n`);
});

/** The most members that are read before others have their turn, of a list of so many rows. */
async function largestTurn(rows: number): Promise<number> {
  let [read, before, largest] = [0, 0, 0];
  let isDone = false;
  const row = new Proxy(
    { a: 1, b: 'two', c: null },
    {
      get: (target, key, self) => {
        read += 1;
        return Reflect.get(target, key, self) as unknown;
      },
    },
  );
  const other = (): void => {
    largest = Math.max(largest, read - before);
    before = read;
    if (!isDone) setImmediate(other);
  };
  setImmediate(other);
  await answerText({ data: { rows: Array.from({ length: rows }, () => row) } });
  isDone = true;
  return Math.max(largest, read - before);
}

it('is written in turns that do not grow with it', async () => {
  const [short, tenfold] = [await largestTurn(10_000), await largestTurn(100_000)];
  expect(tenfold).toBeLessThanOrEqual(1.1 * short);
  expect(short).toBeLessThan(100_000);
});
