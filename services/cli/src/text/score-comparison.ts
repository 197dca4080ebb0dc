import type { ScoreComparisonQuery } from '../generated/documents.ts';
import { aligned, brief, count, counted, footer, printable } from './format.ts';
import type { Column } from './format.ts';

export type ScoreComparison = NonNullable<ScoreComparisonQuery['scoreComparison']>;
type Pair = ScoreComparison['compared'][number];
type Excluded = ScoreComparison['excluded'][number];

/** The pairs of scores and what cannot be compared, so many of each. */
export function scoreComparisonText(answer: ScoreComparison, shown: number): string {
  const { run, otherRun, compared, excluded } = answer;
  return [
    `first: ${printable(run)}`,
    `second: ${printable(otherRun)}`,
    '',
    `${counted(compared.length, 'pair')} of scores that can be compared`,
    ...listed(aligned(PAIR, compared.slice(0, shown).map(pairCells)), compared.length - shown, 'pair'),
    ...unrecordedLines(compared),
    '',
    `${counted(excluded.length, 'score')} that cannot`,
    ...listed(
      aligned(
        EXCLUDED,
        excluded.slice(0, shown).map((one) => excludedCells(one, answer)),
      ),
      excluded.length - shown,
      'score',
    ),
    '',
    footer(answer),
  ].join('\n');
}

/** A table, and how many rows it leaves out; nothing where it has no rows. */
function listed(table: string, more: number, noun: string): string[] {
  if (!table.includes('\n')) return [];
  return [...table.split('\n'), ...(more > 0 ? [`and ${counted(more, noun)} more (--first, --json)`] : [])];
}

const PAIR: readonly Column[] = [
  { title: 'capability' },
  { title: 'benchmark' },
  { title: 'step', align: 'right' },
  { title: 'first', align: 'right' },
  { title: 'second', align: 'right' },
  { title: 'difference', align: 'right' },
  { title: 'metric' },
];

const pairCells = ({ first, second, difference }: Pair): string[] => [
  first.capability,
  first.benchmark,
  stepsOf(first.step, second.step),
  valueOf(first),
  valueOf(second),
  `${difference > 0 ? '+' : ''}${brief(difference)}`,
  metricOf(first),
];

const stepsOf = (first: number | null, second: number | null): string =>
  first === second ? stepOf(first) : `${stepOf(first)}, ${stepOf(second)}`;

const stepOf = (step: number | null): string => (step === null ? 'end' : count(step));

const valueOf = ({ value, stderr }: { readonly value: number; readonly stderr: number | null }): string =>
  stderr === null ? brief(value) : `${brief(value)} ± ${brief(stderr)}`;

const metricOf = ({ metric, unit, higherIsBetter }: Pair['first']): string =>
  `${metric}${metric === unit ? '' : ` (${unit})`}, ${higherIsBetter ? 'higher' : 'lower'} is better`;

/** What the scores of a pair do not both record, and in how many pairs: that it is equal is not known. */
function unrecordedLines(compared: readonly Pair[]): string[] {
  const pairs = new Map<string, number>();
  for (const setting of compared.flatMap(({ unrecorded }) => unrecorded))
    pairs.set(setting, (pairs.get(setting) ?? 0) + 1);
  if (pairs.size === 0) return [];
  const names = [...pairs].map(([setting, number]) =>
    number === compared.length ? setting : `${setting} (${counted(number, 'pair')})`,
  );
  return [`not recorded of both scores, so not known to be equal: ${names.join(', ')}`];
}

const EXCLUDED: readonly Column[] = [
  { title: 'run' },
  { title: 'capability' },
  { title: 'benchmark' },
  { title: 'step', align: 'right' },
  { title: 'score', align: 'right' },
  { title: 'why' },
];

const excludedCells = (excluded: Excluded, { run }: ScoreComparison): string[] => {
  const { score } = excluded;
  return [
    score.run === run ? 'first' : 'second',
    score.capability,
    score.benchmark,
    stepOf(score.step),
    valueOf(score),
    whyOf(excluded),
  ];
};

function whyOf({ why, differences, invalidation, supersededAttempt }: Excluded): string {
  switch (why) {
    case 'not_scored':
      return 'the other run has no score of it';
    case 'no_score_there':
      return 'the other run has none at this step, of this checkpoint or after as many tokens';
    case 'not_read':
      return 'the other run has more scores than were read, and none of those is its counterpart';
    case 'repeated':
      return 'a newer score of this step counts';
    case 'superseded':
      return `a later attempt supersedes its checkpoint, of attempt ${textOf(supersededAttempt)}`;
    case 'invalidated':
      return invalidatedText(invalidation);
    case 'settings_differ':
      return `measured in another way: ${differences.map(differenceText).join(', ')}`;
  }
}

const textOf = (attempt: Excluded['supersededAttempt']): string => String(attempt ?? '?');

const invalidatedText = (invalidation: Excluded['invalidation']): string =>
  `invalidated by ${invalidation?.actor ?? '?'}: ${invalidation?.reason ?? '?'}`;

const differenceText = ({ setting, own, other }: Excluded['differences'][number]): string =>
  `${setting} ${own ?? '(not recorded)'}, there ${other ?? '(not recorded)'}`;
