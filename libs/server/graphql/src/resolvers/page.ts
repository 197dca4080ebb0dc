import { parseEventPosition, positionFromText } from '@tributary/kernel';

const MAX_PAGE = 1000;

/** How many rows a page holds: what was asked for, within what a page may hold. */
export const pageSize = (first: number): number => Math.min(Math.max(first, 1), MAX_PAGE);

/** What to pass as `after` for the next page; null on the last one. */
export function nextOf<Row>(
  rows: readonly Row[],
  first: number,
  key: (row: Row) => string | number,
): string | null {
  const last = rows.length === pageSize(first) ? rows.at(-1) : undefined;
  return last === undefined ? null : String(key(last));
}

/** The place in the log after which a page begins; the beginning where none is given. */
export const afterPosition = (after: string | undefined | null): number =>
  after ? parseEventPosition(positionFromText(after)) : 0;

/** Rows to leave out before a page, from the text that the page before gave. */
export function skipOf(after: string | undefined | null): number {
  const skip = Number(after ?? 0);
  return Number.isSafeInteger(skip) && skip > 0 ? skip : 0;
}

/** A count with its method, or null where nobody counted. */
export const countedOf = (value: number | null, method: string) =>
  value === null ? null : { value, method };
