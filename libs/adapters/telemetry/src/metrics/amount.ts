/** A count that a counter can take. Work must not fail since its count makes no sense, so that counts as nothing. */
export const amount = (count: number): number => (count > 0 && Number.isFinite(count) ? count : 0);
