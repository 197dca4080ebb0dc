import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fillPlaceholders, quoted } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { query } from '@tributary/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCluster } from '../../libs/adapters/clickhouse/src/cluster.fixture.ts';
import { filledEngine } from './placed-facts.fixture.ts';
import { tearApart, TORN } from './two-shards.fixture.ts';

const libs = join(import.meta.dirname, '../../libs');
const anything = { parse: (value: unknown) => value as never };
const queries = readdirSync(libs)
  .flatMap((layer) => readdirSync(join(libs, layer)).map((name) => join(libs, layer, name, 'src/queries')))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder).map((file) =>
      query(join('file://', folder, '../queries.ts'), file.replace('.sql', ''), {
        params: anything,
        row: anything,
      }),
    ),
  )
  .filter(({ sql }) => !sql.includes('FROM system.') && !sql.includes('tributary.schema_migration'));

const EVERYTHING = '18446744073709551615';
/** Values that match rows of the shipped facts. Parameters that are missing here are filters that match all rows. */
const VALUES: Readonly<Record<string, unknown>> = {
  'as_of Array(UInt64)': [EVERYTHING, EVERYTHING],
  'until UInt64': EVERYTHING,
  'to_step UInt64': EVERYTHING,
  'after String': '',
  'checkpoint_ids Array(String)': [],
  'by String': 'domain',
  'metric String': 'loss',
  'owner_kind String': 'run',
  'bucket_steps UInt64': 64,
  'at_least UInt64': 8,
  'ranges UInt32': 1000,
  'most UInt32': 1000,
  'step UInt64': EVERYTHING,
  'first UInt32': 1000,
  'attempt UInt32': 1,
  'start_from UInt32': 1,
};
/** The items of lists of numbers, where they are not 1. */
const ITEMS: Readonly<Record<string, number>> = {
  ends: 2 ** 40,
  open_segments: 0,
  open_buckets: 0,
  summed_steps: 262_144,
  summed_buckets: 0,
};
const numbers = (count: number, value: number | string): unknown[] =>
  Array.from({ length: count }, () => value);

let cluster: Awaited<ReturnType<typeof openCluster>>;
let engine: Engine;
/** Values by parameter name, read from the tables. */
let known: Record<string, string[]>;

const FOUND: Readonly<Record<string, string>> = {
  run_id: 'toString(run_id) FROM tributary.training_run',
  bounded: 'toString(run_id) FROM tributary.training_run',
  checkpoint_id: 'checkpoint_id FROM tributary.routing_load',
  shard_id: "toString(shard_id) FROM tributary.training_exposure WHERE shard_id != ''",
  slice: 'toString(slice) FROM tributary.training_exposure',
  snapshot_id: 'snapshot_id FROM tributary.corpus_snapshot_source',
  mixture_id: 'mixture_id FROM tributary.mixture_plan',
  question_id: 'question_id FROM tributary.attribution_question',
  family_id: 'family_id FROM tributary.attribution_test',
  pipeline_id: 'pipeline_id FROM tributary.corpus_step',
  normaliser_id: 'toString(normaliser_id) FROM tributary.corpus_normaliser',
  benchmark: 'toString(benchmark) FROM tributary.corpus_contamination',
  attribute: 'toString(attribute) FROM tributary.corpus_attribute',
  key: 'toString(key) FROM tributary.training_metric',
  node: 'source FROM tributary.lineage_edge_by_source',
  project_id: 'project_id FROM tributary.training_project',
  model_id: 'model_id FROM tributary.training_model_change',
  stream: 'stream FROM tributary.log_correction',
  import_id: 'import_id FROM tributary.log_import',
  /* Of several kinds. */
  id: `id FROM (
    SELECT toString(shard_id) AS id FROM tributary.corpus_shard ORDER BY id LIMIT 6
    UNION ALL SELECT snapshot_id AS id FROM tributary.corpus_snapshot ORDER BY id LIMIT 6
    UNION ALL SELECT pipeline_id AS id FROM tributary.corpus_step ORDER BY id LIMIT 6
    UNION ALL SELECT checkpoint_id AS id FROM tributary.training_checkpoint ORDER BY id LIMIT 6
    UNION ALL SELECT mixture_id AS id FROM tributary.mixture_plan ORDER BY id LIMIT 6
    UNION ALL SELECT toString(experiment_id) AS id FROM tributary.mixture_arm ORDER BY id LIMIT 6)`,
};

