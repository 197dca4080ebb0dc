import { groupBy } from '@tributary/kernel';
import { apportioned } from './apportion.ts';
import type { PhaseInForce } from './replay.ts';
import { sliceOf } from './slice-of.ts';

/** Registered shards of a slice that have the part in common: a shard, the package they were made from, or nothing. */
export type Registered = {
  readonly slice: string;
  readonly part: string;
  /** Tokens of the shards of known size. */
  readonly tokens: bigint;
  /** The same tokens as often as they are listed: a shard that is listed four times is read four times in a pass. */
  readonly listed: bigint;
  readonly shards: number;
  readonly unknownShards: number;
};

export type Horizon = {
  readonly tokens: bigint;
  /** Steps from 1 on, each of as many tokens. Needed where the plan has several phases, or one that ends. */
  readonly steps?: number | undefined;
};

/** What would be consumed of a slice of the plan, or of a part of it, by the horizon. */
export type PlannedPart = {
  readonly slice: string;
  /** Null where the tokens of a slice cannot be divided: no shard of it is registered, or not of every one the size. */
  readonly part: string | null;
  readonly tokens: bigint;
  readonly registered: Omit<Registered, 'slice' | 'part'>;
};

type HorizonRefusal = 'steps_missing' | 'samples_not_tokens' | 'sizes_unknown';

type Refused = { readonly ok: false; readonly refusal: HorizonRefusal };

export type PlannedExposure =
  | {
      readonly ok: true;
      readonly parts: readonly PlannedPart[];
      /** Tokens of steps for which nothing is planned. The parts and these add up to the horizon. */
      readonly withoutPlan: bigint;
    }
  | Refused;

/**
 * What a plan would consume by a horizon, if it were followed exactly: tokens of a phase by its steps, of a slice by its
 * weight, of a part by its tokens as they are listed, each in whole tokens (`apportioned`). Parts of a slice are taken to be
 * sampled alike. Weights in passes count for as many tokens as the slice lists.
 */
export function plannedExposure(
  phases: readonly PhaseInForce[],
  horizon: Horizon,
  registered: readonly Registered[],
): PlannedExposure {
  if (horizon.steps === undefined && !isWhole(phases)) return { ok: false, refusal: 'steps_missing' };
  const stretches = stretchesOf(phases, horizon.steps);
  const tokens =
    apportioned(
      horizon.tokens,
      stretches.map(({ steps }) => steps),
    ) ?? [];
  const slices = new Map<string, bigint>();
  let withoutPlan = 0n;
  for (const [at, stretch] of stretches.entries()) {
    const planned = tokensOf(stretch, tokens[at] ?? 0n, registered);
    if (!planned.ok) return planned;
    withoutPlan += planned.rest;
    for (const [slice, part] of planned.slices) slices.set(slice, (slices.get(slice) ?? 0n) + part);
  }
  const ofSlice = bySlice(registered, new Set(slices.keys()));
  const parts = [...slices].flatMap(([slice, all]) => partsOf(slice, all, ofSlice.get(slice) ?? []));
  return { ok: true, parts, withoutPlan };
}

/** The slices that phases have within the steps of a horizon. */
export const plannedSlices = (phases: readonly PhaseInForce[], steps: number | undefined): string[] => [
  ...new Set(stretchesOf(phases, steps).flatMap(({ phase }) => phase?.weights.map(([slice]) => slice) ?? [])),
];

/** One phase that holds for all steps: then the horizon needs no steps. */
const isWhole = ([first, ...others]: readonly PhaseInForce[]): boolean =>
  first !== undefined && others.length === 0 && first.firstStep <= 1 && first.lastStep === Infinity;

type Stretch = { readonly phase: PhaseInForce | undefined; readonly steps: number };

