import { answersToNaN, functionsOf } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import * as interval from './interval.ts';
import { similarityOf } from './overlap/min-hash.ts';
import { Summary } from './summary.ts';

/** What each function is asked with; its numbers become NaN, one at a time. */
const GIVEN: Readonly<Record<string, readonly unknown[]>> = {
  meanInterval: [
    { n: 10, mean: 4, sd: 2, min: 1, max: 9 },
    { rows: 100, drawn: 10 },
  ],
};

/** Places that a function does not read. */
const UNREAD: Readonly<Record<string, readonly string[]>> = { meanInterval: ['/0/min', '/0/max'] };

describe('NaN, in each place of what a function of tagging is given', () => {
  it.each(functionsOf([interval]))('gives no answer of %s', (name, call) => {
    const given = GIVEN[name];
    if (!given) throw new Error(`nothing is given to ${name}: add its arguments to GIVEN`);
    expect(() => call(...given)).not.toThrow();
    expect(answersToNaN(call, given)).toEqual(UNREAD[name] ?? []);
  });

  it('is refused by name in an interval, in a summary, and of signatures of no numbers', () => {
    const refusal = expect.objectContaining({ code: 'not_finite' });
    const value = { n: 10, mean: 4, sd: Number.NaN, min: 1, max: 9 };
    expect(() => interval.meanInterval(value, { rows: 100, drawn: 10 })).toThrow(refusal);
    expect(() => new Summary([]).add({ path: 'a', row: 1, values: { x: Number.NaN } })).toThrow(refusal);
    expect(() => similarityOf(new Uint32Array(0), new Uint32Array(0))).toThrow(refusal);
  });
});
