import { isExposed } from '@tributary/attribution';
import type { Arm, Experiment, Run } from '@tributary/attribution';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { consumedByRun, ownHistory } from '@tributary/training';
import type { JobRefusal } from '../attributor.ts';
import { divideAmounts } from './divide-amounts.ts';
import type { Cell, DividedAmounts, ShardAmount } from './divide-amounts.ts';
import { countingOf, methodOf } from './counting.ts';
import type { Counting } from './counting.ts';
import { readMeasurements } from './measured-slices.ts';
import type { MeasuredShard, MeasuredSlices } from './measured-slices.ts';
import { refuseSlices } from './refuse-slices.ts';
import { partPath, UNMEASURED } from './slice-names.ts';

/** An experiment over slices that an attribute defines. */
export type Resliced = {
  readonly ok: true;
  /** With other shares, and the measurements among the evidence of its runs. */
  readonly experiment: Experiment;
  /** As recorded. */
  readonly recorded: Experiment;
  readonly cells: DividedAmounts['cells'];
  readonly counting: Counting;
};

/**
 * The experiment with the shares of its runs counted by an attribute: what each run consumed of each shard, divided over
 * the values measured in it, as of a position. Everything else of the runs stays. A run of which no shard is recorded has
 * all that it consumed in the slice `unmeasured`. Refuses as `refuseSlices` does.
 */
export async function reslice(
  sql: SqlReader,
  recorded: Experiment,
  by: MeasuredSlices,
  as_of: LogPosition,
): Promise<Resliced | JobRefusal> {
  const run_ids = recorded.runs.map(({ runId }) => runId);
  const history = await ownHistory(sql, run_ids, as_of);
  const consumed =
    run_ids.length === 0 ? { amounts: [] } : await consumedByRun(sql, history, { by: 'shard', as_of });
  const amounts = inUnitOfRuns(recorded.runs, consumed.amounts);
  const shards = [...new Set(amounts.map(({ shard }) => shard))].filter((shard) => shard !== '');
  const measured = await readMeasurements(sql, shards, { attribute: by.attribute, as_of });
  const refusal = refuseSlices(by, measured, shards.length);
  if (refusal) return { ok: false, ...refusal };
  const { experiment, cells, isProrated } = reslicedBy(recorded, amounts, measured, by);
  const counting = countingOf({ by, measured, amounts, isProrated, cells });
  return { ok: true, experiment, recorded, cells, counting };
}

/** The amounts in the unit that each run is counted in, and none of a run that no unit counts as a whole. */
function inUnitOfRuns(runs: readonly Run[], amounts: readonly ShardAmount[]): readonly ShardAmount[] {
  const counted = runs.filter((run) => isExposed(run) || run.otherUnits === undefined);
  const unitOf = new Map(counted.map(({ runId, unit }) => [runId, unit]));
  return amounts.filter(({ run, unit }) => unitOf.get(run) === unit);
}

/** Pure: the experiment over the values of the attribute, and the cells behind its shares. */
export function reslicedBy(
  recorded: Experiment,
  amounts: readonly ShardAmount[],
  measured: ReadonlyMap<string, MeasuredShard>,
  by: MeasuredSlices,
): DividedAmounts & { readonly experiment: Experiment } {
  const divided = divideAmounts(amounts, measured, by);
  const method = methodOf(measured, divided.isProrated);
  const amountsOf = groupBy(amounts, ({ run }) => run);
  const runs = recorded.runs.map((run): Run => {
    const shards = new Set((amountsOf.get(run.runId) ?? []).map(({ shard }) => shard));
    const positions = [...shards].flatMap((shard) => measured.get(shard)?.evidence ?? []);
    return {
      ...run,
      ...sharesOf(run, divided.cells.get(run.runId)),
      method: method === 'measured' ? run.method : joined(run.method, method),
      evidence: inOrder([...run.evidence, ...positions.map(String)]),
    };
  });
  return { ...divided, experiment: { ...recorded, arms: recorded.arms.map(withoutPlan), runs } };
}

/** A plan has weights of recorded slices; whether it was followed is looked at there (`followedPlan`). */
const withoutPlan = (arm: Arm): Arm => ({ ...arm, planned: undefined });

function sharesOf(run: Run, cells: readonly Cell[] | undefined): Pick<Run, 'shares' | 'total'> {
  if (!cells) {
    const unmeasured = Object.entries(run.shares).map(([slice, share]) => [
      partPath(UNMEASURED, slice),
      share,
    ]);
    return { shares: Object.fromEntries(unmeasured), total: run.total };
  }
  const total = cells.reduce((sum, { amount }) => sum + amount, 0);
  return { shares: Object.fromEntries(cells.map(({ leaf, amount }) => [leaf, amount / total])), total };
}

const joined = (methods: string, method: string): string =>
  [...new Set([...methods.split(','), method])]
    .filter((one) => one !== '')
    .toSorted()
    .join(',');

const inOrder = (positions: readonly string[]): string[] =>
  [...new Set(positions)].toSorted((left, right) => Number(left) - Number(right));
