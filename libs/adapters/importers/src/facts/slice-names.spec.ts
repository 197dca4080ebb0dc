import { expect, it } from 'vitest';
import { numbered, slicesOf } from './slice-names.ts';

it('takes no more than linear work for deep paths that differ in their first part', () => {
  const deep = '/x'.repeat(50_000);
  expect(slicesOf([`a${deep}`, `b${deep}`]).map((name) => name.slice(0, 4))).toEqual(['a/x/', 'b/x/']);
  expect(slicesOf([`a${deep}`, `a${deep}/x`])[1]).toMatch(/^a\/x.*-2$/);
});

it('numbers repetitions where hundreds of thousands of such names exist', () => {
  const others = Array.from({ length: 200_000 }, (_none, at) => `x-${at + 2}`);
  const names = numbered([...others, ...others.map(() => 'x')]);
  expect(new Set(names).size).toBe(400_000);
  expect(names.slice(200_000, 200_002)).toEqual(['x', 'x-200002']);
});

it('numbers names with an equal start one after the other', () => {
  const start = 'x'.repeat(120);
  const names = [`${start}a`, `${start}b`, `${start}a`, `${start}b`, `${start}a`];
  expect(numbered(names).map((name) => name.slice(119))).toEqual(['xa', 'xb', 'x-2', 'x-3', 'x-4']);
});
