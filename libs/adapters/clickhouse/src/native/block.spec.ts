import { expect, it } from 'vitest';
import type { Row } from '@tributary/kernel';
import { tableEncoder } from './block.ts';

const encoder = tableEncoder('tributary.sample', [
  { name: 'run', type: 'LowCardinality(String)', hasDefault: false },
  { name: 'small', type: 'UInt8', hasDefault: false },
  { name: 'large', type: 'UInt64', hasDefault: false },
  { name: 'signed', type: 'Int64', hasDefault: false },
  { name: 'single', type: 'Float32', hasDefault: false },
  { name: 'at', type: "DateTime64(6, 'UTC')", hasDefault: false },
  { name: 'coarse', type: 'DateTime64(3)', hasDefault: false },
  { name: 'id', type: 'UUID', hasDefault: false },
  { name: 'hash', type: 'FixedString(4)', hasDefault: false },
  { name: 'tags', type: 'Array(String)', hasDefault: false },
  { name: 'shares', type: 'Map(LowCardinality(String), Float64)', hasDefault: false },
]);

const wrong: [string, Row][] = [
  ['small', { small: 256 }],
  ['small', { small: -1 }],
  ['small', { small: 1.5 }],
  ['small', { small: Number.NaN }],
  ['large', { large: 2n ** 64n }],
  ['large', { large: -1 }],
  ['large', { large: 2 ** 53 }],
  ['large', { large: '18446744073709551616' }],
  ['large', { large: '1e3' }],
  ['large', { large: null }],
  ['signed', { signed: 2n ** 63n }],
  ['single', { single: 1e39 }],
  ['single', { single: -3.4028235677973366e38 }],
  ['single', { single: '1' }],
  ['at', { at: '2025-02-30T00:00:00Z0' }],
  ['at', { at: '2025-11-24T17:00:00.1234567Z' }],
  ['coarse', { coarse: 1_764_000_000_123_456 }],
  ['id', { id: '61f0c404-5cb3-11e7-907b-a6006ad3dbag' }],
  ['id', { id: '61f0c4045cb311e7907ba6006ad3dba0' }],
  ['hash', { hash: 'abc' }],
  ['tags', { tags: 'abc' }],
  ['tags', { tags: [1] }],
  ['shares', { shares: ['a'] }],
  ['run', { run: 1 }],
];

it.each(wrong)('names column %s when it cannot hold %s', (column, row) => {
  expect(() => encoder.rows([{ run: 'r' }, row])).toThrow(
    new RegExp(`^tributary\\.sample, column ${column} `),
  );
});

it('names an unknown key, in rows and in columns', () => {
  expect(() => encoder.rows([{ run: 'r' }, { run: 'r', losss: 1 }])).toThrow(
    'tributary.sample has no column "losss"',
  );
  expect(() => encoder.columns({ run: ['r'], losss: 1 })).toThrow('tributary.sample has no column "losss"');
});

it('encodes the next batch independently of a refused one', () => {
  const before = encoder.rows([{ run: 'r', tags: ['a'] }]);
  expect(() => encoder.rows([{ run: 'x', tags: ['b', 'c'] }, { small: -1 }])).toThrow('column small');
  expect(encoder.rows([{ run: 'r', tags: ['a'] }])).toEqual(before);
});

it('encodes rows and columns with the same content to the same bytes', () => {
  const rows = Array.from({ length: 1300 }, (_, step) => ({ run: 'r', large: step, single: step / 2 }));
  const columns = {
    run: 'r',
    large: Uint32Array.from(rows, ({ large }) => large),
    single: rows.map(({ single }) => single),
  };
  expect(encoder.columns(columns)).toEqual(encoder.rows(rows));
});

it('builds several blocks at a time, in portions', () => {
  const rows = Array.from({ length: 1300 }, (_, large) => ({ large, tags: ['a', `${large}`] }));
  const builders = [encoder.builder(), encoder.builder()];
  for (const from of [0, 600, 1200])
    for (const builder of builders) builder.add(rows.slice(from, from + 600));
  for (const builder of builders) expect(builder.finish()).toEqual(encoder.rows(rows));
});

it('refuses columns of different lengths, and constants alone', () => {
  expect(() => encoder.columns({ large: [1, 2], single: [1] })).toThrow(
    'column single: 1 values, but other columns have 2',
  );
  expect(() => encoder.columns({ run: 'r' })).toThrow('at least one column must be an array');
});

it('refuses more rows than a batch may hold', () => {
  expect(() => encoder.columns({ large: new Uint32Array(300_001) })).toThrow(
    'a batch holds at most 300000 rows',
  );
});

it('refuses an unsupported column type', () => {
  expect(() => tableEncoder('tributary.sample', [{ name: 'a', type: 'JSON', hasDefault: false }])).toThrow(
    'the column type JSON is not supported',
  );
});

it('takes times as strings, in the precision of the column', () => {
  const ticks = encoder.rows([{ at: 1_764_000_000_123_456, coarse: -86_400_000 }]);
  expect(encoder.rows([{ at: '2025-11-24T16:00:00.123456Z', coarse: '1969-12-31 00:00:00' }])).toEqual(ticks);
  expect(
    encoder.rows([{ at: '2025-11-24T17:00:00.123456+01:00', coarse: '1969-12-31T00:00:00.000000Z' }]),
  ).toEqual(ticks);
});
