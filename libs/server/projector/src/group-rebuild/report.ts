import type { Divergence, RebuiltTable } from '@tributary/projection';
import type { RebuildOutcome } from './rebuild-tables.ts';

/** The report of a rebuild: a line for each table, the first divergence, and the verdict. */
export function reportOf(outcome: RebuildOutcome): string {
  if (outcome === 'finished') return 'an interrupted exchange of tables is finished';
  const { tables, notCompared, divergence, position } = outcome;
  const lines = [
    ...tables.map(tableLine),
    ...notCompared.map((table) => `${table}: not compared: the live tables have moved on`),
    ...(divergence ? divergenceLines(divergence) : []),
    `as of position ${position}, ${verdictOf(outcome)}`,
  ];
  return lines.map(printable).join('\n');
}

/** 1 where tables of this version differ, otherwise 0. */
export const exitCodeOf = (outcome: RebuildOutcome): number =>
  outcome === 'finished' || outcome.equal || (outcome.exchanged && !outcome.sameVersion) ? 0 : 1;

function tableLine({ table, equal, ...sums }: RebuiltTable): string {
  const { rowsBefore, rowsAfter, checksumBefore, checksumAfter } = sums;
  return equal
    ? `${table}: ${rowsAfter} rows, checksum ${checksumAfter}, equal`
    : `${table}: ${rowsBefore} rows, checksum ${checksumBefore} before, ${rowsAfter} rows, checksum ${checksumAfter} after, DIFFERENT`;
}

const divergenceLines = ({ table, position, type, key, before, after }: Divergence): string[] => [
  `${table} begins to differ at ${position === undefined ? `key ${key ?? ''}` : `position ${position}, ${type ?? 'not an event of the log'}`}`,
  ...before.map((row) => `  only before: ${row}`),
  ...after.map((row) => `  only after:  ${row}`),
];

function verdictOf({
  equal,
  exchanged,
  sameVersion,
  notCompared,
}: Exclude<RebuildOutcome, 'finished'>): string {
  const compared = notCompared.length === 0 ? 'every table' : 'every table that was compared';
  const verdict = equal ? `${compared} is equal` : 'some tables are DIFFERENT from what the log says';
  const why =
    equal || sameVersion ? '' : '; the old ones were made by another version, or from another topic';
  return `${verdict}${why}${exchanged ? '. The new tables are the live ones' : ''}`;
}

/** Recorded text is untrusted: control characters could rewrite the screen. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}|\p{Cf}/gu, '�');
