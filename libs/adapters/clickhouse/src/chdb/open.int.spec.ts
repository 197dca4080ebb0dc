import { spawnSync } from 'node:child_process';
import { readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChdb, type TableName } from '../index.ts';
import { asQuery, openScratch } from '../scratch.fixture.ts';

let scratch: Awaited<ReturnType<typeof openScratch>>;
let tables = 0;

beforeAll(async () => {
  scratch = await openScratch({ overdueMillis: 1000 });
});
afterAll(() => scratch.close());

/** A new table, with a view that counts its rows by name. */
async function aTable(columns = 'name LowCardinality(String), number UInt64'): Promise<TableName> {
  tables += 1;
  const name = `tributary.t${tables}` as const;
  const window = 'SETTINGS non_replicated_deduplication_window = 10000';
  const { engine } = scratch;
  await engine.command(`CREATE TABLE ${name} (${columns}) ENGINE = MergeTree ORDER BY tuple() ${window}`);
  await engine.command(
    `CREATE TABLE ${name}_count (n UInt64) ENGINE = SummingMergeTree ORDER BY tuple() ${window}`,
  );
  await engine.command(
    `CREATE MATERIALIZED VIEW ${name}_mv TO ${name}_count AS SELECT count() AS n FROM ${name}`,
  );
  return name;
}

const counts = async (table: TableName) => {
  const [row] = await scratch.ask<{ rows: number; counted: number }>(
    `SELECT toUInt32((SELECT count() FROM ${table})) AS rows, toUInt32((SELECT sum(n) FROM ${table}_count)) AS counted`,
  );
  return row;
};

it('counts a batch once that is inserted twice with the same token, in the table and in its view', async () => {
  const table = await aTable();
  const batch = {
    table,
    token: 'a:1:0-2',
    rows: [
      { name: 'a', number: 1 },
      { name: 'b', number: 2 },
    ],
  };
  await scratch.engine.insert(batch);
  await scratch.engine.insert(batch);
  expect(await counts(table)).toEqual({ rows: 2, counted: 2 });
});

it('keeps equal rows that have different tokens', async () => {
  const table = await aTable();
  for (const token of ['a:1:0-1', 'a:1:1-2']) {
    await scratch.engine.insert({ table, token, rows: [{ name: 'beat', number: 1 }] });
  }
  expect(await counts(table)).toEqual({ rows: 2, counted: 2 });
});

it('keeps tokens and rows when the directory is reopened', async () => {
  const table = await aTable();
  const batch = { table, token: 'a:1:0-1', rows: [{ name: 'a', number: 1 }] };
  await scratch.engine.insert(batch);
  await scratch.reopen();
  await scratch.engine.insert(batch);
  expect(await counts(table)).toEqual({ rows: 1, counted: 1 });
});

it.each([
  ['a blank line and a statement', '{"a":1}\n\nDROP TABLE tributary.victim'],
  [
    'quotes, backslashes, tabs and NUL',
    `'; DROP TABLE tributary.victim; -- \\' " \` \t \r \0 \\0 {x:String}`,
  ],
  ['text outside ASCII, longer than the short path', `€ü😀${'long '.repeat(40)}`],
])('stores %s as they are, inserted and asked for', async (_, text) => {
  await scratch.engine.command('CREATE TABLE IF NOT EXISTS tributary.victim (a UInt8) ENGINE = Memory');
  const table = await aTable('name String, number UInt64');
  await scratch.engine.insert({ table, token: text, rows: [{ name: text, number: 1 }] });
  expect(await scratch.ask(`SELECT name FROM ${table} WHERE name = {name:String}`, { name: text })).toEqual([
    { name: text },
  ]);
  expect(await scratch.ask('EXISTS TABLE tributary.victim')).toEqual([{ result: 1 }]);
});

it('returns 64-bit integers, microseconds, NaN and infinities exactly', async () => {
  const table = await aTable("name String, number UInt64, at DateTime64(6, 'UTC'), values Array(Float64)");
  const at = 1_764_000_000_123_456;
  await scratch.engine.insert({
    table,
    token: 'exact',
    rows: [
      { name: 'a', number: 2n ** 64n - 1n, at, values: [Number.NaN, Infinity, -Infinity, 0.1] },
      { name: 'b', number: '18446744073709551615', at: '2025-11-24T17:00:00.123456+01:00', values: [] },
    ],
  });
  const rows = await scratch.ask(
    `SELECT number, toUnixTimestamp64Micro(at) AS at, values, values[1] AS first FROM ${table} ORDER BY name`,
  );
  const expected = { number: '18446744073709551615', at: String(at) };
  expect(rows).toEqual([
    { ...expected, values: [Number.NaN, Infinity, -Infinity, 0.1], first: Number.NaN },
    { ...expected, values: [], first: 0 },
  ]);
});

