import { expect, it } from 'vitest';
import { Findings, joinedWarnings } from './findings.ts';

const warned = (code: string, ...examples: string[]) => {
  const findings = new Findings();
  for (const example of examples) findings.warn(code, example);
  return findings.warnings;
};

it('lists every occurrence of a warning, not only the first', () => {
  expect(warned('odd', 'a', 'b', 'c')).toEqual([{ code: 'odd', count: 3, example: 'a', others: ['b', 'c'] }]);
  expect(warned('odd', 'a')).toEqual([{ code: 'odd', count: 1, example: 'a' }]);
});

it('counts more occurrences than it lists, within a source and over all of them', () => {
  const many = Array.from({ length: 1500 }, (_none, at) => String(at));
  const [first] = warned('odd', ...many);
  expect(first).toMatchObject({ count: 1500, example: '0', others: many.slice(1, 1000) });
  const [few = { code: '', count: 0, example: '' }] = warned('odd', 'x', 'y');
  const joined = first && joinedWarnings(few, first);
  expect(joined).toEqual({ code: 'odd', count: 1502, example: 'x', others: ['y', ...many.slice(0, 998)] });
  expect(joined && joinedWarnings(joined, few)).toEqual({ ...joined, count: 1504 });
});
