import { tolerantJson } from '@tributary/json';
import type { SourceFile } from '../../files/folder.ts';
import { isObject } from '../../files/untyped-values.ts';
import { GrowingColumns } from './row.ts';
import type { Row, RowSource } from './row.ts';
import { textLines } from './text-lines.ts';
import type { TextFlaws } from './text-lines.ts';

/** Members of members are columns such as `train.loss`; what nests deeper is left out. */
const MAX_DEPTH = 4;

/** The rows of a file with one JSON object on each line. */
export function jsonRows(file: SourceFile, columns: readonly string[], flaws: TextFlaws): RowSource {
  const growing = new GrowingColumns(columns);
  return {
    unit: 'line',
    columns: growing.names,
    async *rows(refusals) {
      for await (const lines of textLines(file, flaws)) {
        const batch: Row[] = [];
        for (const { line, text } of lines) {
          if (text.trim() === '') continue;
          const value = objectOf(text);
          if (value === undefined) refusals.refuse(line, '', 'the line is not a JSON object');
          else batch.push({ at: line, cells: rowCells(value, growing) });
        }
        if (batch.length > 0) yield batch;
      }
    },
  };
}

/** The JSON object on a line; undefined if there is none. */
export function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = jsonIn(text);
  return isObject(value) ? value : undefined;
}

/** A text as JSON, with bare NaN and Infinity as numbers; undefined if it is none. */
export function jsonIn(text: string): unknown {
  try {
    return text.includes('NaN') || text.includes('Infinity') ? tolerantJson(text) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members of an object as the cells of a row. */
export function rowCells(
  value: Readonly<Record<string, unknown>>,
  columns: GrowingColumns,
): (string | undefined)[] {
  const cells: (string | undefined)[] = [];
  for (const [name, cell] of flatMembers(value)) cells[columns.indexOf(name)] = cell;
  return cells;
}

/** The members of an object as text, those of inner objects with the names of both. Lists are left out. */
export function flatMembers(value: Readonly<Record<string, unknown>>, depth = 1): [string, string][] {
  return Object.entries(value).flatMap(([key, member]): [string, string][] => {
    if (isObject(member)) {
      if (depth >= MAX_DEPTH) return [];
      return flatMembers(member, depth + 1).map(([inner, cell]) => [`${key}.${inner}`, cell]);
    }
    const cell = scalarText(member);
    return cell === undefined ? [] : [[key, cell]];
  });
}

/** A scalar as text, empty for null; undefined for lists and bytes. */
export function scalarText(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
}
