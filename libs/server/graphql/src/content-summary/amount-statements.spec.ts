import { describe, expect, it } from 'vitest';
import { rangeOf } from './amount-statements.ts';
import { withoutCredentials } from './datasets.ts';

describe('the range of the template', () => {
  it.each([
    [0, 'below_1_billion'],
    [999_999_999, 'below_1_billion'],
    [1e9, 'from_1_billion_to_10_trillion'],
    [1e13, 'from_1_billion_to_10_trillion'],
    [1e13 + 1, 'above_10_trillion'],
  ])('of %d tokens is %s', (tokens, range) => {
    expect(rangeOf(tokens)).toBe(range);
  });
});

describe('the address of a dataset', () => {
  it.each([
    ['https://user:pass@word@Example.org/x?y=a@b', 'https://Example.org/x?y=a@b'],
    ['https://example.org/@team/set', 'https://example.org/@team/set'],
    ['hf://datasets/team/set', 'hf://datasets/team/set'],
    ['', ''],
  ])('%s is shown as %s', (uri, address) => {
    expect(withoutCredentials(uri)).toBe(address);
  });
});
