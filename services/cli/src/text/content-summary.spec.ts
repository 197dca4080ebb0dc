import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { parsers } from 'prettier/plugins/markdown';
import { describe, expect, it } from 'vitest';
import { contentSummaryPage } from './content-summary-page.ts';
import { contentSummaryText } from './content-summary.ts';
import type { ContentSummary, Statement, SummaryField } from './content-summary.ts';
import { markdownText } from './markdown.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/summary.json');
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

const stated = (text: string): Statement => ({
  text,
  link: null,
  unit: null,
  tokens: null,
  amount: null,
  inherited: null,
  share: null,
  range: null,
  isLarge: null,
  method: 'declared',
  evidence: ['7'],
  evidenceTotal: 1,
});

const amountOf = (text: string | null, tokens: number, more: Partial<Statement> = {}): Statement => ({
  ...stated(''),
  text,
  unit: 'token',
  tokens,
  amount: tokens,
  inherited: 0,
  share: tokens / 1000,
  method: 'measured',
  evidence: ['3', '4', '5', '6'],
  evidenceTotal: 12,
  ...more,
});

const total = (tokens: number) => ({ unit: 'token' as const, tokens, amount: tokens, inherited: 0 });

type Heading = Pick<SummaryField, 'section' | 'title' | 'answer'>;

const silent = (name: SummaryField['name'], heading: Heading): SummaryField => ({
  name,
  ...heading,
  statements: [],
  statementsTotal: 0,
  omitted: [],
});

/** A summary in which every text that was recorded is the same. */
const summaryOf = (text: string): ContentSummary => ({
  run: text,
  checkpoint: text,
  step: 20,
  totals: [total(1000)],
  prorated: 0,
  fields: [
    {
      name: 'provider',
      section: '1.1',
      title: 'Provider',
      answer: 'answered',
      statements: [stated(text)],
      statementsTotal: 1,
      omitted: [],
    },
    {
      name: 'publicDatasets',
      section: '2.1',
      title: 'Publicly available datasets',
      answer: 'partly',
      statements: [amountOf(text, 900, { link: text, isLarge: true }), amountOf(null, 60)],
      statementsTotal: 3,
      omitted: [total(40)],
    },
    silent('userData', { section: '2.4', title: 'User data', answer: 'no_fact' }),
    silent('syntheticData', { section: '2.5', title: 'Synthetic data', answer: 'not_asked' }),
  ],
  openQuestions: [
    {
      field: 'licences',
      section: '2',
      title: 'Licences',
      unknown: [total(60)],
      fact: 'corpus.shard.registered',
      member: 'licence',
      advice: 'an SPDX expression',
    },
  ],
  asOf: { position: '9', time: null },
  complete: false,
  reason: `1 question is open; ${text}`,
  lag: 0,
  evidence: ['3'],
  evidenceTotal: 12,
});

const plain = summaryOf('lab');

it('is an answer of its schema', () => {
  isAnswer(plain);
  expect(isAnswer.errors).toBeNull();
});

it('prints what facts say to each field, and what to record for the others', () => {
  expect(contentSummaryText(plain).split('\n')).toEqual([
    'lab, up to checkpoint lab, step 20: 1,000 token in all',
    '',
    '1.1  Provider',
    '  lab  declared  [7]',
    '',
    '2.1  Publicly available datasets',
    '  lab (large)  900 token  90.00 %  measured  [3, 4, 5, 9 more]',
    '  (unknown)     60 token   6.00 %  measured  [3, 4, 5, 9 more]',
    '  and 1 more, 40 token of them not listed (--json, --markdown)',
    '',
    '2.4  User data: no fact says',
    '2.5  Synthetic data: nothing that was consumed was obtained so',
    '',
    'What no fact says, and what to record',
    '2  Licences, of 60 token',
    '  corpus.shard.registered, licence: an SPDX expression',
    '',
    'as of position 9, NOT complete: 1 question is open; lab',
  ]);
});

