/** 12,345,678 */
export const count = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** Four significant digits; a dash where there is no value. */
export function brief(value: number | null): string {
  if (value === null) return '-';
  return String(Number(value.toPrecision(4)));
}

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** `1 run`, `2 runs` */
export const counted = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
