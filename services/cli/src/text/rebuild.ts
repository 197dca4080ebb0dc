import type { RebuildMutation } from '../generated/documents.ts';
import { aligned, count, printable } from './format.ts';

/** schemas/answers/rebuild.json */
export type Rebuilt = RebuildMutation['rebuild'];
type Divergence = NonNullable<Rebuilt['divergence']>;

/** One line for each table, the first difference, and which tables are live. */
export function rebuildText(rebuilt: Rebuilt): string {
  const { position, divergence } = rebuilt;
  const details = divergence ? [divergenceText(divergence), ''] : [];
  return [tablesText(rebuilt), '', ...details, `as of position ${position}, ${verdictOf(rebuilt)}`].join(
    '\n',
  );
}

function tablesText({ tables }: Rebuilt): string {
  const right = { align: 'right' as const };
  const columns = [
    { title: 'table' },
    { title: 'rows before', ...right },
    { title: 'rows after', ...right },
    { title: 'checksum before' },
    { title: 'checksum after' },
    { title: '' },
  ];
  const rows = tables.map((table) => [
    table.table,
    count(table.rowsBefore),
    count(table.rowsAfter),
    table.checksumBefore,
    table.checksumAfter,
    table.equal ? 'equal' : 'DIFFERENT',
  ]);
  return aligned(columns, rows);
}

function divergenceText({ table, position, type, key, before, after }: Divergence): string {
  const where =
    position === null ? `key ${key ?? ''}` : `position ${position}, ${type ?? 'no event of the log'}`;
  const lines = [
    `${table} begins to differ at ${where}`,
    ...before.map((row) => `  only before: ${row}`),
    ...after.map((row) => `  only after:  ${row}`),
  ];
  return lines.map(printable).join('\n');
}

function verdictOf({ equal, exchanged }: Rebuilt): string {
  if (equal) return 'every table is equal';
  return exchanged
    ? 'some tables were DIFFERENT; the rebuilt tables are live now'
    : 'some tables are DIFFERENT; the live tables are unchanged';
}
