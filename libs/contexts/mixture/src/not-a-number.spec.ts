import { answersToNaN, functionsOf } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import * as distances from './distance.ts';

/** What each function is asked with; its numbers become NaN, one at a time. */
const GIVEN: Readonly<Record<string, readonly unknown[]>> = {
  distance: [
    [
      { planned: 0.5, realised: 0.25 },
      { planned: 0.5, realised: 0.75 },
    ],
  ],
};

describe('NaN, in each place of what a function of mixture is given', () => {
  it.each(functionsOf([distances]))('gives no answer of %s', (name, call) => {
    const given = GIVEN[name];
    if (!given) throw new Error(`nothing is given to ${name}: add its arguments to GIVEN`);
    expect(() => call(...given)).not.toThrow();
    expect(answersToNaN(call, given)).toEqual([]);
  });
});
