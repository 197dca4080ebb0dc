import { numberIn } from '../files/untyped-values.ts';

/** A row of a loss file with its 1-based line and its values by column. */
export type LossRow = {
  readonly line: number;
  readonly step: number;
  readonly values: readonly (readonly [string, number])[];
  /** Columns with a cell that is neither blank nor a number. */
  readonly texts: readonly (readonly [column: string, text: string])[];
};

const COLOUR = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*m`, 'g');
const STEP = /\b(validate )?step:\s*(\d+)\s+loss:/;
const FIELD =
  /\b(\w+):\s*([+-]?(?:[\d.,]+(?:e[+-]?\d+)?|nan|inf))(?![\w.%])|\b(\w+):\s*([\d.,]+)([A-Za-z%][\w/%]*)/gi;
/** No line with a step is longer. */
const MAX_LINE = 8192;
const RANK = /\[(?:rank|default)(\d+)\]/;

/** Whether a line is the log line of a step as torchtitan prints it. */
export const isConsoleLine = (line: string): boolean =>
  line.length <= MAX_LINE && STEP.test(line.replaceAll(COLOUR, ''));

/**
 * The rows of a training log of torchtitan: `step: 10 loss: 7.5 grad_norm: 1.2 memory: 0.93GiB(0.98%)`, with or without
 * colours. Units become part of the names. If several ranks print, only the rows of the first one are used.
 */
export function consoleRows(text: string): LossRow[] {
  const lines = text.split(/\r?\n/).map((line) => line.replaceAll(COLOUR, ''));
  const rows = lines.flatMap((line, index) => rowOf(line, index + 1) ?? []);
  return rows.filter(({ rank }) => rank === rows[0]?.rank);
}

function rowOf(line: string, at: number): (LossRow & { readonly rank: string | undefined }) | undefined {
  const stepMatch = line.length <= MAX_LINE ? STEP.exec(line) : null;
  const step = Number(stepMatch?.[2] ?? Number.NaN);
  if (!stepMatch || !Number.isSafeInteger(step)) return undefined;
  const fields = line.slice(line.indexOf('loss:', stepMatch.index));
  const values = [...fields.matchAll(FIELD)].flatMap(
    ([, plain, bare, name, amount, unit]): [string, number][] => {
      const value = numberOf(bare ?? amount ?? '');
      const key = plain ?? `${name ?? ''} (${unit ?? ''})`;
      return value === undefined ? [] : [[`${stepMatch[1] ?? ''}${key}`, value]];
    },
  );
  return values.length === 0 ? undefined : { line: at, step, values, texts: [], rank: RANK.exec(line)?.[1] };
}

function numberOf(text: string): number | undefined {
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  if (/^[+-]?inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return numberIn(text.replaceAll(',', ''));
}
