import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Row } from '@tributary/kernel';
import { openScratch } from '../scratch.fixture.ts';

let scratch: Awaited<ReturnType<typeof openScratch>>;

beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.close());

const text = fc.string({ unit: 'binary', maxLength: 60 });
const word = fc.constantFrom('web', 'code', '', 'mathématiques', 'x'.repeat(50));
const double = fc.double();
const single = fc.float();
const micros = fc.bigInt(BigInt(Date.UTC(1900, 0, 1)) * 1000n, BigInt(Date.UTC(2299, 11, 31)) * 1000n);

/** The type of a column, and its values. */
const COLUMNS = {
  c_u8: ['UInt8', fc.nat(255)],
  c_i16: ['Int16', fc.integer({ min: -32768, max: 32767 })],
  c_u32: ['UInt32', fc.nat(2 ** 31)],
  c_u64: ['UInt64', fc.bigInt(0n, 2n ** 64n - 1n)],
  c_i64: ['Int64', fc.maxSafeInteger()],
  c_f32: ['Float32', single],
  c_f64: ['Float64', double],
  c_bf: ['BFloat16', fc.integer({ min: -256, max: 256 })],
  c_day: ['Date', fc.nat(65_535)],
  c_sec: ["DateTime('UTC')", fc.nat(2 ** 31)],
  c_bool: ['Bool', fc.boolean()],
  c_text: ['String', text],
  c_word: ['LowCardinality(String)', word],
  c_many: ['LowCardinality(String)', text],
  c_none: ['Nullable(String)', fc.option(text)],
  c_lcn: ['LowCardinality(Nullable(String))', fc.option(word)],
  c_nf: ['Nullable(Float64)', fc.option(double)],
  c_uuid: ['UUID', fc.uuid()],
  c_kind: ["Enum8('first' = 1, 'sec\\'ond' = 2)", fc.constantFrom('first', "sec'ond")],
  c_list: ['Array(String)', fc.array(text, { maxLength: 4 })],
  c_words: ['Array(LowCardinality(String))', fc.array(word, { maxLength: 4 })],
  c_deep: ['Array(Array(UInt16))', fc.array(fc.array(fc.nat(65535), { maxLength: 3 }), { maxLength: 3 })],
  c_map: ['Map(LowCardinality(String), Float64)', fc.dictionary(word, double)],
  c_maps: [
    'Map(String, Array(Nullable(Int32)))',
    fc.dictionary(text, fc.array(fc.option(fc.nat()), { maxLength: 3 })),
  ],
  c_pair: [
    'Tuple(name LowCardinality(String), score Float64)',
    fc.record({ name: word, score: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
  ],
  c_pairs: [
    'Array(Tuple(LowCardinality(String), Int8))',
    fc.array(fc.tuple(word, fc.integer({ min: -128, max: 127 })), { maxLength: 3 }),
  ],
  c_hash: [
    'FixedString(8)',
    fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  ],
  c_at: ["DateTime64(6, 'UTC')", micros],
} as const;

const names = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

/** How a column is selected: times as ticks, bytes as hexadecimal digits. */
const SELECTED: Partial<Record<keyof typeof COLUMNS, string>> = {
  c_at: 'toString(toUnixTimestamp64Micro(c_at))',
  c_day: 'toUInt16(c_day)',
  c_sec: 'toUInt32(c_sec)',
  c_hash: 'lower(hex(c_hash))',
};

const printed = (name: string, value: unknown): unknown =>
  name === 'c_u64' || name === 'c_i64' || name === 'c_at' ? String(value) : plain(value);

/** JSON has no negative zero and no objects without a prototype. */
function plain(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

const rowOf = fc.record(
  Object.fromEntries(names.map((name) => [name, COLUMNS[name][1] as fc.Arbitrary<unknown>])),
);

it('reads back every encoded row', async () => {
  const columns = names.map((name) => `${name} ${COLUMNS[name][0]}`).join(', ');
  await scratch.engine.command(
    `CREATE TABLE tributary.every (batch UInt32, n UInt32, ${columns}) ENGINE = MergeTree ORDER BY (batch, n)`,
  );
  const selected = names.map((name) => `${SELECTED[name] ?? name} AS ${name}_`).join(', ');
  let batch = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(rowOf, { minLength: 1, maxLength: 20 }), async (rows) => {
      batch += 1;
      const given = rows.map((row, n) => ({ batch, n, ...row })) as unknown as Row[];
      await scratch.engine.insert({ table: 'tributary.every', token: String(batch), rows: given });
      const read = await scratch.ask(
        `SELECT ${selected} FROM tributary.every WHERE batch = {batch:UInt32} ORDER BY n`,
        { batch },
      );
      const expected = rows.map((row) =>
        Object.fromEntries(names.map((name) => [`${name}_`, printed(name, row[name])])),
      );
      const single = (row: unknown) => ({
        ...(row as object),
        c_f32_: Math.fround((row as { c_f32_: number }).c_f32_),
      });
      expect(read.map((row) => single(plain(row)))).toEqual(expected.map(single));
    }),
    { numRuns: 60, seed: 26 },
  );
});

it('passes parameters to the engine unchanged', async () => {
  const types = {
    text: 'String',
    maybe: 'Nullable(String)',
    list: 'Array(String)',
    map: 'Map(String, Array(Float64))',
    large: 'UInt64',
    real: 'Float64',
  };
  const columns = Object.entries(types).map(([name, type]) => `{${name}:${type}} AS ${name}`);
  const sql = `SELECT ${columns.join(', ')}, '{text:String}' AS same -- {nothing:String}`;
  const params = fc.record({
    text,
    maybe: fc.option(text),
    list: fc.array(text),
    map: fc.dictionary(text, fc.array(double)),
    large: fc.bigInt(0n, 2n ** 64n - 1n),
    real: double,
  });
  await fc.assert(
    fc.asyncProperty(params, async (given) => {
      const [row] = await scratch.ask(sql, given);
      expect(plain(row)).toEqual(plain({ ...given, large: String(given.large), same: '{text:String}' }));
    }),
    { numRuns: 60, seed: 26 },
  );
});

it('encodes dictionaries of more than 2^8 and 2^16 values', async () => {
  await scratch.engine.command(
    'CREATE TABLE tributary.wide (name LowCardinality(String), n UInt32) ENGINE = MergeTree ORDER BY n',
  );
  for (const size of [256, 257, 65_536, 70_000]) {
    const encoder = await scratch.engine.encoder('tributary.wide');
    const n = Uint32Array.from({ length: size }, (_, index) => index);
    const block = encoder.columns({ name: Array.from(n, (index) => `name ${index}`), n });
    await scratch.engine.command('TRUNCATE TABLE tributary.wide');
    await scratch.engine.insert({ token: `wide ${size}`, block });
    expect(
      await scratch.ask(
        "SELECT toUInt32(countIf(name = concat('name ', toString(n)))) AS same FROM tributary.wide",
      ),
    ).toEqual([{ same: size }]);
  }
});
