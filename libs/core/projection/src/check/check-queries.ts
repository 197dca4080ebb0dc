import { query } from '@tributary/kernel';
import { z } from 'zod';

const none = z.object({});
const number = z.coerce.number();

const countedRange = z.object({
  log_id: z.string(),
  epoch: number,
  position_range: number,
  positions: number,
  digested: number,
  digest: z.coerce.bigint(),
  last: number,
});

/** What the tables were filled with in one range of positions. */
export type CountedRange = z.infer<typeof countedRange>;

export const countedRanges = query(import.meta.url, 'counted-ranges', {
  params: z.object({ first: number, last: number }),
  row: countedRange,
});

export const rowTotals = query(import.meta.url, 'row-totals', {
  params: none,
  row: z.object({ table_name: z.string(), counted_rows: number, stored_rows: number }),
});

export const differingRanges = query(import.meta.url, 'differing-ranges', {
  params: z.object({ name: z.string(), before: number }),
  row: z.object({ position_range: number, counted_rows: number, stored_rows: number }),
});

export const detachedParts = query(import.meta.url, 'detached-parts', {
  params: none,
  row: z.object({ table_name: z.string(), parts: number, reasons: z.string() }),
});

const rangeSum = z.object({ position_range: number, row_total: number, offset_total: number });

export const countedRows = query(import.meta.url, 'counted-rows', {
  params: z.object({ name: z.string() }),
  row: rangeSum.extend({ positions: number, last: number }),
});
export const storedRows = query(import.meta.url, 'stored-rows', {
  params: z.object({ as_of: z.array(number) }),
  row: rangeSum,
});
export const countedTotals = query(import.meta.url, 'counted-totals', {
  params: none,
  row: z.object({ name: z.string(), row_total: number }),
});
export const storedTotal = query(import.meta.url, 'stored-total', {
  params: none,
  row: z.object({ row_total: number }),
});

/** A table's name cannot be a parameter. It is a constant of this program and goes into the text. */
export const ofTable = <Asked extends { readonly sql: string }>(question: Asked, table: string): Asked => ({
  ...question,
  sql: question.sql.replaceAll('tributary.training_step', `tributary.${table}`),
});

export const partChecks = query(import.meta.url, 'check-parts', {
  params: none,
  row: z.object({ part_path: z.string(), is_passed: number, message: z.string() }),
});

export const storedTables = query(import.meta.url, 'stored-tables', {
  params: none,
  row: z.object({ name: z.string() }),
});
