const AMOUNT = /\(\s*(?<number>\d+(?:\.\d+)?)\s*(?<unit>[KMBGT])T\s*\)/;
const UNIT: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, G: 1e9, T: 1e12 };

/** The tokens that a comment declares, such as "(58.55BT)" or "(5.256 GT)". */
export function tokensDeclaredIn(comment: string): number | undefined {
  const { number, unit } = AMOUNT.exec(comment)?.groups ?? {};
  return number === undefined ? undefined : Math.round(Number(number) * (UNIT[unit ?? ''] ?? 1));
}
