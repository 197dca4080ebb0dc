import { expect, it } from 'vitest';
import { EXIT, Exit } from './exit.ts';
import { whyUnrecorded } from './unrecorded.ts';

it.each(['disk_full', 'disk_low', 'answer_too_long'])(
  'where recording fails with %s the answer says why, unless it has to be kept',
  (code) => {
    const error = new Exit(EXIT.failed, 'no room', code);
    expect(whyUnrecorded(error, false)).toBe('no room');
    expect(() => whyUnrecorded(error, true)).toThrow(error);
  },
);

it.each([
  new Exit(EXIT.failed, 'no such slice', 'unknown_slice'),
  new Exit(EXIT.failed, 'no server'),
  new Error('x'),
])('an error that has no answer stays one: %s', (error) => {
  expect(() => whyUnrecorded(error, false)).toThrow(error);
});

it('a key that may not record gives an answer, as it always has', () => {
  expect(whyUnrecorded(new Exit(EXIT.failed, 'no scope', 'scope_missing'), true)).toBe('no scope');
});
