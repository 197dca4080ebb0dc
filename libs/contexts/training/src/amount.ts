/**
 * Amounts are integers in units of 2^-60 of a token, a byte or the total, so that they add up exactly:
 * `queries/counted-exposure.sql`.
 */
export const ONE = 2n ** 60n;

/** An amount as a number of its unit. Exact up to 2^53 tokens or bytes; above, and for shares, the nearest number. */
export const amountOf = (whole: bigint): number => Number(whole) / Number(ONE);
