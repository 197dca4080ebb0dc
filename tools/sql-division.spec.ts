import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.sql'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '');

/** Divisors that cannot be zero: a number, a parameter of the query, and what `greatest` or `ceil` keeps above zero. */
const NONZERO = /^(?:[1-9]\d*|\{\w+:\w+\}|greatest\([^()]+, 1\)|toUInt64\(ceil\(.+\)\))$/s;

/** The text from an opening parenthesis up to the one that closes it, split at its own commas. */
function argumentsAt(text: string, open: number): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const char of text.slice(open)) {
    if (char === ')') depth -= 1;
    if (depth === 0 && char === ')') break;
    if (depth === 1 && char === ',') parts.push('');
    else if (depth > 0) parts[parts.length - 1] += char;
    if (char === '(') depth += 1;
  }
  return parts.map((part) => part.trim());
}

/** Divisors of whole-number divisions. Those of fractions cannot fail: they give a value that is not finite. */
function divisorsIn(sql: string): string[] {
  const text = sql.replaceAll(/--.*$/gm, '').replaceAll(/'[^']*'/g, "''");
  const calls = [...text.matchAll(/\b(?:intDiv|modulo|moduloOrZero|positiveModulo)\(/g)];
  const called = calls.map(({ index, 0: name }) => argumentsAt(text, index + name.length - 1)[1] ?? '');
  const remainders = [...text.matchAll(/ (?:%|MOD|DIV) (\w+\(|[\w.{:}]+)/g)].map((match) => {
    const operand = match[1] ?? '';
    if (!operand.endsWith('(')) return operand;
    const open = match.index + match[0].length - 1;
    return `${operand}${argumentsAt(text, open).join(', ')})`;
  });
  return [...called, ...remainders];
}

it('finds the divisors of a statement', () => {
  expect(divisorsIn("SELECT intDiv(a(b, c), d.e) - 1, x % greatest(y, 1), '% z' -- 1 % 0")).toEqual([
    'd.e',
    'greatest(y, 1)',
  ]);
});

it('finds no statement that divides whole numbers by what can be zero', () => {
  const found = paths.flatMap((path) => {
    const divisors = divisorsIn(readFileSync(join(root, path), 'utf8'));
    return divisors.filter((divisor) => !NONZERO.test(divisor)).map((divisor) => `${path}: ${divisor}`);
  });
  expect(found).toEqual([]);
});
