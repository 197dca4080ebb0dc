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
