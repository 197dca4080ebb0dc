import { numberIn } from '../files/untyped-values.ts';

/** A loss of a checkpoint on a validation file. */
export type CheckpointLoss = {
  readonly line: number;
  readonly path: string;
  readonly file: string;
  readonly loss: number;
};

/** Rows of `checkpoint, validation file, loss`, parted by tabs and mostly without a header; or why a line is none. */
export function lossRowsIn(text: string): {
  rows: CheckpointLoss[];
  rejected: { line: number; reason: string }[];
} {
  const rows: CheckpointLoss[] = [];
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

/** A checkpoint whose folder is named after a mixture: `…/160M_RP_0-0.125-0.875/27000`. */
export type RunPath = {
  readonly group: string;
  readonly run: string;
  readonly step: number | undefined;
  /** By place; the path names no sources. Empty where it has no weights. */
  readonly weights: readonly number[];
  /** Such as 160M. */
  readonly scale: string | undefined;
};

const RUN = /^[^-]+((?:-\d+(?:\.\d*)?(?:e-\d+)?){2,})$/i;
const WEIGHT = /\d+(?:\.\d*)?(?:e-\d+)?/gi;

export function runPathIn(path: string): RunPath {
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  const step = /^\d{1,15}$/.test(last) && parts.length > 1 ? Number(last) : undefined;
  const at = step === undefined ? -1 : -2;
  const run = parts.at(at) ?? '';
  const [, listed = ''] = RUN.exec(run) ?? [];
  const weights = (listed.match(WEIGHT) ?? []).flatMap((weight) => numberIn(weight) ?? []);
  return {
    group: parts.at(at - 1) ?? '',
    run,
    step,
    weights,
    scale: /^(\d+(?:\.\d+)?[MB])(?=_|-|$)/i.exec(run)?.[1],
  };
}
