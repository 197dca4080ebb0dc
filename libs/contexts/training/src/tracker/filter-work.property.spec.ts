import { Fault } from '@tributary/kernel';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { filterOf } from './filter.ts';
import { EXACT, likePattern } from './like.ts';

/** Work is counted and not timed, so a slow machine changes nothing. */
type Work = (size: number) => number;

const SIZE = 1_000;
/** Twice the input may cost twice the work, and a little for the ends. */
const expectLinear = (work: Work) => {
  expect(work(SIZE)).toBeGreaterThanOrEqual(SIZE / 2);
  expect(work(2 * SIZE) / work(SIZE)).toBeLessThan(2.1);
  expect(work(8 * SIZE) / work(SIZE)).toBeLessThan(8.2);
};

/** Comparisons of characters that compiling a pattern and matching a text take. */
function comparisons(pattern: string, text: string): number {
  let count = 0;
  const comparison = {
    ...EXACT,
    isSame: (left: string | undefined, right: string | undefined) => {
      count += 1;
      return left === right;
    },
  };
  likePattern(pattern, comparison)(text);
  return count;
}

describe('the work of LIKE doubles with its input', () => {
  it.each<[string, (size: number) => readonly [pattern: string, text: string]]>([
    [
      'many wildcards that all match, and an end that does not',
      (n) => [`${'%a'.repeat(n / 2)}c`, `${'a'.repeat(n)}b`],
    ],
    [
      'a long text between wildcards that matches but for its end',
      (n) => [`%${'a'.repeat(n / 2)}b%`, 'a'.repeat(n)],
    ],
    ['a text that repeats itself', (n) => [`%${'ab'.repeat(n / 4)}c%`, 'ab'.repeat(n / 2)]],
    ['texts of several lengths', (n) => [`%${'aab%ab%'.repeat(n / 8)}c`, 'aab'.repeat(n)]],
    ['wildcards and single characters', (n) => [`${'%_a'.repeat(n / 4)}b%`, 'a'.repeat(n)]],
    ['many single characters', (n) => [`%${'_'.repeat(n / 2)}b%`, 'a'.repeat(n)]],
    [
      'as many gaps as a pattern may have',
      (n) => [`%${'a_'.repeat(15)}b%${'a'.repeat(n / 2)}`, 'a'.repeat(n)],
    ],
    ['no wildcard', (n) => ['a'.repeat(n), 'a'.repeat(n)]],
  ])('with %s', (_what, inputs) => {
    expectLinear((size) => comparisons(...inputs(size)));
  });

  it('whatever pattern and text: three comparisons for each character of either', () => {
    const repetitive = (unit: readonly string[]) =>
      fc.array(fc.constantFrom(...unit, 'aaaa', 'abab'), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(repetitive(['a', 'b', '%']), repetitive(['a', 'b']), (pattern, text) => {
        expect(comparisons(pattern, text)).toBeLessThanOrEqual(3 * (pattern.length + text.length));
      }),
      { numRuns: 2_000 },
    );
  });

  it('because more gaps than that are refused', () => {
    expect(() => filterOf(`tags.a LIKE '%${'a_'.repeat(16)}b%'`)).toThrow(/at most 16 texts between _/);
    expect(() => filterOf(`tags.a ILIKE '${'a_'.repeat(400)}%'`)).not.toThrow();
  });
});

describe('the work of reading a filter doubles with its length', () => {
  afterEach(() => vi.restoreAllMocks());

  /** Characters that reading a filter looks at, whether it is refused or not. */
  function reads(filter: string): number {
    const read = vi.spyOn(String.prototype, 'charCodeAt');
    try {
      filterOf(filter);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
    const count = read.mock.calls.length;
    vi.restoreAllMocks();
    return count;
  }

  it.each<[string, (size: number) => string]>([
    ['a long number', (n) => `metrics.a = ${'1'.repeat(n)}`],
    ['digits that are no number', (n) => `metrics.a = ${'1'.repeat(n)}x`],
    ['digits and a point that are no number', (n) => `metrics.a = ${'1'.repeat(n)}.${'1'.repeat(n)}x`],
    ['an exponent that is no number', (n) => `metrics.a = 1e${'1'.repeat(n)}x`],
    ['many numbers', (n) => `metrics.a = ${'1 '.repeat(n)}`],
    ['a list of many strings', (n) => `run_id IN (${"'a',".repeat(n)}'a')`],
    ['a list that does not end', (n) => `run_id IN (${"'a',".repeat(n)}`],
    ['many conditions', (n) => `${'a = 1 AND '.repeat(n)}a = 1`],
    ['doubled quotes', (n) => `tags.a = '${"''".repeat(n)}`],
    ['escaped quotes', (n) => `tags.a = '${String.raw`\'`.repeat(n)}`],
    ['a quote that is not closed', (n) => `tags.a = '${'a'.repeat(n)}`],
    ['a name in quotes that are not closed', (n) => `"${'a'.repeat(n)}`],
    ['a key in backticks that are not closed', (n) => `tags.\`${'a'.repeat(n)}`],
    ['many keys in quotes', (n) => '"a"."b" '.repeat(n)],
    ['many points', (n) => `a${'.a'.repeat(n)}`],
    ['many blanks', (n) => `${' '.repeat(n)}a = 1`],
    ['many signs', (n) => '-'.repeat(n)],
    ['many parentheses', (n) => '('.repeat(n)],
  ])('with %s', (_what, filter) => {
    expectLinear((size) => reads(filter(size)));
  });
});
