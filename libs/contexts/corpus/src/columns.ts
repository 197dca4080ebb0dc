import type { Row } from '@tributary/kernel';

type MeasuredCount = { readonly value: number; readonly method: string };

/** A count and its method in two columns. An absent count is NULL, not zero. */
export const countColumns = (column: string, count: MeasuredCount | undefined): Row => ({
  [column]: count?.value ?? null,
  [`${column}_method`]: count?.method ?? '',
});

/** A digest and its algorithm in two columns; empty where absent. */
export const digestColumns = (digest: { algorithm: string; value: string } | undefined): Row => ({
  digest_algorithm: digest?.algorithm ?? '',
  digest: digest?.value ?? '',
});
