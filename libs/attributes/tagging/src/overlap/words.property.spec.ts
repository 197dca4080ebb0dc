import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wordsOf } from './words.ts';

const SCRIPTS = [
  'the Quick 2nd ﬁsh naïve Straße don’t',
  'ΟΔΥΣΣΕΥΣ ὀδυσσεύς ᾳ ΐ',
  'Россия ещё щука',
  'İstanbul ılık ŉ ſ K',
  '中文字符 ｶﾞラス かな',
  'हिन्दी ภาษาไทย 한국어 ﷺ',
  'كتاب ½ ① １２',
];
const word = fc.oneof(
  fc.constantFrom(...SCRIPTS.flatMap((text) => text.split(' '))),
  fc.stringMatching(/^[a-zA-Z0-9]{1,8}$/),
);
const separator = fc.constantFrom(
  ' ',
  '\n',
  '\r\n',
  '\t',
  ', ',
  '. ',
  ' — ',
  '_',
  '\0',
  '\uD800',
  ' \uDC00',
  '\u2028',
  '\u200B',
  ' ´',
  '¨',
);
const text = fc
  .array(fc.tuple(word, separator), { maxLength: 20 })
  .map((parts) => parts.map((part) => part.join('')).join(''));

it('sees the same words in every case and every form of Unicode', () => {
  fc.assert(
    fc.property(text, (one) => {
      const words = wordsOf(one);
      expect(wordsOf(one.toUpperCase())).toEqual(words);
      expect(wordsOf(one.toLowerCase())).toEqual(words);
      for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD']) expect(wordsOf(one.normalize(form))).toEqual(words);
    }),
  );
});

it('sees the words of a text whatever stands before and after it, behind a separator', () => {
  fc.assert(
    fc.property(fc.tuple(text, separator, text, separator, text), ([before, left, one, right, after]) => {
      expect(wordsOf(before + left + one + right + after)).toEqual(
        [before, one, after].flatMap((part) => wordsOf(part)),
      );
    }),
  );
});

it('sees every character as a word in a script without spaces, and words elsewhere', () => {
  expect(wordsOf('Don’t x\u00ADy 中文abc ภาษา हिन्दी')).toEqual([
    'don',
    't',
    'xy',
    '中',
    '文',
    'abc',
    'ภ',
    'า',
    'ษ',
    'า',
    'हिन्दी',
  ]);
});

it('ends on marks without end, which the normaliser of the engine does not', () => {
  const marks = 'a' + '\u0301\u0316'.repeat(300_000);
  expect(wordsOf(`${marks} b`)).toHaveLength(2);
  expect(wordsOf(`${'\uFF9E\u0301'.repeat(300_000)} b`).at(-1)).toBe('b');
});

it('takes no more than linear work for marks between which joiners stand', () => {
  const blocks = `${'\u0301\u0316'.repeat(15)}\u200D`.repeat(40_000);
  expect(wordsOf(`a${blocks} b`)).toHaveLength(2);
  expect(wordsOf(`a${blocks} b`)[0]?.length).toBeLessThan(32);
});

it('sees no joiner, wherever it stands, and no other character becomes one', () => {
  const unseen = /\u00AD|\u200C|\u200D|\u2060/;
  const others = Array.from({ length: 0x11_00_00 }, (_none, code) => String.fromCodePoint(code));
  const becoming = others.filter((other) => !unseen.test(other) && unseen.test(other.normalize('NFKC')));
  expect(becoming).toEqual([]);
  fc.assert(
    fc.property(text, fc.constantFrom('\u00AD', '\u200C', '\u200D', '\u2060'), (one, joiner) => {
      expect(wordsOf(Array.from(one).join(joiner))).toEqual(wordsOf(one));
    }),
  );
});
