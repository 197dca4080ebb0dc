import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnOf, dataOf, readBy } from '../../import.fixture.ts';
import { mapImporter } from '../map-importer.ts';
import { readMap } from '../read-map.ts';

async function read(yaml: string, content: string | Uint8Array, path = 'a.txt') {
  const map = readMap(yaml);
  if (!map.ok) throw new RangeError(map.text);
  return readBy(mapImporter(map.map), { [path]: content });
}

const HEADLESS = 'reads: table\ncolumns: [step, "-", loss]\nstep: step\nmetrics: all\n';
const ROWS = 'reads: table\nstep: step\nmetrics: all\n';
const LOSSES = [
  [1, 2.5],
  [2, 2.25],
];

describe('a table without a header', () => {
  it.each([
    ['blanks', '1   x 2.5\n 2 y  2.25\n'],
    ['commas', '# step, note, loss\n1,x,2.5\n2,"y, z",2.25\n'],
    ['tabs', '1\tx\t2.5\r\n2\ty\t2.25\r\n'],
    ['a JSON array of lists', '[[1, "x", 2.5], [2, null, 2.25]]'],
  ])('is read by the positions of its columns, separated by %s', async (_what, text) => {
    const imported = await read(HEADLESS, text);
    expect([...columnOf(imported, 'loss')]).toEqual(LOSSES);
    expect(Object.keys(Object(dataOf(imported, 'training.steps.recorded')[0]).columns)).toEqual(['loss']);
    expect(imported.rejected).toEqual([]);
  });

  it('refuses rows of another length by line, and a header that is there after all', async () => {
    const { rejected } = await read(HEADLESS, 'step,note,loss\n1,x,2.5\n2,2.25\n');
    expect(rejected.map(({ source, reason }) => `${source} ${reason}`).toSorted()).toEqual([
      'a.txt:1 "step" is not a number',
      'a.txt:3 the row has 2 cells, the map names 3 columns',
    ]);
  });

  it('is refused where the columns have names of their own', async () => {
    const { rejected } = await read(HEADLESS, '{"step": 1, "loss": 2}\n');
    expect(rejected).toMatchObject([{ reason: expect.stringContaining('members have names') as string }]);
  });

  it.each([
    ['columns: [step, "?"]\nreads: table\nmetrics: all\n', 'the name of column 2 is missing'],
    ['columns: [step, step]\nreads: table\nmetrics: all\n', 'two are called step'],
    ['columns: [step]\nreads: log\npatterns: ["(?P<a>x)"]\nmetrics: all\n', 'only a table has them'],
  ])('is refused by a map that is not complete: %j', (yaml, text) => {
    expect(readMap(yaml)).toMatchObject({ ok: false, text: expect.stringContaining(text) as string });
  });
});

describe('a JSON array of objects', () => {
  it('is read row by row, with members of members, NaN and strings that hold brackets', async () => {
    const text =
      '\uFEFF [\n {"step": 1, "loss": 2.5, "note": "],[{\\"\\\\"},\n {"step":2,"loss":NaN,"opt":{"lr":0.1}}\n]\n';
    const imported = await read(ROWS, text);
    expect(dataOf(imported, 'training.steps.recorded')).toMatchObject([
      {
        steps: [1, 2],
        columns: { loss: [2.5, null], 'opt.lr': [null, 0.1] },
        nonfinite: { loss: [{ index: 1, value: 'nan' }] },
      },
    ]);
    expect(imported.events.at(-1)?.importedpointer).toBe('rows:1-2');
    expect(imported.warnings).toMatchObject([{ code: 'value_is_no_number', example: 'a.txt:row:1 note' }]);
  });

  it.each([
    ['ends early', '[{"step":1,"loss":2.5},{"step":2,"loss":2.25},{"st', 'a.txt:row:3', 'truncated'],
    ['has text behind it', '[{"step":1,"loss":2.5},{"step":2,"loss":2.25}] x', 'a.txt:row:3', 'more text'],
    [
      'holds something else',
      '[{"step":1,"loss":2.5},7,{"step":2,"loss":2.25}]',
      'a.txt:row:2',
      'not a JSON object',
    ],
    [
      'holds broken JSON',
      '[{"step":1,"loss":2.5},{"a" 1},{"step":2,"loss":2.25}]',
      'a.txt:row:2',
      'not a JSON object',
    ],
  ])('that %s is read up to there, and the row is named', async (_what, text, source, reason) => {
    const imported = await read(ROWS, text);
    expect([...columnOf(imported, 'loss')]).toEqual(LOSSES);
    expect(imported.rejected).toMatchObject([{ source, reason: expect.stringContaining(reason) as string }]);
  });

  it('refuses a row without end in bounded memory, and takes the next one', async () => {
    const long = `{"step":1,"loss":"${'x'.repeat(2 * 1024 * 1024)}"}`;
    const imported = await read(ROWS, `[${long},{"step":2,"loss":2.25}]`);
    expect([...columnOf(imported, 'loss')]).toEqual([[2, 2.25]]);
    expect(imported.rejected).toMatchObject([
      { source: 'a.txt:row:1', reason: 'the row is longer than 1 MiB' },
    ]);
  });

  it('holds what JSON.parse finds, however it is written', async () => {
    const text = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', 'a', '\n') });
    const rows = fc.array(fc.record({ loss: fc.nat({ max: 99 }), note: text }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.nat({ max: 3 }), async (all, indent) => {
        const numbered = all.map((row, step) => ({ ...row, step, note: `n${row.note}` }));
        const imported = await read(ROWS, JSON.stringify(numbered, null, indent));
        expect([...columnOf(imported, 'loss').values()]).toEqual(all.map(({ loss }) => loss));
        expect(imported.rejected).toEqual([]);
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});
