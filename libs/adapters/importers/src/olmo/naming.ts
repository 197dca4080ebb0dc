/** A file name without its extension and without `.gz`. */
export const fileStem = (name: string): string => name.replace(/\.gz$/i, '').replace(/\.[a-z0-9]+$/i, '');

const DATED = /[-_](\d{4})(?=[-_.]|$)/;
const LAST_NUMBER = /(?:^|[-_])(v?\d+(?:[._]\d+)*)(?=[-_.]|$)|(\d+)$/i;

/** The version in a name: a month such as 0925, otherwise the last number, such as v3 or the 17 of dolma17. */
export function versionInName(stem: string): string | undefined {
  const version = DATED.exec(stem) ?? LAST_NUMBER.exec(stem);
  return version?.[1] ?? version?.[2];
}

const AMOUNT = /\(\s*(?<number>\d+(?:\.\d+)?)\s*(?<unit>[KMBGT])T\s*\)/;
const UNIT = new Map(Object.entries({ K: 1e3, M: 1e6, B: 1e9, G: 1e9, T: 1e12 }));

/** The number of tokens in a comment, such as "(58.55BT)" or "(5.256 GT)". */
export function tokensDeclaredIn(comment: string): number | undefined {
  const { number, unit } = AMOUNT.exec(comment)?.groups ?? {};
  return number === undefined ? undefined : Math.round(Number(number) * (UNIT.get(unit ?? '') ?? 1));
}
