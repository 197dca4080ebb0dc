import { answersToNaN, functionsOf } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import * as cirs from './cirs.ts';
import * as features from './features.ts';
import { Moments } from './moments.ts';
import { NormaliserOfCorpus } from './normaliser.ts';

const FEATURES = { node_count: 9, max_depth: 3, node_types: 5, n1: 4, N2: 6, n2: 2, cyclomatic: 2 };
const STATISTIC = { mean: 4, sd: 2 };
const NORMALISER = {
  node_count: STATISTIC,
  max_depth: STATISTIC,
  node_types: STATISTIC,
  logic: STATISTIC,
};

const momentsOf = (values: readonly unknown[]) => {
  const moments = new Moments();
  for (const value of values) moments.add(Number(value));
  return { count: moments.count, mean: moments.mean, sd: moments.sd };
};

const normaliserOf = (programs: readonly (typeof FEATURES)[]) => {
  const corpus = new NormaliserOfCorpus();
  for (const program of programs) corpus.add(program);
  return corpus.file();
};

/** What each function is asked with; its numbers become NaN, one at a time. */
const GIVEN: Readonly<Record<string, readonly unknown[]>> = {
  cirsValues: [FEATURES, NORMALISER],
  stratumOf: [0.3],
  halsteadDifficulty: [FEATURES],
  logicOf: [FEATURES],
};

/** Places that a function does not read. */
const UNREAD: Readonly<Record<string, readonly string[]>> = {
  halsteadDifficulty: ['/0/node_count', '/0/max_depth', '/0/node_types', '/0/cyclomatic'],
  logicOf: ['/0/node_count', '/0/max_depth', '/0/node_types'],
};

describe('NaN, in each place of what a function of complexity is given', () => {
  it.each(functionsOf([cirs, features]))('gives no answer of %s', (name, call) => {
    const given = GIVEN[name];
    if (!given) throw new Error(`nothing is given to ${name}: add its arguments to GIVEN`);
    expect(() => call(...given)).not.toThrow();
    expect(answersToNaN(call, given)).toEqual(UNREAD[name] ?? []);
  });

  it('is refused by name where a number is added up or scored', () => {
    const refusal = expect.objectContaining({ code: 'not_finite' });
    const broken = { ...FEATURES, N2: Number.NaN };
    expect(() => momentsOf([1, Number.NaN])).toThrow(refusal);
    expect(() => momentsOf([Infinity])).toThrow(refusal);
    expect(momentsOf([1, 3])).toEqual({ count: 2, mean: 2, sd: 1 });
    expect(() => normaliserOf([FEATURES, broken])).toThrow(refusal);
    expect(() => cirs.cirsValues(broken, NORMALISER)).toThrow(refusal);
    expect(() => cirs.stratumOf(Number.NaN)).toThrow(refusal);
  });
});
