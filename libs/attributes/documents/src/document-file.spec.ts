import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { documentFile } from './document-file.ts';
import { bombZstd, CHECKED_ZSTD, storedZstd } from './zstd.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-documents-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return documentFile(path);
}

/** Texts by row, and codes of what was skipped. */
async function read(name: string, content: string | Uint8Array, field = 'text') {
  const rows: (string | number)[][] = [];
  for await (const row of (await fileOf(name, content)).documents(field))
    rows.push([row.row, 'code' in row ? row.code : row.text]);
  return rows;
}

const TWO = [
  [0, 'a'],
  [1, 'b'],
];

describe('a file of documents', () => {
  it.each([
    ['rows.json', ' [ {"text":"a"},\n{"id":1,"text":"b"} ] \n'],
    ['bom.json', '\uFEFF[{"text":"a"},{"text":"b"}]'],
    ['rows.jsonl', '{"text":"a"}\n{"text":"b"}\n'],
    ['crlf.jsonl', '{"text":"a"}\r\n{"text":"b"}'],
    ['lines.json', '{"text":"a"}\n{"text":"b"}'],
    ['no-extension', '{"text":"a"}\n{"text":"b"}'],
    ['array-without-extension', '[\n  {"text":"a"}, {"text":"b"}]'],
    ['python.jsonl', '{"text":"a","loss":NaN}\n{"text":"x","text":"b"}\n'],
    ['rows.jsonl.gz', gzipSync('{"text":"a"}\n{"text":"b"}\n')],
    ['members.jsonl.gz', Buffer.concat([gzipSync('{"text":"a"}\n'), gzipSync('{"text":"b"}\n')])],
    ['rows.json.zst', storedZstd(Buffer.from('[{"text":"a"},{"text":"b"}]'), 5)],
    [
      'frames.jsonl.zst',
      Buffer.concat(['{"text":"a"}\n', '{"text":"b"}'].map((row) => storedZstd(Buffer.from(row)))),
    ],
  ])('is read as what %s holds', async (name, content) => {
    expect(await read(name, content)).toEqual(TWO);
  });

  it.each([
    ['texts.zip', Buffer.from('PK\u0003\u0004\u0014\0rest of it', 'latin1')],
    ['texts.zip.gz', gzipSync(Buffer.from('PK\u0003\u0004\u0014\0rest of it', 'latin1'))],
  ])('is not read where %s is an archive of zip, and says to extract it', async (name, content) => {
    const rows = [];
    for await (const row of (await fileOf(name, content)).documents('text')) rows.push(row);
    expect(rows).toEqual([{ row: 0, code: 'file_broken', reason: expect.stringContaining('extract it') }]);
  });

  it.each([
    ['code.py', 'x = 1\r\n'],
    ['notes.md', '# Notes\n[a link](x) {"text"}'],
    ['list.py', '[x for x in range(3)]\n'],
  ])('is one document where %s is text', async (name, content) => {
    expect(await read(name, content)).toEqual([[0, content]]);
    expect((await fileOf(name, content)).format).toBe('text');
  });

  it('has no rows where it is empty', async () => {
    expect(await read('empty.jsonl', '')).toEqual([]);
    expect(await read('empty.json', ' [ ] ')).toEqual([]);
  });

  it('has the fields of its first rows', async () => {
    const rows = '{"a":1}\nno\n{"a":"x","b":null}\n';
    expect([...(await (await fileOf('fields.jsonl', rows)).fields())]).toEqual([
      ['a', 'text'],
      ['b', 'other'],
    ]);
  });

  it('counts its rows, and reads only those that are wanted', async () => {
    const file = await fileOf('counted.json', '[{"text":"a"},1,{"text":"b"}]');
    expect(await file.rows()).toBe(3);
    const rows = [];
    for await (const row of file.documents('text', (row) => row === 2)) rows.push(row);
    expect(rows).toEqual([{ row: 2, text: 'b' }]);
  });
});

