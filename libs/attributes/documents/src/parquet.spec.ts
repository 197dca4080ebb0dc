import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { documentFile } from './document-file.ts';

const SAMPLE = join(
  import.meta.dirname,
  '../../../../examples/samples/neptune/data/team_tiny/TINY-1_part_0.parquet',
);
const folder = mkdtempSync(join(tmpdir(), 'tributary-parquet-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function rowsOf(path: string, field: string, isWanted?: (row: number) => boolean) {
  const rows = [];
  for await (const row of (await documentFile(path)).documents(field, isWanted)) rows.push(row);
  return rows;
}

it('reads the texts of one column of Parquet, also of some rows', async () => {
  const file = await documentFile(SAMPLE);
  expect([file.format, await file.rows()]).toEqual(['parquet', 15]);
  const fields = await file.fields();
  expect([fields.get('attribute_path'), fields.get('float_value')]).toEqual(['text', 'other']);
  const all = await rowsOf(SAMPLE, 'attribute_path');
  expect(all.map(({ row }) => row)).toEqual(Array.from({ length: 15 }, (_none, row) => row));
  expect(await rowsOf(SAMPLE, 'attribute_path', (row) => row % 7 === 3)).toEqual([all[3], all[10]]);
});

it('has a reason for rows whose column holds no text, or is not there', async () => {
  expect((await rowsOf(SAMPLE, 'float_value'))[0]).toMatchObject({ row: 0, code: 'not_text' });
  expect((await rowsOf(SAMPLE, 'text'))[14]).toMatchObject({ row: 14, code: 'field_missing' });
});

it('reads whole rows as the JSON of all of their columns', async () => {
  const file = await documentFile(SAMPLE);
  const rows = [];
  for await (const row of file.wholeRows((at) => at % 7 === 3)) rows.push(row);
  const [third] = await rowsOf(SAMPLE, 'attribute_path', (at) => at === 3);
  expect(rows.map(({ row }) => row)).toEqual([3, 10]);
  const [first] = rows;
  const members = JSON.parse(first && 'text' in first ? first.text : '{}');
  expect([...(await file.fields()).keys()]).toEqual(expect.arrayContaining(Object.keys(members)));
  expect(members.attribute_path).toBe(third && 'text' in third ? third.text : undefined);
});

it('says of a file that is cut, wherever, that it is broken', async () => {
  const whole = readFileSync(SAMPLE);
  for (const end of [4, 7, 100, whole.length - 9, whole.length - 1]) {
    const path = join(folder, 'cut.parquet');
    writeFileSync(path, whole.subarray(0, end));
    expect(await rowsOf(path, 'attribute_path')).toMatchObject([{ row: 0, code: 'file_broken' }]);
  }
});

it('says of a file with damaged pages that it is broken, or has other texts', async () => {
  const whole = readFileSync(SAMPLE);
  for (let at = 4; at < whole.length; at += 97) {
    const path = join(folder, 'damaged.parquet');
    writeFileSync(
      path,
      Buffer.concat([whole.subarray(0, at), Buffer.from([0xff, 0xff]), whole.subarray(at + 2)]),
    );
    expect(Array.isArray(await rowsOf(path, 'attribute_path'))).toBe(true);
  }
});

it('says of a footer that claims more rows than any table has that it is broken', async () => {
  const whole = readFileSync(SAMPLE);
  const length = whole.readUInt32LE(whole.length - 8);
  const [body, footer] = [whole.subarray(0, -8 - length), whole.subarray(-8 - length, -8)];
  /* Fifteen as a number of 64 bits in Thrift's compact form, in the file and in its row group; then 10^12. */
  const rewritten = Buffer.from(footer.toString('hex').replaceAll('161e', '1680c0a8ca9a3a'), 'hex');
  const size = Buffer.alloc(4);
  size.writeUInt32LE(rewritten.length);
  const path = join(folder, 'claims.parquet');
  writeFileSync(path, Buffer.concat([body, rewritten, size, Buffer.from('PAR1')]));
  expect(await rowsOf(path, 'attribute_path')).toMatchObject([
    { row: 0, code: 'file_broken', reason: expect.stringContaining('claims more than') },
  ]);
});

/** A number in the compact form of Thrift. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

it('takes no more than linear work for a footer with tens of thousands of row groups', async () => {
  const groups = 80_000;
  const root = [0x48, 1, 0x72, 0x15, 2, 0];
  const leaf = [0x15, 12, 0x25, 2, 0x18, 4, ...Buffer.from('text'), 0];
  const start = [
    0x15,
    2,
    0x19,
    0x2c,
    ...root,
    ...leaf,
    0x16,
    ...varint(2 * groups),
    0x19,
    0xfc,
    ...varint(groups),
  ];
  /* No columns, no bytes, one row. */
  const group = Buffer.from([0x19, 0x0c, 0x16, 0, 0x16, 2, 0]);
  const footer = Buffer.concat([
    Buffer.from(start),
    Buffer.alloc(groups * group.length, group),
    Buffer.from([0]),
  ]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(footer.length);
  const path = join(folder, 'groups.parquet');
  writeFileSync(path, Buffer.concat([Buffer.from('PAR1'), footer, size, Buffer.from('PAR1')]));
  const rows = await rowsOf(path, 'text');
  expect(rows).toHaveLength(groups);
  expect(rows.at(-1)).toMatchObject({ row: groups - 1, code: 'field_missing' });
});
