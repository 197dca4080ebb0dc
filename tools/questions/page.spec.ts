import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compactJson, examplesIn, excerpt, questionsIn, STATES, withOutputs, withSummary } from './page.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/questions.md'), 'utf8');

describe('docs/questions.md', () => {
  it('has twenty questions in their order, each with how far it is answered', () => {
    const questions = questionsIn(page);
    expect(questions.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    for (const { state } of questions) expect(STATES).toContain(state);
  });

  it('shows a command or a query with its output for each that is answered at least partly', () => {
    const sections = page.split(/^## /m).slice(1);
    const without = sections
      .filter((section) => !section.includes('**Not yet.**'))
      .filter(
        (section) => examplesIn(section).length === 0 || examplesIn(section).some(({ shown }) => !shown),
      );
    expect(without.map((section) => section.split('\n')[0])).toEqual([]);
  });

  it('says what is missing where a question is answered partly', () => {
    const partly = page.split(/^## /m).filter((section) => section.includes('**Partly.**'));
    expect(partly.filter((section) => !section.includes('Missing:'))).toEqual([]);
  });

  it('has the table of its headings (npx tsx tools/questions/main.ts)', () => {
    expect(withSummary(page)).toBe(page);
  });
});

describe('the outputs of a page', () => {
  const text = 'a\n\n```bash\nls\n```\n\n```text\nold\n```\n\n```graphql samples\n{ a }\n```\n\nb\n';

  it('are replaced or added below their blocks, and nothing else changes', () => {
    const written = withOutputs(text, ['new\n', '{ "a": 1 }']);
    expect(written).toBe(
      'a\n\n```bash\nls\n```\n\n```text\nnew\n```\n\n```graphql samples\n{ a }\n```\n\n```json answer\n{ "a": 1 }\n```\n\nb\n',
    );
    expect(withOutputs(written, [undefined, undefined])).toBe(written);
    expect(examplesIn(written)).toMatchObject([
      { language: 'bash', data: 'lab', text: 'ls\n', shown: 'new\n' },
      { language: 'graphql', data: 'samples', text: '{ a }\n', shown: '{ "a": 1 }\n' },
    ]);
  });

  it('are JSON that is read back equal, on one line where it fits', () => {
    const value = {
      rows: Array.from({ length: 3 }, (_, at) => ({ at, text: 'x  \n'.repeat(20) })),
      none: [],
      n: null,
    };
    expect(JSON.parse(compactJson(value))).toEqual(value);
    expect(excerpt({ list: [1, 2, 3, 4, 5], share: 1 / 3 })).toEqual({ list: [1, 2, 3, 4], share: 0.333333 });
    expect(compactJson({ a: [1, { b: null }] })).toBe('{ "a": [ 1, { "b": null } ] }');
  });
});
