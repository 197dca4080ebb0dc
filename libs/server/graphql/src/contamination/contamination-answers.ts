import { amountOf } from '@tributary/training';
import { valueOf } from '../closed-set.ts';
import { ExposureUnit, Method, SeenBefore } from '../generated/schema.ts';
import type { CheckpointContamination, ShardContamination } from '../generated/schema.ts';
import { scoreOf } from '../resolvers/score-of.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { ShardUse } from './run-paths.ts';

type Uses = ReadonlyMap<string, ShardUse>;

type UsesByPath = {
  /** In the steps that count. */
  readonly own: Uses;
  /** Behind the checkpoints of attempts that later ones supersede. */
  readonly ofAttempts: ReadonlyMap<number, Uses>;
};

/** How much each of some checkpoints holds of a shard, in their order. */
export const seenAt =
  ({ own, ofAttempts }: UsesByPath, checkpoints: readonly Checkpoint[]) =>
  (shard: string): SeenBefore[] => {
    const used = own.get(shard);
    return checkpoints.map(({ step, saved, counts }) => {
      const held = counts ? used : ofAttempts.get(saved?.attempt ?? 0)?.get(shard);
      if (!held || held.first > step) return SeenBefore.NotYet;
      return Math.max(held.last, used?.last ?? 0) > step ? SeenBefore.Partly : SeenBefore.Wholly;
    });
  };

/** Of how many shards a checkpoint holds how much. */
type Held = Record<SeenBefore, number>;

/** How many of some shards each of some checkpoints holds, in their order: each shard is looked at once. */
export function heldAt(
  shards: readonly string[],
  checkpoints: readonly Checkpoint[],
  seen: (shard: string) => readonly SeenBefore[],
): Held[] {
  const held = checkpoints.map((): Held => ({ not_yet: 0, partly: 0, wholly: 0 }));
  for (const shard of shards)
    for (const [at, before] of seen(shard).entries()) {
      const counts = held[at];
      if (counts) counts[before] += 1;
    }
  return held;
}

/** A checkpoint, and of how many shards with items it holds how much. */
export function checkpointOf(
  { id, step, saved, counts, scores }: Checkpoint,
  held: Held | undefined,
): CheckpointContamination {
  return {
    id,
    saved: saved !== undefined,
    step,
    attempt: saved?.attempt ?? null,
    tokens: saved?.tokens ?? null,
    counts,
    notYet: held?.not_yet ?? 0,
    partly: held?.partly ?? 0,
    wholly: held?.wholly ?? 0,
    scores: scores.map(scoreOf),
  };
}

/** What a run consumed of a shard in the steps that count, and from when to when. */
export const consumptionOf = (
  use: ShardUse | undefined,
): Pick<ShardContamination, 'consumed' | 'firstStep' | 'lastStep'> => ({
  firstStep: use?.first ?? null,
  lastStep: use?.last ?? null,
  consumed: (use?.amounts ?? []).map(({ unit, whole, methods, first_step, last_step }) => ({
    unit: valueOf(ExposureUnit, unit, 'the unit of an exposure'),
    amount: amountOf(whole),
    tokens: unit === 'token' ? Math.round(amountOf(whole)) : null,
    methods: methods.split(',').map((method) => valueOf(Method, method, 'the method of an exposure')),
    firstStep: first_step,
    lastStep: last_step,
  })),
});