/** The phases as far as the horizon, and what lies between them. */
function stretchesOf(phases: readonly PhaseInForce[], steps: number | undefined): Stretch[] {
  const [only] = phases;
  if (steps === undefined) return only ? [{ phase: only, steps: 1 }] : [];
  const stretches: Stretch[] = [];
  let next = 1;
  for (const phase of phases) {
    const first = Math.max(phase.firstStep, next);
    const last = Math.min(phase.lastStep, steps);
    if (last < first) continue;
    if (first > next) stretches.push({ phase: undefined, steps: first - next });
    stretches.push({ phase, steps: last - first + 1 });
    next = last + 1;
  }
  return next <= steps ? [...stretches, { phase: undefined, steps: steps - next + 1 }] : stretches;
}

type OfSlices = {
  readonly ok: true;
  readonly slices: readonly (readonly [string, bigint])[];
  readonly rest: bigint;
};

/** The tokens of one phase by slice; `rest` is all of them where nothing is planned, or every weight is 0. */
function tokensOf({ phase }: Stretch, tokens: bigint, registered: readonly Registered[]): OfSlices | Refused {
  if (!phase) return { ok: true, slices: [], rest: tokens };
  const weights = weightsOf(phase, registered);
  if (!weights.ok) return weights;
  const parts = apportioned(tokens, [...weights.bySlice.values()]);
  if (!parts) return { ok: true, slices: [], rest: tokens };
  const slices = [...weights.bySlice.keys()].map((slice, at) => [slice, parts[at] ?? 0n] as const);
  return { ok: true, slices, rest: 0n };
}

type Weights = { readonly ok: true; readonly bySlice: ReadonlyMap<string, number> } | Refused;

function weightsOf(phase: PhaseInForce, registered: readonly Registered[]): Weights {
  if (phase.unit === 'sample_share') return { ok: false, refusal: 'samples_not_tokens' };
  const weights = new Map<string, number>();
  for (const [slice, weight] of phase.weights) weights.set(slice, (weights.get(slice) ?? 0) + weight);
  if (phase.unit !== 'epochs') return { ok: true, bySlice: weights };
  const parts = bySlice(registered, new Set(weights.keys()));
  for (const [slice, passes] of weights) {
    const { listed, shards, unknownShards } = together(parts.get(slice) ?? []);
    if (passes > 0 && (shards === 0 || unknownShards > 0)) return { ok: false, refusal: 'sizes_unknown' };
    weights.set(slice, passes * Number(listed));
  }
  return { ok: true, bySlice: weights };
}

/** What is registered by slice of the plan: of it, and of what lies inside of it and the plan does not name. */
function bySlice(registered: readonly Registered[], planned: ReadonlySet<string>): Map<string, Registered[]> {
  const found = new Map<string, Registered[]>();
  for (const one of registered) {
    const slice = sliceOf(one.slice, planned);
    if (slice === undefined) continue;
    const own = found.get(slice);
    if (own) own.push(one);
    else found.set(slice, [one]);
  }
  return found;
}

const together = (all: readonly Registered[]): Omit<Registered, 'slice' | 'part'> => ({
  tokens: all.reduce((sum, { tokens }) => sum + tokens, 0n),
  listed: all.reduce((sum, { listed }) => sum + listed, 0n),
  shards: all.reduce((sum, { shards }) => sum + shards, 0),
  unknownShards: all.reduce((sum, { unknownShards }) => sum + unknownShards, 0),
});

/** The tokens of a slice by part, where every size is known; a single part has all of them in any case. */
function partsOf(slice: string, tokens: bigint, registered: readonly Registered[]): PlannedPart[] {
  const groups = [...groupBy(registered, ({ part }) => part)].map(([part, of]) => ({
    part,
    registered: together(of),
  }));
  const [only] = groups;
  if (only && groups.length === 1) return [{ slice, tokens, ...only }];
  const whole = together(registered);
  const divided =
    whole.unknownShards === 0
      ? apportioned(
          tokens,
          groups.map((group) => Number(group.registered.listed)),
        )
      : undefined;
  if (!divided) return [{ slice, part: null, tokens, registered: whole }];
  return groups.map((group, at) => ({ slice, tokens: divided[at] ?? 0n, ...group }));
}
