import type { Findings } from '../../facts/findings.ts';
import { truncateName, withoutTrailing } from '../../facts/text.ts';
import type { SourceFile } from '../../files/folder.ts';
import { numberIn } from '../../files/untyped-values.ts';
import { fileStem } from '../naming.ts';
import { tableIn } from '../../files/table.ts';
import type { Table, TableRow } from '../../files/table.ts';

/** A row of a list of checkpoints. Steps restart in every stage and ingredient. */
export type CheckpointRow = {
  readonly line: number;
  readonly step: number;
  readonly tokens: number | undefined;
  /** The normalised name of the stage, such as `stage2_midtraining`. */
  readonly stage: string | undefined;
  readonly ingredient: string | undefined;
  readonly checkpointId: string;
};

export type CheckpointTable = {
  readonly table: Table;
  /** The prefix of the names of its runs. */
  readonly label: string;
  readonly rows: readonly CheckpointRow[];
};

const COLUMNS = {
  step: /^steps?$/,
  directory: /^(checkpoint[ _]?(directory|dir|path|url)?|directory|url)$/,
  tokens: /^tokens([ _]?seen)?$/,
  stage: /^stage$/,
  ingredient: /^ingredient$/,
} as const;

type CheckpointColumn = keyof typeof COLUMNS;

const columnIn = (columns: readonly string[], column: CheckpointColumn): number =>
  columns.findIndex((name) => COLUMNS[column].test(name.trim().replaceAll('"', '').toLowerCase()));

const MAX_COLUMNS = 12;

/**
 * Whether a table lists checkpoints: it has a step and a directory, and can have ingredient, stage, tokens and other
 * columns.
 */
export function looksLikeCheckpoints(head: string): boolean {
  const [first = '', second = ''] = head.replace(/^\uFEFF/, '').split(/\r?\n/, 2);
  const delimiter = ['\t', ';'].find((each) => first.includes(each)) ?? ',';
  const columns = first.split(delimiter);
  const directory = columnIn(columns, 'directory');
  if (columnIn(columns, 'step') < 0 || directory < 0 || columns.length > MAX_COLUMNS) return false;
  if (second === '') return true;
  const address = second.split(delimiter)[directory] ?? '';
  const named = /checkpoint|ckpt/i.test(columns[directory] ?? '');
  return address.includes('/') && (named || /step|iter|checkpoint|ckpt/i.test(address));
}

export async function checkpointTable(
  file: SourceFile,
  findings: Findings,
): Promise<CheckpointTable | undefined> {
  const table = await tableIn(file, findings);
  if (!table) return undefined;
  const at = (column: CheckpointColumn) => columnIn(table.columns, column);
  const indexes = {
    step: at('step'),
    directory: at('directory'),
    tokens: at('tokens'),
    stage: at('stage'),
    ingredient: at('ingredient'),
  };
  const rows = table.rows.flatMap((row) => {
    const parsed = rowOf(row, indexes);
    if (typeof parsed !== 'string') return [parsed];
    findings.reject(`${table.path}:${row.line}`, '', parsed);
    return [];
  });
  return { table, label: fileStem(file.name), rows };
}

function rowOf({ cells, line }: TableRow, indexes: Record<CheckpointColumn, number>): CheckpointRow | string {
  const cell = (column: CheckpointColumn) => cells[indexes[column]] ?? '';
  const step = numberIn(cell('step'));
  if (step === undefined || !Number.isSafeInteger(step) || step < 0)
    return `the step "${cell('step').slice(0, 40)}" is not a non-negative whole number`;
  const address = cell('directory');
  if (address === '') return 'the row has no checkpoint directory';
  const tokens = numberIn(cell('tokens'));
  const seen = tokens !== undefined && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : undefined;
  return {
    line,
    step,
    tokens: seen,
    stage: cell('stage') === '' ? undefined : stageName(cell('stage')),
    ingredient: cell('ingredient') || undefined,
    checkpointId: checkpointIdOf(address),
  };
}

/** Normalises the name of a stage: `stage_3_longcontext` becomes `stage3_longcontext`. */
const stageName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^stage[-_ ]?(\d)/, 'stage$1')
    .slice(0, 256);

/** The id of a checkpoint: its address without a trailing slash. */
export const checkpointIdOf = (address: string): string =>
  truncateName(withoutTrailing(address.trim(), '/'), 512);
