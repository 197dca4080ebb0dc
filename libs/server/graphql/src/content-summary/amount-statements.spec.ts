import { describe, expect, it } from 'vitest';
import { rangeOf } from './amount-statements.ts';
import { hostOf } from './datasets.ts';

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

describe('the host of an address', () => {
  it.each([
    ['https://Data.Example.org/part-0.gz?sig=1', 'https://data.example.org'],
    ['https://user:pass@word@example.org/x', 'https://example.org'],
    ['s3://bucket/key', 's3://bucket'],
    ['https://example.org:8443#x', 'https://example.org:8443'],
  ])('%s is %s', (uri, host) => {
    expect(hostOf(uri)).toBe(host);
  });

  it.each(['corpus/part-0.ndjson', 'file:///corpus/part-0', 'https://', 'https://user@/x', ''])(
    '%s has none',
    (uri) => {
      expect(hostOf(uri)).toBeUndefined();
    },
  );
});