it('is a page with the evidence in its notes, each once', () => {
  const page = contentSummaryPage(plain);
  expect(page).toContain('| lab (large) | 900 token | 90.00 % | measured | [^2] |');
  expect(page).toContain('| *unknown* | 60 token | 6.00 % | measured | [^2] |');
  expect(page).toContain('[^1]: Position 7.\n[^2]: Position 3, 4, 5, 6 and 8 more.\n');
  expect(page).toContain(
    '| 2 | Licences, of 60 token | corpus.shard.registered, licence | an SPDX expression |',
  );
});

it('says of fields without statements that no fact says, or that nothing asks for it', () => {
  const page = contentSummaryPage(plain);
  expect(page).toContain('## 2.4 User data\n\nNo fact says.\n');
  expect(page).toContain('## 2.5 Synthetic data\n\nNothing that was consumed was obtained so.\n');
});

it('says of how many ranges only some steps count', () => {
  const cut = { ...plain, prorated: 2 };
  const line = 'of 2 recorded ranges only some steps count: that share is inferred';
  expect(contentSummaryText(cut).split('\n')[1]).toBe(line);
  expect(contentSummaryPage(cut)).toContain(`\nO${line.slice(1)}.\n`);
});

type Node = { readonly type: string; readonly value?: string; readonly children?: readonly Node[] };

const nodesIn = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(nodesIn)];

function parsed(page: string): Node[] {
  const options = { originalText: page } as Parameters<typeof parsers.markdown.parse>[1];
  return nodesIn(parsers.markdown.parse(page, options) as Node);
}

/** How a page is built: the types of its parts, without the texts. */
const shapeOf = (page: string): string[] =>
  parsed(page)
    .map(({ type }) => type)
    .filter((type) => !['text', 'word', 'whitespace', 'sentence'].includes(type));

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[click](javascript:alert(1)) ![x](https://evil.example/x.png)',
  '| a | b |\n| --- | --- |\n\n# Heading\n\n- item',
  '\\|` code ` **bold** _x_ ~~y~~ $z$ [^1] [^1]: note',
  '&lt;b&gt; &#60;b&#62; <https://evil.example>',
  '```\nfence\n```',
  '\\\\| \\` \\[x\\](y)',
  '--- \n***\n+ x\n1. y\n> z',
  '- a list',
  '+ a list',
  '1. a list',
  '=== a heading',
];

describe('recorded text', () => {
  it.each(HOSTILE)('%j is text on the page and nothing else', (text) => {
    const page = contentSummaryPage(summaryOf(text));
    expect(shapeOf(page)).toEqual(shapeOf(contentSummaryPage(plain)));
    expect(page).not.toMatch(/<[a-z!/]/i);
  });

  it('of any characters leaves the parts of the page as they are', () => {
    const shape = shapeOf(contentSummaryPage(plain));
    const markup = fc.string({
      unit: fc.constantFrom(...'ab1 \n\t\\|`*_[]()<>&#!~^$:-+=."\''.split('')),
      maxLength: 24,
    });
    fc.assert(
      fc.property(markup, (text) => {
        /* A name has at least one character that is seen. */
        expect(shapeOf(contentSummaryPage(summaryOf(`a${text}b`)))).toEqual(shape);
      }),
      { numRuns: 100 },
    );
  });

  it('is read back as it was, in one line', () => {
    const text = HOSTILE.join(' ');
    const [node] = parsed(`${markdownText(text)}\n`).filter(({ type }) => type === 'paragraph');
    const words = nodesIn(node ?? { type: '' }).flatMap(({ value = '', type }) =>
      type === 'whitespace' ? [' '] : [value],
    );
    expect(words.join('')).toBe(text.replaceAll(/\s+/g, ' ').trim());
  });

  it('keeps its line and has no control character on the terminal and on the page', () => {
    const summary = summaryOf('a\u001b[2Jb\nc\u202ed');
    for (const output of [contentSummaryText(summary), contentSummaryPage(summary)])
      expect(output).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(contentSummaryText(summary).split('\n')).toHaveLength(
      contentSummaryText(plain).split('\n').length,
    );
  });
});
