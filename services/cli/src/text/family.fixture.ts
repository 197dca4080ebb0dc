/** The family of a request with one test, which stands alone. */
export const FAMILY = {
  procedure: 'benjamini_hochberg',
  name: null,
  tests: 1,
  earlier: 0,
  text: 'All tests.',
  decisions: [{ hypothesis: 'code on c', before: 0, foundBefore: 0, pValue: 0.01, level: 0.05, found: true }],
} as const;
