import { createHash } from 'node:crypto';
import { isZeroWeight, mayDiffer, sliceNames } from '../controls/may-differ.ts';
import { comparable } from '../controls/recorded-value.ts';
import type { Run } from '../experiment.ts';

/** A run without an assignment. Its scores are compared later, within the experiment that it is found to belong to. */
export type RecordedRun = Omit<Run, 'arm' | 'scores'> & {
  /** Whether the start of the run is recorded; without it nothing is known that others could agree with. */
  readonly hasStart: boolean;
  /** Whether any score of the run is recorded. */
  readonly isScored: boolean;
};

/**
 * Width of the steps, on a logarithmic scale, in which consumed amounts are grouped: 5 %. The steps are fixed, so that the
 * group of a run depends on the run alone; the audit of a contrast compares the amounts to half a percent.
 */
const BUDGET_STEP = Math.log(1.05);

/** Follows from the exposure and is no fact of the start of a run. */
const OF_EXPOSURE = 'shards';

/**
 * Facts of the run that others must agree with, in order of their names: all but what may differ. They depend on the run
 * alone, so a weight of zero is taken for that of a slice which others consumed.
 */
export function factsToAgree({
  runId,
  facts = new Map(),
  shares,
}: Pick<RecordedRun, 'runId' | 'facts' | 'shares'>): (readonly [string, string])[] {
  const slices = sliceNames([{ shares }]);
  return [...facts]
    .filter(([field, value]) => field !== OF_EXPOSURE && !isZeroWeight(field, value))
    .filter(([field]) => !mayDiffer(field, facts, slices))
    .map(([field, value]) => [field, comparable(field, value, { runId })] as const)
    .toSorted(([left], [right]) => Number(left > right) - Number(left < right));
}

/** The facts as one text. A fact that is not recorded is absent, which no recorded value equals. */
export const factsKey = (run: Pick<RecordedRun, 'runId' | 'facts' | 'shares'>): string =>
  JSON.stringify(factsToAgree(run));

/** What runs of one group have in common beside the facts of their starts: how exposure was counted, and how much it was. */
export const exposureKey = (run: RecordedRun): string =>
  JSON.stringify([
    run.unit,
    run.facts?.has(OF_EXPOSURE) ?? false,
    Math.round(Math.log(run.total) / BUDGET_STEP),
  ]);

/** Digits of a name: two of 10,000 groups have one name in one of a million cases. */
const DIGITS = 12;

/** A name that depends on what the runs of a group have in common and on nothing else. */
export function groupName(facts: string, exposure: string, model: string | undefined): string {
  const digest = createHash('sha256').update(`${facts}\n${exposure}`).digest('hex').slice(0, DIGITS);
  const readable = (model ?? '').replaceAll(/[^\w.]+/g, '-').slice(0, 64) || 'runs';
  return `found:${readable}-${digest}`;
}
