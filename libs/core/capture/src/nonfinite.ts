export type NonfiniteName = 'nan' | '+inf' | '-inf';

/** What a fact calls a value that JSON cannot say; undefined for one that it can. */
function nonfiniteWord(value: number): NonfiniteName | undefined {
  if (Number.isFinite(value)) return undefined;
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? '+inf' : '-inf';
}

/** The places of a column whose value JSON cannot say, with what stood there. */
export const nonfiniteIn = (
  column: readonly (number | undefined)[],
): { index: number; value: NonfiniteName }[] =>
  column.flatMap((value, index) => {
    const word = value === undefined ? undefined : nonfiniteWord(value);
    return word ? [{ index, value: word }] : [];
  });

/** A column as JSON can say it. */
export const finiteOnly = (column: readonly (number | undefined)[]): (number | null)[] =>
  column.map((value) => (value !== undefined && Number.isFinite(value) ? value : null));
