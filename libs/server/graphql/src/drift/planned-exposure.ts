import { listedParts, registeredParts, sameShards, snapshotSources } from '@tributary/corpus';
import { Fault } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import {
  currentPlan,
  decidedPhases,
  MAX_PHASES,
  plannedExposure,
  plannedSlices,
  replayed,
} from '@tributary/mixture';
import type { PlannedPart, Registered } from '@tributary/mixture';
import { doubtsOf, unfollowedReason } from '../aliases/alias-answers.ts';
import { answered, incomplete } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { leftOut, oddWeights, superseded } from '../drift/plan-warnings.ts';
import type {
  PlannedBy,
  PlannedExposure,
  PlannedRow,
  QueryPlannedExposureArgs,
  Warning,
} from '../generated/schema.ts';
import { unknown } from '../known.ts';
import { readRetractions } from '../ledger/read-retractions.ts';
import type { Runtime } from '../runtime.ts';
import { sameInPlan } from './same-in-plan.ts';

export type HorizonQuestion = Omit<QueryPlannedExposureArgs, 'asOf'>;

/** Parts that one answer divides a horizon over. */
const MAX_PARTS = 20_000;

/** Why a plan has no tokens at a horizon. */
const WITHOUT_TOKENS = {
  samples_not_tokens: 'the plan has shares of samples, and the tokens of a sample are not recorded',
  sizes_unknown: 'the plan has passes over slices, and the tokens of one of them are not all recorded',
};

/**
 * What a mixture would consume by a horizon, from its decisions as they hold and from what is registered now: of the
 * snapshot that the newest decision names, or of everything where it names none. Throws Fault
 * `unknown_mixture` where no decision of it is recorded, `not_positive` for numbers that are not above zero, `steps_missing`
 * where the plan changes and the horizon has no steps, and `too_many_parts` beyond 20,000 sources or shards.
 */
export async function exposureAtHorizon(
  { engine: { reader } }: Runtime,
  fresh: Freshness,
  { mixture, tokens, ...more }: HorizonQuestion,
): Promise<PlannedExposure> {
  const { by, maxEpochs, steps } = checked(tokens, more);
  const as_of = fresh.position;
  const decided = await reader.all(decidedPhases, { mixture_ids: [mixture], as_of });
  const phases = replayed(decided.slice(0, MAX_PHASES));
  if (phases.length === 0) throw unknown('mixture', mixture, fresh);
  const snapshot = await snapshotOf(reader, mixture, as_of);
  const slices = plannedSlices(phases, steps ?? undefined);
  const { registered, evidence, lacks } = await registeredOf(reader, slices, { by, as_of, snapshot });
  const planned = plannedExposure(phases, { tokens: BigInt(tokens), steps: steps ?? undefined }, registered);
  if (!planned.ok && planned.refusal === 'steps_missing')
    throw new Fault(
      'steps_missing',
      `the plan of ${mixture} changes with the steps; name those of the horizon`,
    );
  const { parts, withoutPlan } = planned.ok ? planned : { parts: [], withoutPlan: 0n };
  const rows = parts.map((part) => rowOf(part, { tokens, maxEpochs, steps }));
  const lacking = [
    ...withoutTokens(planned),
    ...(decided.length > MAX_PHASES ? [`only the first ${MAX_PHASES} phases are replayed`] : []),
    ...leftOut(phases),
    ...sizesUnknown(rows, snapshot),
    ...lacks,
  ];
  return {
    ...answered(lacking.reduce<Freshness>(incomplete, fresh), {
      positions: [...phases.map(({ decision }) => decision), ...evidence],
    }),
    mixture,
    tokens,
    steps,
    by,
    maxEpochs,
    snapshot,
    rows,
    withoutPlan: Number(withoutPlan),
    warnings: [
      ...runningOut(rows, maxEpochs),
      ...(await superseded(reader, [mixture], as_of)),
      ...oddWeights(phases),
    ],
  };
}

function checked(
  tokens: number,
  { by, maxEpochs, steps }: Pick<HorizonQuestion, 'by' | 'maxEpochs' | 'steps'>,
): Limits & { readonly by: PlannedBy } {
  const limits = { tokens, maxEpochs: maxEpochs ?? 1, steps: steps ?? null };
  if (!(tokens > 0 && (limits.steps ?? 1) > 0 && limits.maxEpochs > 0))
    throw new Fault('not_positive', 'tokens, steps and the largest number of passes are above zero');
  return { ...limits, by: by ?? 'slice' };
}

const withoutTokens = (planned: ReturnType<typeof plannedExposure>): string[] =>
  planned.ok || planned.refusal === 'steps_missing' ? [] : [WITHOUT_TOKENS[planned.refusal]];

/** The snapshot that the newest decision of a mixture names, or null. */
async function snapshotOf(reader: SqlReader, mixture_id: string, as_of: LogPosition): Promise<string | null> {
  const [plan] = await reader.all(currentPlan, { mixture_id, as_of });
  return plan?.snapshot_id || null;
}

type Wanted = { readonly by: PlannedBy; readonly as_of: LogPosition; readonly snapshot: string | null };