it.each([
  ['INSERT INTO tributary.victim VALUES (1)'],
  ['CREATE TABLE tributary.other (a UInt8) ENGINE = Memory'],
  ["SELECT * FROM file('/etc/hostname', 'LineAsString')"],
  ['SET max_threads = 1'],
])('refuses "%s" from a reader', async (sql) => {
  await expect(scratch.ask(sql)).rejects.toMatchObject({ code: 'engine_refused', retryable: false });
});

it('says that a part is damaged where its marks are gone, and not where a text only says so', async () => {
  const { engine } = scratch;
  await engine.command('CREATE TABLE tributary.damaged (n UInt64) ENGINE = MergeTree ORDER BY n');
  await engine.command('INSERT INTO tributary.damaged SELECT number FROM numbers(1000)');
  const [part] = await scratch.ask<{ path: string }>("SELECT path FROM system.parts WHERE table = 'damaged'");
  const [marks] = readdirSync(part?.path ?? '').filter((file) => file.includes('.cmrk'));
  truncateSync(join(part?.path ?? '', marks ?? ''));
  await expect(scratch.ask('SELECT sum(n) FROM tributary.damaged')).rejects.toMatchObject({
    code: 'part_damaged',
    retryable: false,
  });
  await expect(scratch.ask("SELECT throwIf(1, 'Code: 246. DB::Exception: damaged')")).rejects.toMatchObject({
    code: 'engine_refused',
  });
});

it('refuses several statements in one string', async () => {
  await expect(scratch.ask('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: 'several_statements' });
  await expect(scratch.engine.command("SELECT ';' /* ; */; DROP TABLE x")).rejects.toMatchObject({
    code: 'several_statements',
  });
  expect(await scratch.ask("SELECT ';' AS a /* ; */;")).toEqual([{ a: ';' }]);
});

const forever = asQuery(
  'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number, {salt:UInt8}))',
  'forever',
);

it('answers short queries while a long one runs, and kills the long one when it is overdue', async () => {
  const long = scratch.engine.reader.all(forever, { salt: 1 }).catch((error: unknown) => error);
  const short = await Promise.all([1, 2, 3, 4].map((n) => scratch.ask('SELECT {n:UInt8} AS n', { n })));
  expect(short).toEqual([1, 2, 3, 4].map((n) => [{ n }]));
  expect(await long).toMatchObject({ code: 'query_overdue' });
  const after = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => scratch.ask('SELECT {n:UInt8} AS n', { n }));
  expect(await Promise.all(after)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [{ n }]));
});

/** Statements that fail when they are read, at once, and after some of their output. */
const failing = {
  unread: () => scratch.ask('SELECT nothing'),
  'at once': () => scratch.ask('SELECT throwIf(1)'),
  midway: () => scratch.ask('SELECT number, throwIf(number = 199999) AS x FROM numbers(200000)'),
};

it('answers after any failed statements as if there had been none', async () => {
  const statement = fc.oneof(fc.nat(1000), fc.constantFrom('unread', 'at once', 'midway'));
  const round = async (statements: (number | keyof typeof failing)[]) => {
    const answers = statements.map((one) =>
      typeof one === 'number'
        ? scratch.ask('SELECT {n:UInt16} AS n', { n: one })
        : failing[one]().then(
            () => 'answered',
            ({ code }: { code: string }) => code,
          ),
    );
    const expected = statements.map((one) => (typeof one === 'number' ? [{ n: one }] : 'engine_refused'));
    expect(await Promise.all(answers)).toEqual(expected);
  };
  await fc.assert(fc.asyncProperty(fc.array(statement, { maxLength: 12 }), round), { numRuns: 40 });
});

it('finishes running statements before it closes', async () => {
  const table = await aTable();
  const insert = scratch.engine.insert({ table, token: 'closing', rows: [{ name: 'a', number: 1 }] });
  await scratch.reopen();
  await insert;
  expect(await counts(table)).toEqual({ rows: 1, counted: 1 });
});

