import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Findings } from '../facts/findings.ts';
import { folderOf } from './folder.ts';
import { tableIn } from './table.ts';

async function read(path: string, text: string) {
  const findings = new Findings();
  const [file] = folderOf('f', { [path]: text }).files;
  const table = file && (await tableIn(file, findings));
  return { columns: table?.columns, rows: table?.rows, rejected: findings.rejected };
}

it.each([
  [
    'a.csv',
    '\uFEFFid,web\r\na,0.5\r\n\r\nb,"0,5"\r\n',
    [
      [2, 'a', '0.5'],
      [4, 'b', '0,5'],
    ],
  ],
  ['a.tsv', 'id\tweb\na\t0.5\n', [[2, 'a', '0.5']]],
  ['a.txt', 'id;web\na; 0.5\n', [[2, 'a', '0.5']]],
  [
    'a.jsonl',
    '{"id":"a","web":0.5}\n\n{"id":"b"}\n',
    [
      [1, 'a', '0.5'],
      [3, 'b', ''],
    ],
  ],
])('reads %s with the line of each row', async (path, text, rows) => {
  const table = await read(path, text);
  expect(table.columns).toEqual(['id', 'web']);
  expect(table.rows?.map(({ line, cells }) => [line, ...cells])).toEqual(rows);
  expect(table.rejected).toEqual([]);
});

it.each([
  ['a.csv', 'id,web\na,0.5\nb\nc,1,2\nd,1\n', 'd', ['a.csv:3', 'a.csv:4']],
  ['a.csv', 'id,web\na,0.5\nb,"x"y\nd,1\n', 'd', ['a.csv:3']],
  [
    'a.jsonl',
    '{"id":"a"}\n{"id":\n{"id":{"x":1}}\n[1]\n{"id":"d"}',
    'd',
    ['a.jsonl:2', 'a.jsonl:3', 'a.jsonl:4'],
  ],
])('rejects only the broken rows of %s', async (path, text, last, sources) => {
  const table = await read(path, text);
  expect(table.rows?.at(-1)?.cells[0]).toBe(last);
  expect(table.rejected.map(({ source }) => source)).toEqual(sources);
});

it('rejects only the line whose quote never closes', async () => {
  const table = await read('a.csv', 'id,web\na,0.5\nb,"0.5\nc,1\n');
  expect(table.rows?.map(({ line, cells }) => [line, cells[0]])).toEqual([
    [2, 'a'],
    [4, 'c'],
  ]);
  expect(table.rejected).toMatchObject([
    { source: 'a.csv:3', reason: expect.stringContaining('broken quoting') },
  ]);
});

it('finds no table in prose or in a JSON document', async () => {
  expect((await read('LICENSE', 'MIT License\n\nCopyright, all\n')).columns).toBeUndefined();
  expect((await read('truth.json', '{\n "a": 1\n}\n')).columns).toBeUndefined();
});

const cell = fc.string({
  unit: fc.constantFrom('a', '1', ' ', '\t', '\f', '\v', '\u00a0', '\u3000', ',', '"', '\n', '\r\n', 'é'),
  maxLength: 6,
});
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const written = cell.chain((text) =>
  /[,"\r\n]/.test(text) ? fc.constant(quoted(text)) : fc.constantFrom(text, quoted(text)),
);

it('reads every quoted table as a parser of whole texts does, whatever its cells and line ends', async () => {
  const row = fc.array(written, { minLength: 2, maxLength: 3 }).map((cells) => cells.join(','));
  const rows = fc.array(row, { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), async (lines, end) => {
      const text = `id,web\n${lines.join(end)}${end}`;
      const whole: { line: number; cells: string[] }[] = [];
      parse(text, {
        trim: true,
        skip_empty_lines: true,
        relax_column_count: true,
        record_delimiter: ['\r\n', '\n', '\r'],
        on_record: (cells: string[], context) => void whole.push({ line: context.lines, cells }),
      });
      const table = await read('a.csv', text);
      const fits = ({ cells }: { cells: string[] }): boolean => cells.length === 2;
      expect(table.rows).toEqual(whole.slice(1).filter(fits));
      expect(table.rejected.length).toBe(whole.slice(1).length - whole.slice(1).filter(fits).length);
    }),
    { numRuns: 500 },
  );
});

it('reads a cell of hundreds of lines as one', async () => {
  const cell = 'x,y\n'.repeat(300);
  const table = await read('a.csv', `id,web\n"${cell}",1\nb,2\n`);
  expect(table.rows?.map(({ line, cells }) => [line, cells[1]])).toEqual([
    [302, '1'],
    [303, '2'],
  ]);
});

it('reports the invalid rows to each that asks', async () => {
  const [file] = folderOf('f', { 'a.csv': 'id,web\nb\n' }).files;
  for (const findings of [new Findings(), new Findings()]) {
    if (file) await tableIn(file, findings);
    expect(findings.rejected).toMatchObject([{ source: 'a.csv:2' }]);
  }
});
