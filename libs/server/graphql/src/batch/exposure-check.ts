import type { EventPosition, RowOf } from '@tributary/kernel';
import { corporaOfSamples, windowOf } from '@tributary/training';
import type { MegatronIndex, OpenArray, recordedOfStep, StepOrder } from '@tributary/training';
import type { BatchExposure } from '../generated/schema.ts';

type Recorded = RowOf<typeof recordedOfStep>;

export type ExposureCheck = {
  readonly exposure: BatchExposure;
  /** What differs, in words; empty where nothing does. */
  readonly differs: readonly string[];
  readonly evidence: readonly EventPosition[];
};

/**
 * What an order says of the steps for which exposure is recorded together, beside what is recorded. Undefined where
 * exposure is recorded for several ranges with the step, where the order does not cover its
 * steps, where they have too many samples, and where what is recorded is no whole number of tokens. Exposure that was inferred
 * has the same origin as the order, so that both are equal confirms nothing, and only a difference is said.
 */
export async function exposureCheck(
  { order, first_step, last_step }: StepOrder,
  recorded: readonly Recorded[],
  open: OpenArray,
): Promise<ExposureCheck | undefined> {
  const [first] = recorded;
  const index = order.megatronIndex;
  if (!first || !index) return undefined;
  const { first_step: firstStep, last_step: lastStep } = first;
  const isOne = recorded.every((row) => row.first_step === firstStep && row.last_step === lastStep);
  const facts = new Set(recorded.flatMap(({ evidence }) => evidence));
  if (!isOne || firstStep < first_step || lastStep > last_step) return undefined;
  const ordered = await tokensOf(index, { firstStep, lastStep }, open);
  if (!ordered) return undefined;
  const consumed = sums(recorded.map(({ slice, tokens }) => [slice, tokens]));
  if (!Number.isSafeInteger(total(consumed))) return undefined;
  const slice = differingSlice(consumed, ordered);
  const exposure = {
    firstStep,
    lastStep,
    recordedTokens: total(consumed),
    orderedTokens: total(ordered),
    agrees: slice === undefined && recorded.some(({ inferred }) => inferred) ? null : slice === undefined,
  };
  const differs = slice === undefined ? [] : [differenceText(exposure, slice, { consumed, ordered })];
  return { exposure, differs, evidence: [...facts] };
}

/** The first slice of which two sums differ; undefined where none does. */
const differingSlice = (consumed: Tokens, ordered: Tokens): string | undefined =>
  [...new Set([...consumed.keys(), ...ordered.keys()])].find(
    (name) => (consumed.get(name) ?? 0) !== (ordered.get(name) ?? 0),
  );

const differenceText = (
  { firstStep, lastStep }: { readonly firstStep: number; readonly lastStep: number },
  slice: string,
  { consumed, ordered }: { readonly consumed: Tokens; readonly ordered: Tokens },
): string =>
  `steps ${firstStep} to ${lastStep} read ${ordered.get(slice) ?? 0} tokens of ${slice} by the order, and ${consumed.get(slice) ?? 0} are recorded as consumed`;

type Tokens = ReadonlyMap<string, number>;

async function tokensOf(
  index: MegatronIndex,
  steps: { readonly firstStep: number; readonly lastStep: number },
  open: OpenArray,
): Promise<Tokens | undefined> {
  const range = windowOf(index, steps);
  const read = await corporaOfSamples(index, range, open);
  if (typeof read === 'string') return undefined;
  const samples = index.corpora.map(() => 0);
  for (const corpus of read) samples[corpus] = (samples[corpus] ?? 0) + 1;
  return sums(
    index.corpora.flatMap(({ slice, path }, at) => {
      const count = samples[at] ?? 0;
      return count === 0 ? [] : [[slice ?? path, count * index.sequenceLength] as const];
    }),
  );
}

function sums(parts: readonly (readonly [string, number])[]): Tokens {
  const added = new Map<string, number>();
  for (const [name, tokens] of parts) added.set(name, (added.get(name) ?? 0) + tokens);
  return added;
}

const total = (tokens: Tokens): number => [...tokens.values()].reduce((sum, count) => sum + count, 0);
