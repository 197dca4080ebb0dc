import fc from 'fast-check';
import { expect, it } from 'vitest';
import { elementsOf } from './json-array.ts';
import { linesOf } from './json-lines.ts';
import { documentOf } from './json-rows.ts';
import type { RawRow } from './row.ts';

/** The bytes in parts that end anywhere. */
async function* inParts(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  for (const [at, end] of ends.entries()) yield bytes.subarray(ends[at - 1] ?? 0, end);
}

async function textsIn(rows: AsyncGenerator<RawRow>): Promise<string[]> {
  const texts: string[] = [];
  try {
    for await (const row of rows) texts.push(row.bytes?.toString('latin1') ?? 'too long');
  } catch (error) {
    texts.push(String(error));
  }
  return texts;
}

const cuts = fc.array(fc.nat(), { maxLength: 6 });
/** As JSON gives them back, which has one zero only. */
const values = fc
  .array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 8 })
  .map((list): unknown[] => JSON.parse(JSON.stringify(list)));

it('cuts an array into its elements, wherever its bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(values, cuts, fc.constantFrom(0, 2), async (array, where, indent) => {
      const bytes = Buffer.from(JSON.stringify(array, null, indent));
      const rows = await textsIn(elementsOf(inParts(bytes, where)));
      expect(rows.map((row) => JSON.parse(Buffer.from(row, 'latin1').toString()))).toEqual(array);
    }),
  );
});

it('cuts lines at line feeds, wherever their bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(values, cuts, async (list, where) => {
      const bytes = Buffer.from(list.map((value) => `${JSON.stringify(value)}\n`).join(''));
      const rows = await textsIn(linesOf(inParts(bytes, where)));
      expect(rows.map((row) => JSON.parse(Buffer.from(row, 'latin1').toString()))).toEqual(list);
    }),
  );
});

const broken = fc
  .array(fc.constantFrom('[', ']', '{', '}', '"', '\\', ',', ':', 'text', '\n', ' ', '1', '\xe9', '\0'), {
    maxLength: 40,
  })
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));

it('yields the same rows of any bytes, wherever they are cut, and a document or a reason for each', async () => {
  await fc.assert(
    fc.asyncProperty(broken, cuts, async (bytes, where) => {
      for (const rowsOf of [elementsOf, linesOf]) {
        const whole = await textsIn(rowsOf(inParts(bytes, [])));
        expect(await textsIn(rowsOf(inParts(bytes, where)))).toEqual(whole);
      }
      const outcome = documentOf({ row: 3, bytes }, 'text');
      expect(outcome).toMatchObject({ row: 3 });
    }),
  );
});
