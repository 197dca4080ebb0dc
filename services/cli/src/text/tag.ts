import type { Mix, Totals } from '@tributary/tagging';
import type { TagAnswer } from '../tag/tag-answer.ts';
import { aligned, brief, count, counted, printable } from './format.ts';

export function tagText(answer: TagAnswer): string {
  const { files, counts, skippedByCode, groups, normaliser, sample, complete } = answer;
  const { shares = {}, totals = {} } = answer;
  const [first] = files;
  const read = files.length === 1 && first ? printable(first.path) : counted(files.length, 'file');
  const field = files.length === 1 && first?.field ? `, field ${printable(first.field)}` : '';
  return [
    `${read}${field}: ${counted(counts.measured, 'document')} measured, ${counted(counts.skipped, 'row')} skipped`,
    ...(sample
      ? [`a sample of ${counted(sample.rows, 'row')} a file, drawn by seed ${printable(sample.seed)}`]
      : []),
    ...Object.entries(skippedByCode).map(([code, skipped]) => `  ${code}: ${count(skipped)}`),
    ...valuesText(answer),
    ...Object.entries(groups).map(([name, of]) => `${name}: ${groupsText(of)}`),
    ...Object.entries(shares).flatMap(([attribute, mix]) => ['', mixText(attribute, mix), '']),
    ...Object.entries(totals).map(([attribute, counted]) => `${attribute}: ${totalsText(counted)}`),
    ...(normaliser ? [normaliserText(normaliser)] : []),
    ...(complete ? [] : ['NOT complete: a file could not be read, or not to its end']),
    factsText(answer),
  ].join('\n');
}

/** Refused facts that are listed. */
const SHOWN = 5;

/** The table of numbers, between empty lines; nothing where nothing was measured. */
function valuesText({ summary, sample }: TagAnswer): readonly string[] {
  const rows = Object.entries(summary).map(([name, { n, mean, sd, min, max, interval }]) => [
    name,
    count(n),
    ...[mean, sd].map(brief),
    ...[min, max].map(exact),
    interval ? `${brief(interval[0])} to ${brief(interval[1])}` : '',
  ]);
  return rows.length === 0 ? [] : ['', aligned(sample ? [...COLUMNS, INTERVAL] : COLUMNS, rows), ''];
}

/** A whole number with all of its digits. */
const exact = (value: number): string => (Number.isInteger(value) ? count(value) : brief(value));

const COLUMNS = [
  { title: 'value' },
  ...['documents', 'mean', 'sd', 'min', 'max'].map((title) => ({ title, align: 'right' as const })),
];
const INTERVAL = { title: 'mean of the file, 95 %' };

const groupsText = (groups: Readonly<Record<string, number>>): string =>
  Object.entries(groups)
    .toSorted(([, left], [, right]) => right - left)
    .map(([group, documents]) => `${printable(group)} ${count(documents)}`)
    .join(', ');

/** `items_found 3, items_compared 152`. */
const totalsText = (totals: Totals): string =>
  Object.entries(totals)
    .map(([name, value]) => `${name} ${exact(value)}`)
    .join(', ');

const normaliserText = ({ from, id }: NonNullable<TagAnswer['normaliser']>): string =>
  `scores relative to ${from === 'file' ? 'the normaliser' : 'these documents'} (${id})`;

/** Shares in per cent, with what they may be between. */
const mixText = (attribute: string, mix: Mix): string =>
  aligned(
    [
      { title: attribute },
      { title: 'share', align: 'right' as const },
      { title: '95 % interval', align: 'right' as const },
    ],
    mix.map(({ bucket, share, low, high }) => [
      bucket,
      percent(share),
      `${percent(low)} to ${percent(high)}`,
    ]),
  );

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function factsText({ facts }: TagAnswer): string {
  if (facts?.file !== undefined)
    return printable(`${counted(facts.planned, 'fact')} written to ${facts.file}`);
  if (facts === null || facts.planned === 0) return 'nothing was appended';
  const { planned, appended, duplicates, rejected } = facts;
  if (rejected.length > 0)
    return [
      `${counted(appended, 'fact')} appended, ${count(duplicates)} known, ${count(rejected.length)} REFUSED`,
      ...rejected
        .slice(0, SHOWN)
        .map(({ source, pointer, reason }) => printable(`  ${source}${pointer}: ${reason}`)),
      ...(rejected.length > SHOWN ? [`  and ${count(rejected.length - SHOWN)} more (--json lists all)`] : []),
    ].join('\n');
  if (appended + duplicates === 0) return `would append ${counted(planned, 'fact')}`;
  return `${counted(appended, 'fact')} appended, ${count(duplicates)} known`;
}