it('names the process that has the directory open, and says what to do', () => {
  const script = `
    import { openChdb } from ${JSON.stringify(new URL('open.ts', import.meta.url).href)};
    try { await openChdb({ directory: ${JSON.stringify(scratch.directory)}, threads: 16 }); }
    catch (fault) { process.stdout.write(JSON.stringify({ code: fault.code, message: fault.message })); }`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', script],
    { encoding: 'utf8' },
  );
  const fault = JSON.parse(stdout || JSON.stringify({ code: stderr })) as { code: string; message: string };
  expect(fault.code).toBe('directory_in_use');
  expect(fault.message).toContain(`PID ${process.pid}`);
  expect(fault.message).toContain(scratch.directory);
});

it('refuses a second directory in one process', async () => {
  const directory = `${scratch.directory}/other`;
  await expect(openChdb({ directory, threads: 16 })).rejects.toMatchObject({ code: 'other_directory_open' });
});

it('refuses more readers than threads allow', async () => {
  await expect(openChdb({ directory: scratch.directory, threads: 8, readers: 3 })).rejects.toMatchObject({
    code: 'too_few_threads',
  });
});

it('computes the DEFAULT of a column that no row gives, and refuses a column that some rows give', async () => {
  const table = await aTable(
    "name String, number UInt64 DEFAULT 7, at DateTime64(6, 'UTC') DEFAULT now64(6)",
  );
  await scratch.engine.insert({ table, token: '1', rows: [{ name: 'a' }] });
  await scratch.engine.insert({
    table,
    token: '2',
    rows: [{ name: 'b', number: 0, at: 1_764_000_000_000_000 }],
  });
  expect(
    await scratch.ask(`SELECT name, number, at > '2026-01-01' AS recent FROM ${table} ORDER BY name`),
  ).toEqual([
    { name: 'a', number: '7', recent: 1 },
    { name: 'b', number: '0', recent: 0 },
  ]);
  const uneven = scratch.engine.insert({
    table,
    token: '3',
    rows: [{ name: 'c', number: 1 }, { name: 'd' }],
  });
  await expect(uneven).rejects.toMatchObject({ code: 'partial_default' });
});

it('inserts columns: typed arrays, arrays and constants', async () => {
  const table = await aTable(
    'run LowCardinality(String), step UInt64, loss Float32, tags Map(String, Float64), note Nullable(String)',
  );
  const encoder = await scratch.engine.encoder(table);
  const step = Float64Array.from({ length: 1000 }, (_, index) => index);
  const block = encoder.columns({
    run: 'r',
    step,
    loss: Float32Array.from(step),
    tags: { a: 1 },
    note: null,
  });
  await scratch.engine.insert({ token: 'columns', block });
  expect(
    await scratch.ask(
      `SELECT run, sum(step) AS steps, sum(loss) AS losses, sum(tags['a']) AS tags, count(note) AS notes FROM ${table} GROUP BY run`,
    ),
  ).toEqual([{ run: 'r', steps: '499500', losses: 499_500, tags: 1000, notes: '0' }]);
});

it('names the table and column of a value that the engine cannot cast, and a table that does not exist', async () => {
  const table = await aTable("name String, kind Enum8('x' = 1, 'y' = 2)");
  const wrong = scratch.engine.insert({ table, token: '1', rows: [{ name: 'a', kind: 'z' }] });
  await expect(wrong).rejects.toMatchObject({
    code: 'engine_refused',
    message: expect.stringContaining(table) as string,
  });
  const absent = scratch.engine.insert({ table: 'tributary.absent', token: '1', rows: [{ name: 'a' }] });
  await expect(absent).rejects.toMatchObject({ code: 'unknown_table' });
});

it('refuses an answer of which rows would be cut off, and gives one that has as many as it may', async () => {
  const numbers = { ...asQuery('SELECT number FROM numbers({count:UInt32})\nLIMIT 11', 'numbers'), most: 10 };
  expect(await scratch.engine.reader.all(numbers, { count: 10 })).toHaveLength(10);
  await expect(scratch.engine.reader.all(numbers, { count: 12 })).rejects.toMatchObject({
    code: 'too_many_rows',
    retryable: false,
    message: expect.stringContaining('query numbers may read 10 rows'),
  });
});