beforeAll(async () => {
  cluster = await openCluster();
  engine = await filledEngine(cluster.directory);
  await cluster.text(`INSERT INTO tributary.log_correction (corrected_position, type, stream, _position)
    SELECT _position, 'training.exposure.recorded', run_id, _position + 1 FROM tributary.training_exposure WHERE cityHash64(_position) % 3 = 0
    UNION ALL SELECT 0, 'training.exposure.recorded', 'none', 1`);
  await cluster.text(`INSERT INTO tributary.log_event (id_key, source, id, type, stream, hash, _position)
    SELECT number, 's', toString(number), 't', 'x', '', number % 2 * bitShiftLeft(1, 40) + number FROM numbers(100)`);
  await cluster.text(`INSERT INTO tributary.log_import (import_id, _position) VALUES ('a', 1), ('b', 2)`);
  await cluster.text(`INSERT INTO tributary.log_import_part (import_id, began, stored, repeated, _position)
    VALUES ('a', 1, [(3, 60)], [], 61), ('b', 2, [(70, 90)], [(10, 20)], 91)`);
  await cluster.text(
    `INSERT INTO tributary.log_import_withdrawal (import_id, began, _position) VALUES ('a', 1, 99)`,
  );
  await cluster.text(`INSERT INTO tributary.training_order (run_id, attempt, first_step, last_step, method, encoding, recorded_order, _position)
    SELECT DISTINCT run_id, 1, 0, ${EVERYTHING}, 'inferred', 'digest', '{}', cityHash64(run_id) % 1000 FROM tributary.training_run`);
  await tearApart(cluster.text);
  const found = Object.entries(FOUND).map(async ([name, from]) => {
    const text = await cluster.text(`SELECT DISTINCT ${from} ORDER BY 1 LIMIT 40`, 'JSONCompactColumns');
    return [name, JSON.parse(text)[0] as string[]] as const;
  });
  known = Object.fromEntries(await Promise.all(found));
});
afterAll(async () => {
  await engine.close();
  await cluster.close();
});

function valueOf(name: string, type: string): unknown {
  const given = VALUES[`${name} ${type}`];
  if (given !== undefined) return given;
  if (type.startsWith('Nullable')) return null;
  if (type.startsWith('Array(')) return listOf(name, type);
  return type === 'String' ? (known[name]?.[0] ?? '') : 0;
}

function listOf(name: string, type: string): unknown[] {
  if (type === 'Array(String)') return known[name.replace(/s$/, '').replace('owner', 'run')] ?? [];
  if (name === 'keys') return Array.from({ length: 100 }, (_, key) => key);
  return numbers(known['run_id']?.length ?? 0, ITEMS[name] ?? 1);
}

const rendered = (value: unknown, type: string): string => {
  if (value === null) return `CAST(NULL AS ${type})`;
  const text = Array.isArray(value)
    ? `[${value.map((item) => element(item, type)).join(',')}]`
    : `${value as string}`;
  return `CAST(${quoted(text)} AS ${type})`;
};
const element = (item: unknown, type: string): string =>
  type.includes('String') ? quoted(`${item as string}`) : `${item as number}`;

const byText = (a: unknown, b: unknown): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** Rows without what queries do not guarantee: the order of sets, and the last digits of sums of floats. */
const settled = (value: unknown): unknown => {
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (Array.isArray(value)) return value.map(settled).toSorted(byText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settled(item)]));
};

/** An order of the whole answer: after it no parenthesis is closed on a line of its own. */
const ORDERED = /^ORDER BY(?![\s\S]*^\))/m;

async function answer(sql: string, database: string): Promise<unknown[]> {
  const filled = fillPlaceholders(sql, (name, type) => rendered(valueOf(name, type), type));
  const text = await cluster.text(filled.replaceAll('tributary.', `${database}.`), 'JSONEachRow');
  const rows = text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => settled(JSON.parse(line)));
  return ORDERED.test(sql) ? rows : rows.toSorted(byText);
}

/** Queries that return a row only where tables are damaged, and definitions that have none. */
const isEmpty = (name: string): boolean => /^(?:differing|no)-/.test(name);

/** Compares every query, in its text as it is or in the one for logs of which imports were withdrawn. */
export function compareShards(of: 'sql' | 'afterWithdrawals'): void {
  const compared = queries.filter((asked) => asked[of] !== undefined);
  const empty: string[] = [];

  describe.each(compared)('$name', (asked) => {
    it('returns the same rows from two shards as from one', async () => {
      const sql = asked[of] ?? '';
      const expected = await answer(sql, 'tributary');
      if (expected.length === 0 && !isEmpty(asked.name)) empty.push(asked.name);
      expect(await answer(sql, TORN)).toEqual(expected);
    });
  });

  it('compares rows, not only empty answers', () => {
    expect(empty.length).toBeLessThan(compared.length / 2);
  });
}

/** The answer of one shard where nothing is corrected: what is corrected in the tables is not read. */
const uncorrected = (sql: string): Promise<unknown[]> =>
  answer(
    sql.replaceAll('tributary.log_correction', '(SELECT * FROM tributary.log_correction WHERE false)'),
    'tributary',
  );

/** Compares the text of every query for logs in which nothing is corrected with the text for all logs. */
export function compareWithoutCorrections(): void {
  const compared = queries.filter(({ withoutCorrections }) => withoutCorrections !== undefined);

  it.each(compared)('$name: reads the same where nothing is corrected', async (asked) => {
    const { sql, withoutCorrections = '' } = asked;
    expect(await uncorrected(withoutCorrections)).toEqual(await uncorrected(sql));
  });
}
