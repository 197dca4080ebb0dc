import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTokenCounter, TABLES_FROM, tokenizerNamed, tokenizerNames } from './tokenizers.ts';
import type { TokenCounter, TokenizerName } from './tokenizers.ts';

const counters = new Map<TokenizerName, TokenCounter>();
beforeAll(async () => {
  for (const name of ['r50k_base', 'p50k_base', 'cl100k_base', 'o200k_base'] as const)
    counters.set(name, await openTokenCounter(name));
});

/** In the order r50k_base, p50k_base, cl100k_base, o200k_base. */
const countsOf = (text: string): number[] => [...counters.values()].map((count) => count(text));

/** What `tiktoken` 0.14.0 counts with `encode_ordinary`, whose tables have the digests that it publishes. */
const COUNTED: readonly (readonly [text: string, ...counts: number[]])[] = [
  ['', 0, 0, 0, 0],
  ['hello world', 2, 2, 2, 2],
  ['tiktoken is great!', 6, 6, 6, 6],
  ['antidisestablishmentarianism', 5, 5, 6, 6],
  ['2 + 2 = 4', 5, 5, 7, 7],
  ['\u304a\u8a95\u751f\u65e5\u304a\u3081\u3067\u3068\u3046', 14, 14, 9, 8],
  ['<|endoftext|>', 7, 7, 7, 7],
  ['<|im_start|>user<|im_end|>', 15, 15, 13, 13],
  ['rer', 1, 1, 1, 1],
  ["'rer", 2, 2, 2, 2],
  ['today\n ', 3, 3, 3, 3],
  ['today\n \n', 4, 4, 2, 2],
  ['today\n  \n', 5, 4, 2, 2],
  ["don't DON'T don'\u017ft", 10, 10, 9, 6],
  ['    return x;\r\n\r\n\r\n', 12, 10, 4, 4],
  ['\ufeffa\u0085b \u00a0 c', 9, 9, 7, 7],
  ['Gr\u00fc\u00dfe aus K\u00f6ln, \u6771\u4eac \u0438 \u041c\u043e\u0441\u043a\u0432\u0430', 24, 24, 15, 9],
  ['\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67 \ud83c\udde9\ud83c\uddea', 16, 16, 19, 12],
  ['12345678901234', 6, 6, 5, 5],
  ['e\u0301\u0301\u0301', 7, 7, 4, 4],
  ['a'.repeat(1000), 250, 250, 125, 125],
  ['='.repeat(1000), 17, 17, 17, 16],
  [`${' '.repeat(1000)}x`, 1000, 63, 10, 10],
  ['\n'.repeat(1000), 500, 500, 32, 63],
  ['ab'.repeat(1000), 1000, 1000, 1000, 500],
  ['ÀÉ'.repeat(300), 900, 900, 600, 600],
  ['\u0000\u0007\u001b[0m', 6, 6, 5, 6],
];

describe('the tokens of a text', () => {
  it.each(COUNTED)('are as many as tiktoken counts: %j', (text, ...counts) => {
    expect(countsOf(text)).toEqual(counts);
  });

  it('are the sum over what is cut apart, whatever was counted before', () => {
    const [count] = [...counters.values()].slice(-1);
    const text = 'The harbour was built. ';
    expect(count?.(text.repeat(400))).toBe(count?.(text.repeat(400)));
    expect(count?.(`${text.trim()}\n`.repeat(300))).toBe(300 * (count?.(`${text.trim()}\n`) ?? 0));
  });

  it.each(['a', '=', ' ', '\n', '猫', '\u0301', '\ud800', '1'])(
    'are counted of a text that is one character over and over: %j',
    (character) => {
      for (const count of countsOf(character.repeat(100_000))) expect(count).toBeGreaterThan(700);
    },
  );
});

it('are counted by tables of the installed version, under the names that they are known by', () => {
  const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'));
  const [name = '', version] = TABLES_FROM.split(/[ ,]+/);
  expect(manifest).toMatchObject({ dependencies: { [name]: version } });
  expect(tokenizerNames).toEqual(['cl100k_base', 'o200k_base', 'p50k_base', 'r50k_base', 'gpt2']);
  expect(tokenizerNamed('gpt2')).toBe('r50k_base');
  expect(tokenizerNamed('constructor')).toBeUndefined();
});
