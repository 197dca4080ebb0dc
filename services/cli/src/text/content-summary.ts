import type { TrainingContentSummaryQuery } from '../generated/documents.ts';
import { aligned, brief, count, counted, footer, percent, printable } from './format.ts';
import { oneLine } from './markdown.ts';

/** schemas/answers/summary.json */
export type ContentSummary = NonNullable<TrainingContentSummaryQuery['trainingContentSummary']>;
export type SummaryField = ContentSummary['fields'][number];
export type Statement = SummaryField['statements'][number];
export type OpenQuestion = ContentSummary['openQuestions'][number];
type Total = ContentSummary['totals'][number];

/** Statements of a field that the text shows; JSON and Markdown have all. */
const SHOWN = 10;
/** Positions that a line shows. */
const SHOWN_EVIDENCE = 3;

export function contentSummaryText(summary: ContentSummary): string {
  return [
    `${summaryTitle(summary)}: ${amountsText(summary.totals)} in all`,
    ...proratedLines(summary),
    '',
    ...summary.fields.map((field, at) => `${blockOf(field)}${isLast(summary, at) ? '\n' : ''}`),
    ...openLines(summary),
    footer(summary),
  ].join('\n');
}

/** Whether a line is free after a field: not between fields that are one line each. */
const isLast = ({ fields }: ContentSummary, at: number): boolean =>
  isSaid(fields[at]) || isSaid(fields[at + 1]) || at === fields.length - 1;

const isSaid = (field: SummaryField | undefined): boolean => (field?.statements.length ?? 0) > 0;

const blockOf = (field: SummaryField): string =>
  isSaid(field) ? fieldLines(field).join('\n') : `${field.section}  ${field.title}: ${silenceOf(field)}`;

/** What stands in the place of statements where there are none. */
export const silenceOf = ({ answer }: SummaryField): string =>
  answer === 'not_asked' ? 'nothing that was consumed was obtained so' : 'no fact says';

export const proratedLines = ({ prorated }: ContentSummary): string[] =>
  prorated === 0
    ? []
    : [`of ${counted(prorated, 'recorded range')} only some steps count: that share is inferred`];

/** The run, and up to where it is summed. */
export function summaryTitle({ run, checkpoint, step }: ContentSummary): string {
  if (step === null) return `${printable(run)}, nothing recorded`;
  const end = checkpoint === null ? '' : `checkpoint ${printable(checkpoint)}, `;
  return `${printable(run)}, up to ${end}step ${count(step)}`;
}

export const amountsText = (totals: readonly Total[]): string =>
  totals.map(({ unit, amount }) => amountText(unit, amount)).join(' and ') || '0';

const amountText = (unit: Total['unit'], amount: number): string =>
  `${unit === 'share' ? brief(amount) : count(amount)} ${unit}`;

function fieldLines({ section, title, statements, statementsTotal, omitted }: SummaryField): string[] {
  const shown = statements.slice(0, SHOWN);
  const table = aligned(
    [
      { title: '' },
      ...(shown.some(hasAmount) ? [{ title: '', align: 'right' } as const] : []),
      ...(shown.some(isPart) ? [{ title: '', align: 'right' } as const] : []),
      { title: '' },
      { title: '' },
    ],
    shown.map((statement) => [
      nameOf(statement),
      ...(shown.some(hasAmount) ? [statementAmount(statement)] : []),
      ...(shown.some(isPart) ? [shareOf(statement)] : []),
      statement.method,
      positionsOf(statement),
    ]),
  );
  const more = statementsTotal - shown.length;
  return [
    `${section}  ${title}`,
    ...table
      .split('\n')
      .slice(1)
      .map((line) => `  ${line}`),
    ...(more === 0 ? [] : [`  and ${count(more)} more${omittedText(omitted)} (--json, --markdown)`]),
  ];
}

export const omittedText = (omitted: readonly Total[]): string =>
  omitted.length === 0 ? '' : `, ${amountsText(omitted)} of them not listed`;

const hasAmount = ({ amount }: Statement): boolean => amount !== null;
const isPart = ({ share }: Statement): boolean => share !== null;

/** What a statement says, with the range of the template and whether its dataset is large. */
function nameOf({ text, range, isLarge }: Statement): string {
  const name = text === null ? '(unknown)' : printable(oneLine(text));
  const notes = [...(range === null ? [] : [rangeText(range)]), ...(isLarge === true ? ['large'] : [])];
  return notes.length === 0 ? name : `${name} (${notes.join(', ')})`;
}

export const rangeText = (range: NonNullable<Statement['range']>): string => RANGES[range];

const RANGES: Readonly<Record<NonNullable<Statement['range']>, string>> = {
  below_1_billion: 'less than 1 billion tokens',
  from_1_billion_to_10_trillion: '1 billion to 10 trillion tokens',
  above_10_trillion: 'more than 10 trillion tokens',
};

export const statementAmount = ({ unit, amount }: Statement): string =>
  unit === null || amount === null ? '' : amountText(unit, amount);

export const shareOf = ({ share }: Statement): string => (share === null ? '' : percent(share));

function positionsOf({ evidence, evidenceTotal }: Statement): string {
  const shown = evidence.slice(0, SHOWN_EVIDENCE);
  const more = evidenceTotal - shown.length;
  return `[${shown.join(', ')}${more > 0 ? `, ${count(more)} more` : ''}]`;
}

function openLines({ openQuestions }: ContentSummary): string[] {
  if (openQuestions.length === 0) return [];
  return [
    'What no fact says, and what to record',
    ...openQuestions.flatMap((open) => [
      `${open.section}  ${open.title}${unknownText(open)}`,
      `  ${open.fact}, ${open.member}: ${open.advice}`,
    ]),
    '',
  ];
}

/** How much of what was consumed a question is about, where not all of it. */
export const unknownText = ({ unknown }: OpenQuestion): string =>
  unknown.length === 0 ? '' : `, of ${amountsText(unknown)}`;
