import { answersToNaN, functionsOf } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import * as classify from './classify.ts';
import { DOMAINS } from './labels.ts';
import * as linear from './linear.ts';
import * as scaffold from './scaffold/scaffold-score.ts';
import * as shares from './shares.ts';

const SOURCES = [
  { trueClass: 0, counts: [90, 10] },
  { trueClass: 1, counts: [20, 80] },
];
const OPTIONS = { documents: 200, seed: 1, replicates: 20, level: 0.9 };
const LOGITS = DOMAINS.map((_, index) => index / 2);

/** What each function is asked with; its numbers become NaN, one at a time. */
const GIVEN: Readonly<Record<string, readonly unknown[]>> = {
  inverse: [
    [
      [4, 1],
      [1, 3],
    ],
  ],
  sharesOf: [[60, 40], SOURCES, OPTIONS],
  softmax: [[1, 2, 3]],
  documentDomain: [[LOGITS], { temperature: 1.5, abstainBelow: 0.2 }],
  scaffoldScore: [[[1, 2]], 0.5],
};

/** These read texts, or copy what they get into the model, whose answer `documentDomain` checks. */
const OF_TEXTS = ['featuresOfDocument', 'batchOf'];

const functions = functionsOf([classify, linear, scaffold, shares]).filter(
  ([name]) => !OF_TEXTS.includes(name),
);

describe('NaN, in each place of what a function of domain is given', () => {
  it.each(functions)('gives no answer of %s', (name, call) => {
    const given = GIVEN[name];
    if (!given) throw new Error(`nothing is given to ${name}: add its arguments to GIVEN`);
    expect(() => call(...given)).not.toThrow();
    expect(answersToNaN(call, given)).toEqual([]);
  });

  it('is refused by name, and so is an infinite number', () => {
    const refusal = expect.objectContaining({ code: 'not_finite' });
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      expect(() => linear.inverse([[value]])).toThrow(refusal);
      expect(() => classify.softmax([1, value])).toThrow(refusal);
      expect(() => shares.sharesOf([60, value], SOURCES, OPTIONS)).toThrow(refusal);
      const damaged = [SOURCES[0]!, { trueClass: 1, counts: [20, value] }];
      expect(() => shares.sharesOf([60, 40], damaged, OPTIONS)).toThrow(refusal);
    }
  });
});
