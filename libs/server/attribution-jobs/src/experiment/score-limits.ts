import type { Warning } from '@tributary/attribution';
import { groupBy } from '@tributary/kernel';
import { perfect } from './capability-score.ts';
import type { ScoreRow } from './measurement-protocol.ts';

/** Standard errors within which a score does not differ from guessing. */
const ERRORS = 2;

/** Part of the way from zero to a perfect score from which a benchmark counts as saturated. */
const SATURATED = 0.98;

const isGuessing = ({ value, stderr, random_baseline }: ScoreRow): boolean =>
  stderr !== null && random_baseline !== null && Math.abs(value - random_baseline) <= ERRORS * stderr;

/** Only scores with an upper bound saturate: a loss of zero is out of reach. */
const isSaturated = (row: ScoreRow): boolean =>
  row.higher_is_better && row.value >= SATURATED * (perfect(row) ?? Number.POSITIVE_INFINITY);

/**
 * Warns of the benchmarks of a capability on which most runs score like guessing, within two of their standard errors, or
 * on which most runs have 98 % of a perfect score or more: differences there say little.
 */
export function limitWarnings(rows: readonly ScoreRow[]): Warning[] {
  return [...groupBy(rows, ({ benchmark }) => benchmark)].flatMap(([benchmark, of]) => [
    ...mostOf(
      of,
      isGuessing,
      'at_chance_level',
      `score like guessing on ${benchmark}, within 2 standard errors`,
    ),
    ...mostOf(of, isSaturated, 'saturated', `have 98 % of a perfect score on ${benchmark} or more`),
  ]);
}

function mostOf(
  rows: readonly ScoreRow[],
  holds: (row: ScoreRow) => boolean,
  code: string,
  what: string,
): Warning[] {
  const found = rows.filter(holds).length;
  if (2 * found <= rows.length) return [];
  return [{ code, text: `${found} of ${rows.length} runs ${what}: their differences say little.` }];
}
