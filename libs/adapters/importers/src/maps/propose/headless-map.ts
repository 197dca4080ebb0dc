import { cellOf } from '../cell.ts';
import { jsonIn } from '../rows/json-rows.ts';
import type { ProposedMap } from './propose-map.ts';
import { OPEN } from './table-map.ts';

/** Lines that are looked at. */
const LINES = 4;

/** The map of a table whose rows are numbers from the first one on: what its columns hold, only the user knows. */
export function headlessMap(head: string): ProposedMap | undefined {
  const columns = listedColumns(head) ?? numberColumns(head);
  if (columns === undefined) return undefined;
  return {
    looksLike: `a table of ${columns} columns without a header`,
    proposal: {
      reads: 'table',
      columns: Array.from({ length: columns }, () => OPEN),
      step: 'step',
      metrics: 'all',
    },
  };
}

/** The length of the first list of a JSON array of lists. */
function listedColumns(head: string): number | undefined {
  const first = jsonIn(/^\s*\[\s*(\[[^[\]]*\])/.exec(head)?.[1] ?? '');
  return Array.isArray(first) && first.length > 0 ? first.length : undefined;
}

/** How many numbers stand on each of the first lines; undefined where not all are numbers, or not equally many. */
function numberColumns(head: string): number | undefined {
  const rows = head
    .split(/\r\n|[\r\n]/)
    .filter((line) => line.trim() !== '' && !line.startsWith('# '))
    .slice(0, LINES)
    .map((line) => line.trim().split(/\s*[\t,;|]\s*|\s+/));
  const columns = rows[0]?.length ?? 0;
  const isTable =
    rows.length > 1 &&
    columns > 1 &&
    rows.every(
      (cells) => cells.length === columns && cells.every((cell) => cellOf(cell, '1234.5').kind === 'number'),
    );
  return isTable ? columns : undefined;
}
