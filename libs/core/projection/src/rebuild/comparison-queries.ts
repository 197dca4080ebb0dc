import { query } from '@tributary/kernel';
import type { Query } from '@tributary/kernel';
import { z } from 'zod';

const none = z.object({});
const number = z.coerce.number();
const part = z
  .object({ row_part: number, row_count: number, checksum: z.string() })
  .transform(({ row_part, row_count: rows, checksum }) => ({ part: row_part, rows, checksum }));
const text = z.string().transform((line) => line.trimEnd());

/* An alias must not be the name of a column: it would replace the column in the whole query. */
const hashedRow = z
  .object({ row_hash: z.string(), row_text: text })
  .transform(({ row_hash: hash, row_text: row }) => ({ hash, row }));

/** Number and checksum of the rows in one part of a table. */
export type Part = z.infer<typeof part>;

const load = <Params extends Record<string, unknown>, Row>(
  name: string,
  shapes: Pick<Query<Params, Row>, 'params' | 'row'>,
): Query<Params, Row> => query(import.meta.url, name, shapes);

export const shape = load('shape', {
  params: z.object({ table: z.string() }),
  row: z.object({ name: z.string(), type: z.string(), key_index: number }),
});
export const bounds = load('bounds', {
  params: none,
  row: z.object({ row_count: number, first: number, last: number }),
});
export const rangeSums = load('range-sums', {
  params: z.object({ first: z.int(), width: z.int() }),
  row: part,
});
export const eventParts = load('event-parts', { params: z.object({ position: z.int() }), row: part });
export const eventRows = load('event-rows', {
  params: z.object({ position: z.int(), parts: z.array(z.int()) }),
  row: hashedRow,
});
export const keyParts = load('key-parts', { params: none, row: part });
export const keys = load('keys', {
  params: z.object({ parts: z.array(z.int()), offset: z.int() }),
  row: z
    .object({ key_text: z.string(), row_hash: z.string() })
    .transform(({ key_text: key, row_hash: hash }) => ({ key, hash })),
});
export const keyRow = load('key-row', {
  params: z.object({ key: z.string() }),
  row: hashedRow,
});

/** The query for another table. Names are constants of this program and go into the SQL. */
export const ofTable = <Params extends Record<string, unknown>, Row>(
  original: Query<Params, Row>,
  table: string,
): Query<Params, Row> => ({
  ...original,
  sql: original.sql.replaceAll('tributary.training_step', `tributary.${table}`),
});

export type Rollup = {
  readonly table: string;
  /** Columns of the key, in order. */
  readonly key: readonly string[];
  /** Columns of aggregate states. */
  readonly partial: readonly string[];
};

/** The query for another rollup. */
export const ofRollup = <Params extends Record<string, unknown>, Row>(
  original: Query<Params, Row>,
  { table, key, partial }: Rollup,
): Query<Params, Row> => {
  const finished = partial.map((column) => `finalizeAggregation(${column}) AS ${column}`).join(', ');
  return {
    ...original,
    sql: original.sql
      .replaceAll(
        '* REPLACE (finalizeAggregation(loss) AS loss)',
        finished === '' ? '*' : `* REPLACE (${finished})`,
      )
      .replaceAll('run_id, attempt', key.join(', '))
      .replaceAll('tributary.training_run_latest', `tributary.${table}`),
  };
};