describe('whole rows of a file', () => {
  const wholes = async (name: string, content: string) => {
    const rows = [];
    for await (const row of (await fileOf(name, content)).wholeRows((at) => at !== 1)) rows.push(row);
    return rows;
  };

  it('are the JSON as it stands there, or skipped with a reason', async () => {
    const large = `{"n": ${'9'.repeat(30)}}`;
    const long = `{"a": "${'a'.repeat(2 ** 20)}"}`;
    expect(await wholes('whole.jsonl', [large, '{}', '[]', '{', '', long].join('\n'))).toMatchObject([
      { row: 0, text: large },
      { row: 2, code: 'not_an_object' },
      { row: 3, code: 'not_json' },
      { row: 4, code: 'blank_row' },
      { row: 5, code: 'document_too_long' },
    ]);
    expect(await wholes('whole.json', `[${large}, {}, {"a": 1}`)).toMatchObject([
      { row: 0, text: large },
      { row: 2, code: 'file_broken' },
    ]);
    expect(await wholes('whole.txt', 'one text')).toEqual([{ row: 0, text: 'one text' }]);
  });
});

describe('a row without a document', () => {
  const rows: [string, string | Buffer, string][] = [
    ['blank', ' ', 'blank_row'],
    ['of broken JSON', '{"text":}', 'not_json'],
    ['with a NUL byte', '{"text":"\0"}', 'not_json'],
    ['that is a list', '[1]', 'not_an_object'],
    ['that is null', 'null', 'not_an_object'],
    ['without the field', '{"toString":1}', 'field_missing'],
    ['whose field is null', '{"text":null}', 'not_text'],
    ['whose field is a list', '{"text":["a"]}', 'not_text'],
    ['in Latin-1', Buffer.from('{"text":"\xe9"}', 'latin1'), 'invalid_utf8'],
    ['whose text is longer than 1 MiB', `{"text":"${'x'.repeat(2 ** 20 + 1)}"}`, 'document_too_long'],
    ['longer than 8 MiB', `{"text":"${'x'.repeat(2 ** 23)}"}`, 'row_too_long'],
    ['nested ten thousand times', `{"text":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 'not_text'],
  ];

  it.each(rows)('%s is skipped with its reason, and the next one is read', async (_what, row, code) => {
    const lines = Buffer.concat([Buffer.from(row), Buffer.from('\n{"text":"b"}')]);
    expect(await read('skipped.jsonl', lines)).toEqual([
      [0, code],
      [1, 'b'],
    ]);
    const array = Buffer.concat([Buffer.from('['), Buffer.from(row), Buffer.from(',{"text":"b"}]')]);
    expect(await read('skipped.json', array)).toEqual([
      [0, code],
      [1, 'b'],
    ]);
  });

  it('keeps a lone surrogate and a NUL that JSON spells out: the text has them', async () => {
    expect(await read('spelled.jsonl', String.raw`{"text":"\ud800\u0000"}`)).toEqual([[0, '\uD800\0']]);
  });
});

describe('a broken file', () => {
  const packed = gzipSync(
    Array.from({ length: 4000 }, (_none, row) => `{"text":"${row * 7919}"}\n`).join(''),
  );

  it('yields the rows before the break, then says where it is', async () => {
    const rows = await read('cut.jsonl.gz', packed.subarray(0, packed.length - 100));
    expect(rows.length).toBeGreaterThan(3000);
    expect(rows.at(-1)).toEqual([rows.length - 1, 'file_broken']);
    expect(rows.filter(([, text]) => text === 'file_broken')).toHaveLength(1);
  });

  it.each([
    [
      'gzip with bytes behind it',
      'padded.jsonl.gz',
      Buffer.concat([gzipSync('{"text":"a"}\n'), Buffer.alloc(9)]),
    ],
    [
      'zstd that is cut',
      'cut.jsonl.zst',
      storedZstd(Buffer.from('{"text":"a"}\n{"text":"b"}'), 13).subarray(0, -4),
    ],
    ['an array that is cut', 'cut.json', '[{"text":"a"},{"te'],
    ['an array with more behind it', 'more.json', '[{"text":"a"}] {"text":"b"}'],
  ])('is %s', async (_what, name, content) => {
    expect(await read(name, content)).toEqual([
      [0, 'a'],
      [1, 'file_broken'],
    ]);
  });

  it.each([
    ['with a byte that has changed', (bytes: Buffer) => void (bytes[bytes.length >> 1]! ^= 1)],
    ['with another checksum', (bytes: Buffer) => void (bytes[bytes.length - 8]! ^= 1)],
  ])('is gzip %s', async (_what, damage) => {
    const damaged = Buffer.from(packed);
    damage(damaged);
    const rows = await read('damaged.jsonl.gz', damaged);
    expect(rows.at(-1)).toEqual([rows.length - 1, 'file_broken']);
  });

  it('is gzip with text behind it', async () => {
    const rows = await read('behind.jsonl.gz', Buffer.concat([packed, Buffer.from('{"text":"b"}\n')]));
    expect(rows.at(-1)).toEqual([rows.length - 1, 'file_broken']);
    expect(rows.length).toBeGreaterThan(3000);
  });

  it('is zstd in which any bit has changed, unless its rows are the same', async () => {
    const whole = Array.from({ length: 40 }, (_none, row) => [row, `row ${row}`]);
    expect(await read('checked.jsonl.zst', CHECKED_ZSTD)).toEqual(whole);
    for (let at = 4; at < CHECKED_ZSTD.length; at += 1) {
      const damaged = Buffer.from(CHECKED_ZSTD);
      damaged[at]! ^= 1 << (at % 8);
      const rows = await read('checked.jsonl.zst', damaged);
      const isBroken = rows.at(-1)?.[1] === 'file_broken';
      expect(isBroken ? undefined : rows).toEqual(isBroken ? undefined : whole);
    }
  });

  it('is none where zstd has frames without content before, between and behind its others', async () => {
    const skipped = Buffer.from('502a4d180300000061 6263'.replace(' ', ''), 'hex');
    const frames = Buffer.concat([skipped, CHECKED_ZSTD, skipped, skipped, CHECKED_ZSTD, skipped]);
    expect(await read('skippable.jsonl.zst', frames)).toHaveLength(80);
  });

  it.each([
    ['no gzip behind its first bytes', 'not.jsonl.gz', Buffer.from('1f8b0800ffff', 'hex')],
    ['no zstd behind its first bytes', 'not.jsonl.zst', Buffer.from('28b52ffdffffffffffffffff', 'hex')],
    ['no Parquet behind its first bytes', 'not.parquet', 'PAR1 and nothing'],
    ['a bomb in zstd', 'bomb.jsonl.zst', bombZstd(4000)],
    ['a window of 604 MB in zstd', 'window.jsonl.zst', Buffer.from('28b52ffda03a000024d101007b7d', 'hex')],
    ['a bomb in gzip', 'bomb.jsonl.gz', gzipSync(Buffer.alloc(80 * 2 ** 20), { level: 9 })],
  ])('is %s', async (_what, name, content) => {
    const rows = await read(name, content);
    expect(rows.at(-1)?.[1]).toBe('file_broken');
  });

  it('is gzip that is damaged at any byte: reading it ends, and says so unless nothing of it is different', async () => {
    const content = '{"text":"a"}\n{"text":"b"}\n'.repeat(20);
    const whole = await read('whole.jsonl', content);
    const gzip = gzipSync(content);
    const damagedAt = async (at: number) => {
      const damaged = Buffer.from(gzip);
      damaged.writeUInt8(damaged.readUInt8(at) ^ 0x10, at);
      return read('damaged.jsonl.gz', damaged);
    };
    /* The first two bytes say that it is gzip at all. */
    for (let at = 2; at < gzip.length; at += 1) {
      const rows = await damagedAt(at);
      expect(rows.at(-1)?.[1] === 'file_broken' || isDeepStrictEqual(rows, whole)).toBe(true);
    }
  });
});
