import { numberIn } from '../number.ts';

/** A loss of a checkpoint on a validation file. */
export type LossRow = {
  readonly line: number;
  readonly path: string;
  readonly file: string;
  readonly loss: number;
};

/** Rows of `checkpoint, validation file, loss`, parted by tabs and mostly without a header; or why a line is none. */
export function lossRowsIn(text: string): { rows: LossRow[]; rejected: { line: number; reason: string }[] } {
  const rows: LossRow[] = [];
  const rejected: { line: number; reason: string }[] = [];
  for (const [index, source] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (source.trim() === '') continue;
    const line = index + 1;
    const cells = source.split('\t').map((cell) => cell.trim());
    const [path = '', file = '', number = ''] = cells;
    const loss = numberIn(number);
    if (cells.length === 3 && path.includes('/') && file !== '' && loss !== undefined)
      rows.push({ line, path, file, loss });
    else if (line > 1 || path.includes('/'))
      rejected.push({ line, reason: 'the line is no checkpoint, validation file and loss' });
  }
  return { rows, rejected };
}
