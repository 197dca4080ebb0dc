import { query } from '@tributary/kernel';
import { z } from 'zod';

const none = z.object({});
const number = z.coerce.number();

export const countedPositions = query(import.meta.url, 'counted-positions', {
  params: z.object({ first: number, last: number }),
  row: z.object({ log_id: z.string(), epoch: number, positions: number, last: number }),
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
