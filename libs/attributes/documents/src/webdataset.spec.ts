import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { documentFile } from './document-file.ts';
import { chooseField } from './field.ts';
import { tarOf } from './tar.fixture.ts';
import { storedZstd } from './zstd.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-webdataset-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(content: Uint8Array) {
  const path = join(folder, 'shard.tar');
  writeFileSync(path, content);
  return documentFile(path);
}

async function read(texts: Readonly<Record<string, string | Uint8Array>>, field = 'txt') {
  const rows: (string | number)[][] = [];
  for await (const row of (await fileOf(tarOf(texts))).documents(field))
    rows.push([row.row, 'code' in row ? row.code : row.text]);
  return rows;
}

const wholes = async (texts: Readonly<Record<string, string | Uint8Array>>) => {
  const rows: unknown[] = [];
  for await (const row of (await fileOf(tarOf(texts))).wholeRows())
    rows.push('code' in row ? row.code : row.text);
  return rows;
};

const PICTURE = Buffer.from([0xff, 0xd8, 0x00, 0x10]);

describe('a tar archive', () => {
  const shard = tarOf({
    'part/0001.txt': 'a',
    'part/0001.jpg': PICTURE,
    'part/0001.json': '{"source": "x", "id": 9007199254740993}',
    'part/0002.txt': 'b',
  });

  it.each([
    ['plain', shard],
    ['gzip', gzipSync(shard)],
    ['zstd', storedZstd(shard, 100)],
  ])('that is %s has a row for each sample, by the paths up to the first dot', async (_how, content) => {
    const file = await fileOf(content);
    const rows: unknown[] = [];
    for await (const row of file.documents('txt')) rows.push(row);
    expect(rows).toEqual([
      { row: 0, text: 'a' },
      { row: 1, text: 'b' },
    ]);
    expect([file.format, await file.rows()]).toEqual(['tar', 2]);
  });

  it('has fields by the ends of the names, and those of the object in a json file', async () => {
    const fields = await (await fileOf(shard)).fields();
    expect([...fields]).toEqual([
      ['source', 'text'],
      ['id', 'other'],
      ['__key__', 'text'],
      ['txt', 'text'],
      ['jpg', 'other'],
    ]);
    expect(chooseField(fields)).toEqual({ ok: true, field: 'txt' });
  });

  it('has the numbers of a json file as they stand there', async () => {
    expect((await wholes({ 'a.json': '{"id": 9007199254740993}', 'a.txt': 'x' }))[0]).toBe(
      '{"id": 9007199254740993,"__key__":"a","txt":"x"}',
    );
  });

  it.each([
    ['a path with dots in its folders', { 'v1.0/a.txt': 'x' }, [[0, 'x']]],
    ['capitals at the end of a name', { 'a.TXT': 'x' }, [[0, 'x']]],
    [
      'one key that comes again later',
      { 'a.txt': '1', 'b.txt': '2', 'a.json': '{}' },
      [
        [0, '1'],
        [1, '2'],
        [2, 'field_missing'],
      ],
    ],
    ['a name twice in a sample: the last one', { 'a.txt': '1', 'a.TXT': '2' }, [[0, '2']]],
    [
      'a field of the json file and a file of its name: the file',
      { 'a.txt': 'file', 'a.json': '{"txt":"field"}' },
      [[0, 'file']],
    ],
    [
      'a file without a dot, which is a sample by itself',
      { a: 'x', 'a.txt': 'y' },
      [
        [0, 'field_missing'],
        [1, 'y'],
      ],
    ],
    ['bytes that are no text', { 'a.txt': PICTURE }, [[0, 'not_text']]],
    ['Latin-1', { 'a.txt': Buffer.from('\xe9', 'latin1') }, [[0, 'not_text']]],
    ['a json file that is a list', { 'a.json': '[1]', 'a.txt': 'x' }, [[0, 'x']]],
    ['a json file that is broken', { 'a.json': '{"x":1},{', 'a.txt': 'x' }, [[0, 'x']]],
    ['a name with quotes and control characters', { 'a"\n.txt': 'x' }, [[0, 'x']]],
    ['nothing', {}, []],
  ])('reads %s', async (_what, texts, rows) => {
    expect(await read(texts)).toEqual(rows);
  });

  it('skips a text that is too long, and reads the one beside a picture that is', async () => {
    const large = Buffer.alloc(9 * 2 ** 20, 'x');
    const picture = Buffer.concat([Buffer.alloc(1), large]);
    expect(
      await read({ 'a.txt': large, 'b.jpg': picture, 'b.txt': 'b', 'c.txt': large.subarray(0, 2 ** 21) }),
    ).toEqual([
      [0, 'row_too_long'],
      [1, 'b'],
      [2, 'document_too_long'],
    ]);
  });

  it('that is cut yields the samples before the one that may lack files, then says so', async () => {
    const three = tarOf({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
    const rows: unknown[] = [];
    for await (const row of (await fileOf(three.subarray(0, 512 * 5 + 1))).documents('txt'))
      rows.push([row.row, 'code' in row ? row.code : row.text]);
    expect(rows).toEqual([
      [0, 'a'],
      [1, 'file_broken'],
    ]);
  });
});
