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
