import type { SourceFile } from '../../files/folder.ts';
import type { LinearPattern } from '../linear-pattern.ts';
import type { FileMap } from '../map.ts';
import { GrowingColumns } from './row.ts';
import type { Row, RowSource } from './row.ts';
import { textLines } from './text-lines.ts';
import type { TextLine } from '../../files/delimited-lines.ts';
import type { TextFlaws } from './text-lines.ts';

const COLOUR = new RegExp(`${String.fromCodePoint(27)}\\[[0-9;]*[A-Za-z]`, 'g');
/** The group that holds the pairs of a line. */
export const PAIRS = 'pairs';

/** No line of a training log with values is longer; a longer one is not searched. */
export const MAX_LOG_LINE = 8192;

/** Lines of a log that no pattern matched. */
export type Unmatched = { lines: number; first: number };

type LogPatterns = Pick<FileMap, 'patterns' | 'pairs'>;

/** The lines of a log that a pattern of the map matches; the first that matches reads the line. */
export function logRows(
  file: SourceFile,
  map: LogPatterns,
  flaws: TextFlaws,
  unmatched: Unmatched,
): RowSource {
  const columns = new GrowingColumns(map.patterns.flatMap(({ groups }) => groups));
  return {
    unit: 'line',
    columns: columns.names,
    async *rows() {
      unmatched.lines = 0;
      for await (const lines of textLines(file, flaws)) {
        const batch = lines.flatMap((line) => {
          const row = logRow(line, map, columns);
          if (row === undefined && line.text.trim() !== '') {
            if (unmatched.lines === 0) unmatched.first = line.line;
            unmatched.lines += 1;
          }
          return row ?? [];
        });
        if (batch.length > 0) yield batch;
      }
    },
  };
}

/** The groups of the first pattern that matches a line, and its pairs. */
function logRow(
  { line, text: coloured }: TextLine,
  { patterns, pairs }: LogPatterns,
  columns: GrowingColumns,
): Row | undefined {
  if (coloured.length > MAX_LOG_LINE) return undefined;
  const text = coloured.includes('\u001B') ? coloured.replaceAll(COLOUR, '') : coloured;
  for (const pattern of patterns) {
    const values = pattern.match(text);
    if (values === undefined) continue;
    const cells: (string | undefined)[] = [];
    for (const [index, name] of pattern.groups.entries()) cells[columns.indexOf(name)] = values[index];
    const inGroup = patterns.some(({ groups }) => groups.includes(PAIRS));
    const within = inGroup ? cells[columns.indexOf(PAIRS)] : text;
    for (const [name, value] of pairs ? pairsIn(within ?? '', pairs) : [])
      cells[columns.indexOf(name)] ??= value;
    return { at: line, cells };
  }
  return undefined;
}

/** The keys and values in a text, in its order. */
function pairsIn(text: string, pairs: LinearPattern): [string, string][] {
  const [key, value] = [pairs.groups.indexOf('key'), pairs.groups.indexOf('value')];
  return pairs.matchAll(text).flatMap((found): [string, string][] => {
    const name = found[key];
    return name === undefined ? [] : [[name, found[value] ?? '']];
  });
}
