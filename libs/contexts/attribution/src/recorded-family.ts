import { groupBy } from '@tributary/kernel';
import { lond } from './statistics/lond.ts';
import type { Before } from './statistics/lond.ts';

/** A hypothesis of a family, in the order in which the log first has a test of each. */
export type RecordedTest = {
  readonly hypothesis: string;
  /** The largest p value that was recorded for it. */
  readonly pValue: number;
  /** The request that tested it first; hypotheses of one request were tested together, at the place of its first. */
  readonly request: string;
};

/** A family whose tests are recorded, and those recorded by a position. It may hold tests of several experiments. */
export type RecordedFamily = {
  readonly name: string;
  /** The experiment of the request. */
  readonly experiment: string;
  /** Each hypothesis once. */
  readonly tests: readonly RecordedTest[];
};

/** A hypothesis that a request tests. */
type PresentTest = {
  readonly hypothesis: string;
  readonly pValue: number;
  /** The p value by which it is decided among those of its request at `WORD_RATE`. */
  readonly decidingPValue: number;
};

/** A hypothesis of a request in the order of its family. */
export type OrderedTest = {
  readonly qValue: number;
  /** Hypotheses of the family that stand before those that were first tested with it, and how many of them count as found. */
  readonly before: Before;
  /** Hypotheses of the family up to and with those that were first tested with it. */
  readonly upTo: number;
  /** The p value up to which it is found at a rate. */
  readonly levelAt: (rate: number) => number;
};

/** The rate of wrong words. */
export const WORD_RATE = 0.05;

/**
 * A hypothesis counts as found, for those after it, at the stricter of the two rates that give a word: .025 while outcomes are
 * still to come, else .05. So none counts whose p value gave no word.
 */
const COUNTED_RATE = 0.025;

/**
 * The tests of a request in the order of their family (`lond`). A hypothesis stands where it was first recorded, with those
 * that were tested with it, and new ones after all others: so a question that is repeated has the level that it had, whatever
 * was asked since, and spends nothing again. It is decided by the p value of the request; for the others it counts by the
 * largest p value that it ever had, so that a further look helps nobody.
 */
export function inFamilyOrder(
  { tests }: RecordedFamily,
  present: readonly PresentTest[],
): ReadonlyMap<string, OrderedTest> {
  const asked = new Map(present.map((one) => [one.hypothesis, one]));
  const known = new Set(tests.map(({ hypothesis }) => hypothesis));
  const added = [...asked.values()].filter(({ hypothesis }) => !known.has(hypothesis));
  const ordered = new Map<string, OrderedTest>();
  let before: Before = { tests: 0, found: 0 };
  for (const request of [...requestsOf(tests), ...(added.length > 0 ? [added] : [])]) {
    const upTo = before.tests + request.length;
    const { qValues, levelAt } = lond(
      request.map(({ hypothesis, pValue }) => asked.get(hypothesis)?.decidingPValue ?? pValue),
      before,
    );
    for (const [index, { hypothesis }] of request.entries())
      if (asked.has(hypothesis)) ordered.set(hypothesis, { qValue: qValues[index]!, before, upTo, levelAt });
    before = { tests: upTo, found: before.found + countedIn(request, before, asked) };
  }
  return ordered;
}

/** Hypotheses that were first tested together, in the order of the first of each request. */
const requestsOf = (tests: readonly RecordedTest[]): RecordedTest[][] => [
  ...groupBy(tests, ({ request }) => request).values(),
];

/** How many hypotheses of a request count as found for those after it. */
function countedIn(
  request: readonly Pick<PresentTest, 'hypothesis' | 'pValue'>[],
  before: Before,
  asked: ReadonlyMap<string, PresentTest>,
): number {
  const largest = request.map(({ hypothesis, pValue }) =>
    Math.max(pValue, asked.get(hypothesis)?.pValue ?? 0),
  );
  return lond(largest, before).qValues.filter((qValue) => qValue <= COUNTED_RATE).length;
}
