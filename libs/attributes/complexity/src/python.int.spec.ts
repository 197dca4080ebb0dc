import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cirsValues, stratumOf } from './cirs.ts';
import { normaliserFrom } from './normaliser.ts';
import { openPython } from './python.ts';
import type { Measured, Python } from './python.ts';

const opened: { python?: Python } = {};
beforeAll(async () => {
  opened.python = await openPython();
});

function measure(text: string, code: 'fenced' | 'whole' = 'fenced'): Measured {
  if (!opened.python) throw new Error('not loaded');
  return opened.python.measure(text, code);
}

/** node_count, max_depth, node_types, n1, N2, n2, cyclomatic; or why there are none. */
const listed = (measured: Measured): unknown =>
  'code' in measured ? measured.code : Object.values(measured);

const fenced = (code: string): string => `\`\`\`python\n${code}\n\`\`\``;

describe('the features of a program', () => {
  it('come from the parser of CPython 3.11, with which the published scores were computed', () => {
    expect(opened.python?.version).toMatch(/^3\.11\./);
  });

  /* Computed by an independent program with ast of CPython 3.11.7. */
  it.each([
    ['x = 1', [5, 4, 5, 1, 1, 1, 1]],
    ['async def f():\n  async for x in y:\n    await z', [12, 7, 9, 0, 10, 9, 1]],
    ['for x in y:\n  try:\n    f()\n  except* E:\n    pass', [15, 7, 10, 1, 9, 9, 3]],
    ['a = b if c else not d', [13, 6, 8, 1, 7, 7, 1]],
    ['"""a < b"""\n# c += d', [3, 3, 3, 2, 4, 4, 1]],
    ['é = a', [6, 4, 5, 1, 1, 1, 1]],
    ['while a:\n  if b: break\n  elif c: continue\n  else: a -= 1', [17, 7, 11, 1, 10, 9, 6]],
    ['def f(x):\n\n  return x ** 2\n  \n', [10, 6, 10, 1, 5, 4, 1]],
    ['match x:\n  case 1: pass', [8, 5, 8, 0, 4, 4, 1]],
    ['f"{x!r:>{y}}"', [11, 8, 7, 2, 4, 4, 1]],
  ])('of %j are %j', (code, features) => {
    expect(listed(measure(fenced(code)))).toEqual(features);
  });

  it.each([
    ['with a line that is no Python: it is commented out', fenced('a b\nx = 1'), [5, 4, 5, 1, 3, 3, 1]],
    ['of Python 2', fenced('print "x"'), [1, 1, 1, 0, 2, 2, 1]],
    ['of an indented line', fenced('  x = 1'), [1, 1, 1, 1, 1, 1, 1]],
    ['with a bracket that is not closed', fenced('x = (1,\n'), [1, 1, 1, 1, 1, 1, 1]],
    ['with 100 lines that are no Python', fenced(`${'a b\n'.repeat(100)}x = 1`), [5, 4, 5, 1, 201, 3, 1]],
    ['of white space', '```python   ```', [1, 1, 1, 0, 0, 0, 1]],
    ['of two blocks', `${fenced('x = 1')}\nand\n${fenced('y = x')}`, [10, 4, 6, 1, 3, 2, 1]],
    ['whose language is python3: the 3 is code', '```python3\nx = 1\n```', [7, 4, 6, 1, 1, 1, 1]],
    ['with a fence inside: it ends there', fenced('x = "```"'), [1, 1, 1, 1, 1, 1, 1]],
    ['that begins with a fence', '```python```x```', [1, 1, 1, 0, 0, 0, 1]],
  ])('%s', (_what, text, features) => {
    expect(listed(measure(text))).toEqual(features);
  });

  it.each([
    ['without a block', 'x = 1', 'no_code_block'],
    ['of another language', '```Python\nx\n```', 'no_code_block'],
    ['of empty lines', '```python\n\n\n```', 'empty_code'],
    ['with more than 100 lines that are no Python', fenced('a b\n'.repeat(101)), 'syntax_error'],
    ['whose error is in no line of its own', fenced('a\rb c\rd'), 'repair_failed'],
    ['that ends within a line once it is stripped', fenced('x = 1 \\\n '), 'syntax_error'],
    ['with half of a surrogate pair', fenced('x = "\uD800"'), 'not_parsable'],
    ['with a NUL', fenced('x = "\0"'), 'not_parsable'],
    ['nested deeper than the parser goes', fenced(`x = ${'-'.repeat(5000)}1`), 'nested_too_deep'],
  ])('has a reason in place of features %s', (_what, text, code) => {
    expect(measure(text)).toMatchObject({ code, reason: expect.stringMatching(/.{10}/) });
  });

  it('are those of the text as a whole where it is code', () => {
    expect(listed(measure('x = 1', 'whole'))).toEqual([5, 4, 5, 1, 1, 1, 1]);
    expect(measure('a b', 'whole')).toMatchObject({ code: 'syntax_error', reason: 'line 1: invalid syntax' });
  });

  it('do not change with empty lines in the code or text around it', () => {
    const line = fc.constantFrom(
      'x = 1',
      'if x:',
      '    y = [x]',
      'a b',
      '# c',
      '',
      'def f(): pass',
      '"""',
      ' ',
    );
    const code = fc.array(line, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(code, fc.nat(8), fc.stringMatching(/^[^`]*$/), (lines, at, around) => {
        const spread = [...lines.slice(0, at), '', '', ...lines.slice(at)];
        expect(measure(`${around}${fenced(spread.join('\n\n'))}${around}`)).toEqual(
          measure(fenced(lines.join('\n'))),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('or a reason come of any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            '(',
            ')',
            '"',
            "'",
            '\\',
            '\n',
            '\r',
            '\t',
            '\f',
            ' ',
            'x',
            '=',
            ':',
            'if',
            '#',
            '`',
            '\0',
            '\uD800',
          ),
          { maxLength: 40 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (one) => {
        const measured = measure(fenced(one));
        const isRight =
          'code' in measured
            ? measured.reason !== ''
            : Object.values(measured).every((count) => Number.isSafeInteger(count) && count >= 0);
        expect(isRight).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

const REPOSITORY = join(import.meta.dirname, '../../../..');
// oxlint-disable-next-line node/no-process-env -- the shared folder may lie elsewhere
const CIRS = join(process.env['TRIBUTARY_TEST_DATA'] ?? join(REPOSITORY, '../shared/data'), 'cirs');
const textOf = (name: string): string => readFileSync(join(CIRS, name), 'utf8');

describe.skipIf(!existsSync(CIRS))('4,000 published rows (needs shared data cirs)', () => {
  it('have the published features, scores and strata', () => {
    const rows: { output: string }[] = JSON.parse(textOf('code_example.json'));
    const read = normaliserFrom(JSON.parse(textOf('expected_summary.json')));
    if (!read.ok) throw new Error(read.text);
    const [header = '', ...lines] = textOf('expected_scores.csv').trim().split('\n');
    const strata = { low: 0, medium: 0, high: 0 };
    const wrong = rows.flatMap(({ output }, row) => {
      const measured = measure(output);
      if ('code' in measured) return [{ row, measured }];
      const values = cirsValues(measured, read.normaliser);
      strata[stratumOf(values.cirs)] += 1;
      const decimals = (name: string) => (name === 'halstead_difficulty' ? 6 : 8);
      const found = Object.entries(values).map(([name, value]) =>
        Number.isInteger(value) && !/score|cirs|halstead/.test(name)
          ? String(value)
          : value.toFixed(decimals(name)),
      );
      return [String(row), ...found].join() === lines[row] ? [] : [{ row, found, expected: lines[row] }];
    });
    expect(wrong).toEqual([]);
    expect(header.split(',').length).toBe(12);
    expect([lines.length, strata]).toEqual([4000, { low: 736, medium: 2851, high: 413 }]);
  });
});