/** What is registered of the slices of a plan and is not retracted. */
async function registeredOf(reader: SqlReader, slices: string[], { by, as_of, snapshot }: Wanted) {
  const { retractions, lacks } = await readRetractions(reader, { since: [], until: as_of, as_of });
  const shards = [...new Set(retractions.map(({ shard_id }) => shard_id))];
  const same = await sameShards(reader, shards, as_of);
  const retracted = [...new Set(shards.flatMap((shard) => same.members(shard)))];
  const inPlan = await sameInPlan(reader, { slices, snapshot, as_of });
  const doubted = shards.flatMap((shard) => same.doubts(shard));
  const doubts = unfollowedReason(doubtsOf([...doubted, ...inPlan.doubts]));
  const counted = { retracted, others: [...inPlan.others], firsts: [...inPlan.firsts] };
  const asked = { slices, by, ...counted, as_of };
  const rows = await (snapshot === null
    ? reader.all(registeredParts, asked)
    : reader.all(listedParts, { ...asked, snapshot_id: snapshot }));
  if (rows.length > MAX_PARTS)
    throw new Fault('too_many_parts', `there are more than ${MAX_PARTS} parts; sum by slice or by source`);
  const registered = rows.map(
    ({ slice, part, tokens, listed_tokens, shards, unknown_shards }): Registered => ({
      slice,
      part,
      tokens,
      listed: listed_tokens,
      shards,
      unknownShards: unknown_shards,
    }),
  );
  return {
    registered,
    evidence: [...rows.flatMap((row) => row.evidence), ...inPlan.evidence],
    lacks: [
      ...lacks,
      ...inPlan.lacks,
      ...(doubts === undefined ? [] : [doubts]),
      ...(snapshot === null ? [] : await unlisted(reader, { snapshot, as_of, registered })),
    ],
  };
}

type Listed = {
  readonly snapshot: string;
  readonly as_of: LogPosition;
  readonly registered: readonly Registered[];
};

/** What of a snapshot is not known shard by shard: shards without a slice, and snapshots that it was made from. */
async function unlisted(reader: SqlReader, { snapshot, as_of, registered }: Listed): Promise<string[]> {
  const sources = await reader.all(snapshotSources, { snapshot_id: snapshot, as_of });
  const from = sources.filter(({ kind }) => kind === 'snapshot').map(({ ref }) => ref);
  const shards = registered
    .filter(({ slice }) => slice === '')
    .reduce((sum, { shards: unsliced }) => sum + unsliced, 0);
  return [
    ...(shards > 0
      ? [
          `the slices of ${shards} shard${shards === 1 ? '' : 's'} that snapshot ${snapshot} lists are not recorded`,
        ]
      : []),
    ...(from.length > 0
      ? [
          `snapshot ${snapshot} was made from ${from.slice(0, 3).join(', ')}, whose shards count where it lists them itself`,
        ]
      : []),
  ];
}

type Limits = { readonly tokens: number; readonly maxEpochs: number; readonly steps: number | null };

function rowOf({ slice, part, tokens, registered }: PlannedPart, limits: Limits): PlannedRow {
  const passes = registered.tokens > 0n ? Number(tokens) / Number(registered.tokens) : null;
  const isKnown = registered.shards > 0 && registered.unknownShards === 0;
  const epochs = isKnown ? passes : null;
  const runsOut = runsOutOf({ slice, part, tokens, registered }, limits.maxEpochs);
  return {
    slice,
    part: part || null,
    tokens: Number(tokens),
    share: Number(tokens) / limits.tokens,
    registered: Number(registered.tokens),
    shards: registered.shards,
    unknownShards: registered.unknownShards,
    epochs,
    epochsAtMost: isKnown ? null : passes,
    runsOut,
    enoughFor:
      runsOut === true && epochs !== null && limits.steps === null
        ? Math.floor((limits.tokens * limits.maxEpochs) / epochs)
        : null,
  };
}

/** What is not recorded adds to the size: where the known part is enough, the whole is. */
function runsOutOf({ tokens, registered }: PlannedPart, maxEpochs: number): boolean | null {
  if (tokens === 0n) return false;
  if (Number(tokens) <= maxEpochs * Number(registered.tokens)) return false;
  return registered.shards > 0 && registered.unknownShards === 0 ? true : null;
}

/** Why it is not known whether something runs out. */
function sizesUnknown(rows: readonly PlannedRow[], snapshot: string | null): string[] {
  const [first, ...others] = rows.filter(({ epochs, tokens }) => epochs === null && tokens > 0);
  if (!first) return [];
  const more = others.length === 0 ? '' : `, and likewise of ${others.length} other rows`;
  const { slice, shards, unknownShards, registered } = first;
  const known = snapshot === null ? 'registered' : `listed by snapshot ${snapshot}`;
  if (shards === 0) return [`no shard of ${slice} is ${known}${more}`];
  if (unknownShards === 0 && registered === 0) return [`the shards of ${slice} have 0 tokens${more}`];
  return [`the tokens of ${unknownShards} of ${shards} shards of ${slice} are not recorded${more}`];
}

function runningOut(rows: readonly PlannedRow[], maxEpochs: number): Warning[] {
  const out = rows.filter(({ runsOut }) => runsOut === true);
  if (out.length === 0) return [];
  const named = out.slice(0, 5).map(({ slice, part, epochs, enoughFor }) => {
    const name = part === null ? slice : `${part} of ${slice}`;
    const upTo = enoughFor === null ? '' : `, enough for ${enoughFor} tokens`;
    return `${name} (${epochs === null ? 'no tokens' : Number(epochs.toPrecision(4))}${upTo})`;
  });
  const more = out.length > named.length ? ` and ${out.length - named.length} more` : '';
  const limit = `${maxEpochs} epoch${maxEpochs === 1 ? '' : 's'}`;
  return [{ code: 'runs_out', text: `More than ${limit}: ${named.join('; ')}${more}.` }];
}
