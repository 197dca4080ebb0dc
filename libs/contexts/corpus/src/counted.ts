import type { Row } from '@tributary/kernel';

type Counted = { readonly value: number; readonly method: string };

/** A count and how it was counted, in two columns. What nobody counted is NULL, never zero. */
export const counted = (column: string, count: Counted | undefined): Row => ({
  [column]: count?.value ?? null,
  [`${column}_method`]: count?.method ?? '',
});
