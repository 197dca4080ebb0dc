import { SourceFile } from '../../files/folder.ts';
import { isParquet } from '../../files/parquet-table.ts';
import { cellOf, NUMBER_FORMATS } from '../cell.ts';
import type { NumberFormat } from '../cell.ts';
import { uncheckedMap } from '../read-map.ts';
import type { FileMap } from '../map.ts';
import { fileRows, headTextOf } from '../rows/file-rows.ts';
import { beginsRows } from '../rows/json-array-rows.ts';
import type { Row } from '../rows/row.ts';
import { noFlaws } from '../rows/text-lines.ts';
import { profilesOf } from './column-roles.ts';
import type { ColumnProfile } from './column-roles.ts';
import { headlessMap } from './headless-map.ts';
import { logMap } from './log-map.ts';
import { scalarMap } from './scalar-map.ts';
import { OPEN, tableMap } from './table-map.ts';
import type { Proposal } from './table-map.ts';

/** What the beginning of a file looks like, and the map that is proposed for it if there is one. */
export type ProposedMap = {
  /** A phrase such as `a table with the columns step, loss`. */
  readonly looksLike: string;
  readonly proposal: Proposal | undefined;
};

const SAMPLE = 200;
const NAMED_COLUMNS = 8;

/** Proposes a map for a file by its first 64 KiB; of Parquet, by its first rows. */
export async function proposeMap(file: SourceFile): Promise<ProposedMap> {
  if (file.bytes === 0) return nothing('an empty file');
  const isTable = await isParquet(file);
  const head = isTable ? '' : await headTextOf(file);
  if (head === undefined) return nothing('a binary file');
  const table =
    isTable || looksTabular(head) ? await sampleOf(isTable ? file : headFile(file, head)) : undefined;
  const isNamed = table !== undefined && table.columns.length > 1;
  return headlessMap(head) ?? (isNamed ? namedTable(file, table) : logOrText(head));
}

function namedTable({ path }: SourceFile, { columns, rows }: Sample): ProposedMap {
  const { profiles, numbers } = readColumns(columns, rows);
  const shown = columns.slice(0, NAMED_COLUMNS).join(', ');
  const looksLike = `a table with the columns ${shown}${columns.length > NAMED_COLUMNS ? ', …' : ''}`;
  return { looksLike, proposal: scalarMap(path, columns) ?? tableMap(profiles, numbers) };
}

function logOrText(head: string): ProposedMap {
  const lines = wholeLines(head).split(/\r\n|[\r\n]/);
  const proposal = logMap(lines);
  if (proposal) return { looksLike: 'a log whose lines repeat names and numbers', proposal };
  const isText = lines.filter((line) => line.trim() !== '').length > 1;
  return nothing(isText ? 'text without repeated names and numbers' : 'a single line of text');
}

const nothing = (looksLike: string): ProposedMap => ({ looksLike, proposal: undefined });

/** The text up to its last line end, because a line can be truncated. */
const wholeLines = (text: string): string => {
  const end = text.lastIndexOf('\n');
  return end > 0 && text.length >= 60_000 ? text.slice(0, end) : text;
};

/** The beginning of a file as a file of its own. */
export function headFile({ path }: SourceFile, head: string): SourceFile {
  const bytes = new TextEncoder().encode(wholeLines(head));
  return new SourceFile({ path, bytes: bytes.length, read: () => Promise.resolve(bytes) });
}

/** Whether the first lines are JSON objects, or have as many cells as each other. */
function looksTabular(head: string): boolean {
  const lines = head
    .split(/\r\n|[\r\n]/)
    .filter((line) => line.trim() !== '' && !line.startsWith('# '))
    .slice(0, 4);
  if (beginsRows(head)) return true;
  if (lines[0]?.startsWith('{')) return lines.slice(0, 3).every((line) => line.startsWith('{"'));
  if (lines.length < 2) return false;
  return ['\t', ',', ';', '|'].some((delimiter) => {
    const counts = lines.map((line) => line.replaceAll(/"[^"]*"/g, '""').split(delimiter).length);
    const isLast = (index: number) => index === lines.length - 1 && lines.length > 2;
    return (counts[0] ?? 0) > 1 && counts.every((count, index) => count === counts[0] || isLast(index));
  });
}

type Sample = { readonly columns: readonly string[]; readonly rows: readonly Row[] };

async function sampleOf(file: SourceFile): Promise<Sample | undefined> {
  const { map } = uncheckedMap({ reads: 'table', metrics: 'all' });
  const source = await fileRows(file, map, noFlaws(), { lines: 0, first: 0 });
  if (typeof source === 'string') return undefined;
  const rows: Row[] = [];
  for await (const batch of source.rows({ refuse: () => undefined })) {
    for (const row of batch.slice(0, SAMPLE)) rows.push(row);
    if (rows.length >= SAMPLE) break;
  }
  return { columns: source.columns, rows };
}

type ReadColumns = {
  readonly profiles: readonly ColumnProfile[];
  readonly numbers: NumberFormat | typeof OPEN;
};

/**
 * The columns, read with the format of numbers in which most cells are numbers: the plain one if it is among them. Where
 * several formats read other numbers from the same cells, the format is left open.
 */
function readColumns(columns: readonly string[], rows: readonly Row[]): ReadColumns {
  const cells = rows.map((row) => row.cells);
  const readings = NUMBER_FORMATS.map((numbers) => ({
    numbers,
    profiles: profilesOf(columns, cells, numbers),
    values: valuesIn(cells, numbers),
  }));
  const most = readings.reduce((high, { values }) => Math.max(high, values.length), 0);
  const best = readings.filter(({ values }) => values.length === most);
  const [first] = best;
  const isPlain = first?.numbers === '1234.5';
  const agrees = best.every(({ values }) => values.join() === first?.values.join());
  return {
    profiles: first?.profiles ?? [],
    numbers: isPlain || agrees ? (first?.numbers ?? '1234.5') : OPEN,
  };
}

const valuesIn = (rows: readonly (readonly (string | undefined)[])[], numbers: NumberFormat): number[] =>
  rows.flatMap((cells) =>
    cells.flatMap((text) => {
      const cell = cellOf(text ?? '', numbers);
      return cell.kind === 'number' ? [cell.value] : [];
    }),
  );

/** A proposal without what it leaves open, for showing what it reads so far. */
export function readablePart(proposal: Proposal): FileMap {
  return uncheckedMap(Object.fromEntries(Object.entries(proposal).filter(([, value]) => value !== OPEN))).map;
}
