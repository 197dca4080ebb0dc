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

/** A checkpoint, and what it holds of the shards with items: one for each. */
export function checkpointOf(
  { id, step, saved, counts, scores }: Checkpoint,
  seen: readonly (SeenBefore | undefined)[],
): CheckpointContamination {
  const count = (wanted: SeenBefore): number => seen.filter((one) => one === wanted).length;
  return {
    id,
    saved: saved !== undefined,
    step,
    attempt: saved?.attempt ?? null,
    tokens: saved?.tokens ?? null,
    counts,
    notYet: count(SeenBefore.NotYet),
    partly: count(SeenBefore.Partly),
    wholly: count(SeenBefore.Wholly),
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
