import { expect, it } from 'vitest';
import { scan } from './tokens.ts';

const shapesOf = (text: string): number[] => {
  const shapes: number[] = [];
  scan(text, (_, shape) => shapes.push(shape));
  return shapes;
};
const wordsOf = (text: string): number[] => {
  const words: number[] = [];
  scan(text, (word) => words.push(word));
  return words;
};

it('gives words that differ in case one word, and another shape', () => {
  expect(wordsOf('Let LET let')).toEqual([wordsOf('let')[0], wordsOf('let')[0], wordsOf('let')[0]]);
  expect(new Set(shapesOf('let Let LET lEt let_it x X λ')).size).toBe(8);
});

it('takes numbers of equal length for one word, and a command of LaTeX for one token', () => {
  expect(wordsOf('1999')).toEqual(wordsOf('2026'));
  expect(wordsOf('\\frac')).toHaveLength(1);
  expect(wordsOf('a == b')).toHaveLength(3);
});

it('reports a line break with the indentation behind it, and a blank line as one break', () => {
  expect(shapesOf('a\nb')).not.toEqual(shapesOf('a\n    b'));
  expect(shapesOf('a\n\n\n    b')).toHaveLength(3);
  expect(shapesOf('a\n\tb')).toEqual(shapesOf('a\n    b'));
  expect(shapesOf('a\r\nb')).toEqual(shapesOf('a\nb'));
});

it('says which tokens begin a line', () => {
  const first: boolean[] = [];
  scan('a b\nc', (_, __, isFirst) => first.push(isFirst));
  expect(first).toEqual([true, false, false, true]);
});
