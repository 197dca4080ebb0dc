import fc from 'fast-check';
import { expect, it } from 'vitest';
import { proseOf } from './prose.ts';

const texts = fc.string({
  unit: fc.constantFrom(...'a Z é я 猫 ก 0 _ { } ( ) = . , — “ 😀 \ud800 \u0301'.split(' '), ' ', '\n', '\t'),
  maxLength: 4000,
});

it('has parts of bounded length, and a share between 0 and 1, of any text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { parts, share } = proseOf(text);
      expect(share >= 0 && share <= 1).toBe(true);
      for (const part of parts) {
        expect(Buffer.byteLength(part.text)).toBeLessThan(700);
        expect(part.text.trim()).not.toBe('');
      }
    }),
    { numRuns: 100 },
  );
});

it('has the words of prose without the punctuation around them, and nothing of lines that are not prose', () => {
  const text = '“Well,” she said, “that is done!”\n  if (x == 1) { return y_2; }\n(See the notes.)';
  expect(proseOf(text).parts.map((part) => part.text)).toEqual(['Well she said that is done See the notes']);
});

it('takes characters of other scripts for words wherever they stand', () => {
  expect(proseOf('使用print()函数打印出来的结果，然后回到主页面继续阅读。').parts[0]?.text).toBe(
    '使用 函数打印出来的结果，然后回到主页面继续阅读。',
  );
});
