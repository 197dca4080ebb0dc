import { expect, it } from 'vitest';
import { IncompleteInserts } from './incomplete-inserts.ts';

const noted = (): IncompleteInserts => {
  const inserts = new IncompleteInserts();
  inserts.note(3, 'rows of 3');
  return inserts;
};

it('says what is lacking of a partition until it goes on', () => {
  const inserts = noted();
  expect([inserts.among([1, 3]), inserts.among([3])]).toEqual(['rows of 3', 'rows of 3']);
  inserts.clear(3);
  expect(inserts.among([3])).toBeUndefined();
});

it('forgets a partition that the process has no more, also where it comes back', () => {
  const inserts = noted();
  expect([inserts.among([1]), inserts.among([1, 3])]).toEqual([undefined, undefined]);
});
