import { NOTHING } from '../controls/recorded-value.ts';
import { leavesOpen, missingFacts } from '../controls/required-facts.ts';
import type { Design } from '../experiment.ts';
import type { LeftOut } from './left-out.ts';
import type { FoundPair } from './pairs.ts';
import { factsToAgree } from './recorded-run.ts';
import type { RecordedRun } from './recorded-run.ts';

/** How an experiment was found. */
export type WhyFound = {
  readonly text: string;
  /** Recorded facts in which all of its runs agree. */
  readonly agree: readonly { readonly field: string; readonly value: string }[];
  /** Facts that no run records, so that agreement is unknown. */
  readonly notRecorded: readonly string[];
  /** Facts that differ between its runs, all of which may. */
  readonly differ: readonly string[];
  /** Its contrasts of two mixtures that differ by one slice alone, the first 100. */
  readonly pairs: readonly FoundPair[];
  readonly pairsTotal: number;
  /** Runs that agree with its runs and are left out. */
  readonly leftOut: readonly LeftOut[];
};

type Parts = {
  readonly runs: readonly RecordedRun[];
  readonly slices: readonly string[];
  readonly pairs: readonly FoundPair[];
  /** The design of each arm. */
  readonly designs: readonly Design[];
  readonly leftOut: readonly LeftOut[];
};

const LISTED = 100;

export function whyFound({ runs, slices, pairs, designs, leftOut }: Parts): WhyFound {
  const [first] = runs;
  const recorded = first ? factsToAgree(first) : [];
  const shards = first?.facts?.has('shards') ? [['shards', 'recorded'] as const] : [];
  const notRecorded = missingFacts([...recorded, ...shards]);
  const agree = agreed(recorded, notRecorded);
  const observed = designs.filter((design) => design === 'observational').length;
  const texts = [
    `${runs.length} runs agree in ${agree.length} recorded facts and consumed alike amounts, ` +
      `in ${designs.length} mixtures of ${slices.length} slices.`,
    pairs.length === 0 ? '' : pairsText(pairs),
    observed === 0 ? '' : `${observed} mixtures are an observational set: nobody assigned them.`,
    notRecorded.length === 0 ? '' : `Not recorded, so not known to be equal: ${notRecorded.join(', ')}.`,
    ...leftOut.map(({ text }) => `Left out: ${text}`),
  ];
  return {
    text: texts.filter((text) => text !== '').join(' '),
    agree,
    notRecorded,
    differ: differing(runs),
    pairs: pairs.slice(0, LISTED),
    pairsTotal: pairs.length,
    leftOut,
  };
}

/** Facts of one value in all runs, without those that have none and leave open what is not recorded. */
export const agreed = (
  facts: readonly (readonly [field: string, value: string])[],
  notRecorded: readonly string[],
): WhyFound['agree'] =>
  facts.flatMap(([field, value]) =>
    value === NOTHING && leavesOpen(field, notRecorded) ? [] : [{ field, value }],
  );

const BLOCKS = 3;

function pairsText(pairs: readonly FoundPair[]): string {
  const arms = new Set(pairs.flatMap(({ more, less }) => [more, less]));
  const blocked = pairs.filter(({ sharedSeeds }) => sharedSeeds >= BLOCKS).length;
  const inBlocks = blocked === 0 ? '' : `, ${blocked} of them in blocks of shared seeds`;
  return `${arms.size} mixtures differ by one slice alone in ${pairs.length} contrasts${inBlocks}.`;
}

/** The facts that differ, the seed among them. What differs within a group may: the list of the control audit says what. */
function differing(runs: readonly RecordedRun[]): string[] {
  const agreed = new Set((runs[0] ? factsToAgree(runs[0]) : []).map(([field]) => field));
  const values = new Map<string, { readonly seen: Set<string>; runs: number }>();
  const note = (field: string, value: string) => {
    const known = values.get(field) ?? { seen: new Set(), runs: 0 };
    known.seen.add(value);
    known.runs += 1;
    values.set(field, known);
  };
  for (const run of runs) {
    note('seed', String(run.seed ?? 'not recorded'));
    for (const [field, value] of run.facts ?? []) if (!agreed.has(field)) note(field, value);
  }
  const isVaried = ({ seen, runs: recorded }: { readonly seen: Set<string>; readonly runs: number }) =>
    seen.size > 1 || recorded < runs.length;
  return [...values].flatMap(([field, of]) => (isVaried(of) ? [field] : [])).toSorted();
}
