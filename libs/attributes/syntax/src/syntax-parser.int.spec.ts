import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeInText, fencedBlocks } from './code-in-text.ts';
import { languageNamed, languageOfFile } from './grammar.ts';
import { syntaxParser } from './syntax-parser.ts';
import type { SyntaxParser } from './syntax-parser.ts';

const opened: { parser?: SyntaxParser } = {};
beforeAll(async () => {
  opened.parser = await syntaxParser();
});
afterAll(() => opened.parser?.close());

async function valuesOf(name: string, code: string) {
  const language = languageNamed(name);
  if (!opened.parser || language === undefined) throw new Error(name);
  const outcome = await opened.parser.measure(code, language, code.length);
  if ('code' in outcome) throw new Error(outcome.reason);
  return outcome.values;
}

/** A function that returns the larger of two, with one comment and one branch, in every language that has them. */
const LARGER: [string, string][] = [
  ['bash', 'larger() {\n  # c\n  if [ "$1" -gt "$2" ]; then\n    echo "$1"\n  fi\n}\n'],
  ['c#', 'class A { int Larger(int a, int b) { /* c */ if (a > b) { return a; } return b; } }'],
  ['cpp', 'int larger(int a, int b) {\n  // c\n  if (a > b) return a;\n  return b;\n}\n'],
  [
    'go',
    'package p\n\nfunc larger(a, b int) int {\n\t// c\n\tif a > b {\n\t\treturn a\n\t}\n\treturn b\n}\n',
  ],
  ['java', 'class A { int larger(int a, int b) { /* c */ if (a > b) return a; return b; } }'],
  ['js', 'function larger(a, b) {\n  // c\n  if (a > b) return a;\n  return b;\n}\n'],
  ['php', '<?php\nfunction larger($a, $b) {\n  // c\n  if ($a > $b) { return $a; }\n  return $b;\n}\n'],
  ['powershell', 'function Larger($a, $b) {\n  # c\n  if ($a -gt $b) { return $a }\n  return $b\n}\n'],
  ['python', 'def larger(a, b):\n    # c\n    if a > b:\n        return a\n    return b\n'],
  ['ruby', 'def larger(a, b)\n  # c\n  if a > b\n    return a\n  end\n  b\nend\n'],
  ['rust', 'fn larger(a: i32, b: i32) -> i32 {\n    // c\n    if a > b { return a; }\n    b\n}\n'],
  ['ts', 'function larger(a: number, b: number): number {\n  // c\n  if (a > b) return a;\n  return b;\n}\n'],
  ['tsx', 'const A = (a: number) => {\n  // c\n  if (a > 1) return <b>{a}</b>;\n  return null;\n};\n'],
];

describe('the syntax of code', () => {
  it.each(LARGER)('in %s has one branch, a comment and no error', async (name, code) => {
    const values = await valuesOf(name, code);
    expect(values).toMatchObject({ ts_cyclomatic: 2, error_ratio: 0 });
    expect(values.comment_ratio).toBeGreaterThan(0);
    expect(values.executable_code_density).toBeGreaterThan(0.3);
    expect(values.executable_code_density + values.comment_ratio).toBeLessThan(1);
  });

  it.each([
    ['css', 'a { color: red } /* c */'],
    ['ini', '[a]\nb = c\n'],
    ['regex', '^(a|b)+[c-d]?$'],
  ])('in %s has no error', async (name, code) => {
    expect(await valuesOf(name, code)).toMatchObject({ error_ratio: 0, ts_cyclomatic: 1 });
  });

  it('is counted by hand for x = y + 1', async () => {
    /* module, expression_statement, assignment, identifier, binary_operator, identifier, integer */
    expect(await valuesOf('python', 'x = y + 1')).toEqual({
      language: 'python',
      ast_nodes: 7,
      ast_depth: 5,
      ast_types: 6,
      error_ratio: 0,
      comment_ratio: 0,
      executable_code_density: 5 / 9,
      ts_halstead_difficulty: 1,
      ts_halstead_volume: 5 * Math.log2(5),
      ts_cyclomatic: 1,
    });
  });

  it('of what is no code is errors', async () => {
    expect((await valuesOf('python', ')))) %% ((')).error_ratio).toBeGreaterThan(0.2);
    expect(await valuesOf('python', '')).toMatchObject({ ast_nodes: 1, executable_code_density: 0 });
  });

  it('has numbers for any text, with shares within 0 and 1, and the same ones again', async () => {
    const part = fc.constantFrom(
      '(',
      ')',
      '{',
      '}',
      '"',
      '\n',
      '  ',
      'if',
      'x',
      '=',
      '#',
      '/*',
      '\u{1F600}',
      '\0',
      '\uD800',
    );
    const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('python', 'js', 'cpp', 'bash'), async (code, name) => {
        const values = await valuesOf(name, code);
        expect(await valuesOf(name, code)).toEqual(values);
        const { language: _language, ...numbers } = values;
        expect(Object.values(numbers).every((number) => Number.isFinite(number) && number >= 0)).toBe(true);
        expect(
          Math.max(values.error_ratio, values.comment_ratio, values.executable_code_density),
        ).toBeLessThanOrEqual(1);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('is counted of code nested ten thousand times', async () => {
    const depth = 10_000;
    const values = await valuesOf('js', `${'['.repeat(depth)}${']'.repeat(depth)}`);
    expect(values.ast_depth).toBeGreaterThan(depth);
  });
});

describe('the code of a document', () => {
  const blocks = 'See\n```js\na\n```\n```python\nb\n```\n```js\nc\n```\n';

  it.each([
    ['a file of a language', 'x', { path: 'a/b.py.gz' }, { code: 'x', language: 'python' }],
    [
      'code as a whole',
      'x',
      { path: 'a.jsonl', isCode: true, language: 'Go' },
      { code: 'x', language: 'go' },
    ],
    ['a text with blocks', blocks, { path: 'a.jsonl' }, { code: 'a\n\nc\n', language: 'javascript' }],
    [
      'a block without a name',
      '```\nx\n```',
      { path: 'a', language: 'rb' },
      { code: 'x\n', language: 'ruby' },
    ],
    ['code without a language', 'x', { path: 'a', isCode: true }, { refusal: 'language_unknown' }],
    ['a text without blocks', 'x', { path: 'a.jsonl' }, { refusal: 'no_code_block' }],
    ['blocks in other languages', '```toString\nx\n```', { path: 'a' }, { refusal: 'no_code_block' }],
  ])('of %s is found', (_what, text, where, found) => {
    expect(codeInText(text, where)).toMatchObject(found);
  });

  it('is what an expression finds that backtracks, in a time that no text can stretch', () => {
    const expression = /^[ \t]*```[ \t]*([^\s`]*)[^\n`]*\n([^]*?)^[ \t]*```/gm;
    const parts = fc.array(fc.constantFrom('```', '`', '\n', '\n```js', ' ', '\t', 'a', '```\n'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(parts, (some) => {
        const text = some.join('');
        const found = [...text.matchAll(expression)].map(([, name, code]) => ({ name, code }));
        expect(fencedBlocks(text)).toEqual(found);
      }),
      { seed: 7, numRuns: 2_000 },
    );
    for (const character of ['a', ' ', '\t'])
      expect(fencedBlocks(`\`\`\`${character.repeat(2 ** 20)}\``)).toEqual([]);
  });

  it('is of the language that the name of a file ends in', () => {
    expect(['a.tsx', 'b.H', 'c.json', 'Makefile', 'd.constructor'].map(languageOfFile)).toEqual([
      'tsx',
      'cpp',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
