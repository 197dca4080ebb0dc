import { numberIn } from '../files/untyped-values.ts';

/** The loss of a checkpoint on a validation file. */
export type CheckpointLoss = {
  readonly line: number;
  readonly path: string;
  readonly file: string;
  readonly loss: number;
};

/**
 * Parses rows of `checkpoint, validation file, loss`, separated by tabs and mostly without a header. Other lines are
 * rejected.
 */
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
      rejected.push({
        line,
        reason: 'the line does not have three cells: a checkpoint path, a validation file and a loss',
      });
  }
  return { rows, rejected };
}

/** The path of a checkpoint whose folder is named after a mixture: `…/160M_RP_0-0.125-0.875/27000`. */
export type RunPath = {
  readonly group: string;
  readonly run: string;
  readonly step: number | undefined;
  /** The weights by position, because the path names no sources. Empty if it has no weights. */
  readonly weights: readonly number[];
  /** The size of the model, such as 160M. */
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

/** A run of a file. The path of its checkpoints states its mixture. */
export type ListedRun = RunPath & { readonly rows: readonly CheckpointLoss[] };
