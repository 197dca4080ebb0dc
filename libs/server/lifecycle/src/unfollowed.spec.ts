import { expect, it } from 'vitest';
import { unfollowed } from './unfollowed.ts';

const none = { fault: () => undefined, dead: () => undefined, overdue: () => undefined };

it('says nothing while the log is followed', () => {
  expect(unfollowed(none)).toBeUndefined();
});

it.each([
  ['no broker answers', { fault: () => new Error('no broker') }],
  ['its local copy cannot be written any more', { dead: () => new Error('the disk is gone') }],
  ['a write of its local copy hangs', { overdue: () => new Error('a flush has not ended') }],
])('answers are not complete while %s', (_what, faulty) => {
  expect(unfollowed({ ...none, ...faulty })).toMatch(/^the log cannot be followed at present: /);
});
