import {
  amountsText,
  omittedText,
  proratedLines,
  rangeText,
  shareOf,
  silenceOf,
  statementAmount,
  summaryTitle,
  unknownText,
} from './content-summary.ts';
import type { ContentSummary, OpenQuestion, Statement, SummaryField } from './content-summary.ts';
import { count, footer } from './format.ts';
import { markdownText } from './markdown.ts';

const ABOUT = `What recorded facts say to fields of the public summary of training content that Article 53(1)(d) of Regulation (EU) 2024/1689 (AI Act) asks for, in the order of the template of the Commission, C(2025) 5235, which asks for more than these; sections with *(added)* are not in it. It is material for that summary and no legal advice. Texts are as they were recorded. *Known* says how: measured, reported, declared, inferred or sampled. The notes name positions of the log; \`tributary source POSITION\` shows what stands there.`;

/** The summary as a page of Markdown (GitHub Flavored Markdown, with footnotes), with the evidence in its notes. */
export function contentSummaryPage(summary: ContentSummary): string {
  const notes = new Map<string, number>();
  const sections = summary.fields.flatMap((field) => [
    `## ${field.section} ${field.title}`,
    '',
    ...(field.statements.length > 0 ? tableOf(field, notes) : [`${capitalised(silenceOf(field))}.`]),
    '',
  ]);
  return [
    '# Content used for training',
    '',
    `Run ${markdownText(summaryTitle(summary))}: ${amountsText(summary.totals)} in all.`,
    '',
    ...proratedLines(summary).flatMap((line) => [`${capitalised(line)}.`, '']),
    ABOUT,
    '',
    ...sections,
    ...openSection(summary.openQuestions),
    `${markdownText(capitalised(footer(summary)))}.`,
    '',
    ...[...notes].map(([text, number]) => `[^${number}]: ${text}`),
    '',
  ].join('\n');
}

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function tableOf(field: SummaryField, notes: Map<string, number>): string[] {
  const { statements, statementsTotal, omitted } = field;
  const more = statementsTotal - statements.length;
  return [
    '| Recorded | Amount | Share | Known | Evidence |',
    '| --- | ---: | ---: | --- | --- |',
    ...statements.map((statement) => rowOf(statement, notes)),
    ...(more === 0 ? [] : ['', `${count(more)} more${omittedText(omitted)}.`]),
  ];
}

function rowOf(statement: Statement, notes: Map<string, number>): string {
  const cells = [
    recordedIn(statement),
    [
      statementAmount(statement),
      ...(statement.range === null ? [] : [`(${rangeText(statement.range)})`]),
    ].join(' '),
    shareOf(statement),
    statement.method,
    `[^${noteOf(statement, notes)}]`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function recordedIn({ text, link, isLarge }: Statement): string {
  const name = text === null ? '*unknown*' : markdownText(text);
  const address = link === null || link === text ? '' : `, ${markdownText(link)}`;
  return `${name}${address}${isLarge === true ? ' (large)' : ''}`;
}

/** The number of the note that names the evidence; statements with the same evidence share one. */
function noteOf({ evidence, evidenceTotal }: Statement, notes: Map<string, number>): number {
  const more = evidenceTotal - evidence.length;
  const listed = `Position ${evidence.map(markdownText).join(', ')}`;
  const text = `${listed}${more > 0 ? ` and ${count(more)} more` : ''}.`;
  const number = notes.get(text) ?? notes.size + 1;
  notes.set(text, number);
  return number;
}

function openSection(open: readonly OpenQuestion[]): string[] {
  if (open.length === 0) return [];
  return [
    '## What no fact says',
    '',
    '| Section | Field | Record this fact | There |',
    '| --- | --- | --- | --- |',
    ...open.map((question) => {
      const { section, title, fact, member, advice } = question;
      const field = `${title}${unknownText(question)}`;
      return `| ${section} | ${field} | ${fact}, ${markdownText(member)} | ${markdownText(advice)} |`;
    }),
    '',
  ];
}
