const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The finite number that a cell spells in decimal, or undefined. */
export function numberIn(cell: string): number | undefined {
  if (!NUMBER.test(cell)) return undefined;
  const number = Number(cell);
  return Number.isFinite(number) ? number : undefined;
}

/** Why a cell is no number, in words. */
export function whyNoNumber(cell: string): string {
  if (cell === '') return 'the cell is empty';
  if (/^[+-]?(nan|null|none|na|n\/a|inf|infinity)$/i.test(cell)) return `${cell} is not a finite number`;
  return `"${cell.slice(0, 40)}" is not a number`;
}
