import type { Run } from '@tributary/attribution';
import { snapshotNames } from '@tributary/corpus';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import type { ConsumedMixture } from './consumed-mixture.ts';
import type { RecordedRuns } from './recorded-runs.ts';

/** The dataset version that a run names, as all that it consumed. */
export type DeclaredDataset = {
  readonly mixture: ConsumedMixture & Pick<Run, 'mixtureId'>;
  readonly evidence: readonly number[];
};

/**
 * The registered dataset version of each run that has no recorded exposure, as its whole mixture by the method `declared`:
 * many histories compare datasets, and record of a run which one it was trained on and for how many tokens. The slice is
 * the name of the version, or its id where several have the name. A version that is not registered is none: it can be a
 * placeholder of several unknown ones.
 */
export async function declaredDatasets(
  sql: SqlReader,
  { consumed, settings }: RecordedRuns,
  as_of: LogPosition,
): Promise<ReadonlyMap<string, DeclaredDataset>> {
  const declared = [...settings.values()].flatMap(({ run_id, snapshot_id, ended_tokens, token_budget }) => {
    const total = ended_tokens ?? token_budget;
    return consumed.has(run_id) || snapshot_id === '' || total === null
      ? []
      : [{ run_id, snapshot_id, total }];
  });
  const snapshot_ids = [...new Set(declared.map(({ snapshot_id }) => snapshot_id))];
  if (snapshot_ids.length === 0) return new Map();
  const known = await sql.all(snapshotNames, { snapshot_ids, as_of });
  const named = groupBy(known, ({ name }) => name);
  const snapshotOf = new Map(known.map((row) => [row.snapshot_id, row]));
  return new Map(
    declared.flatMap(({ run_id, snapshot_id, total }) => {
      const snapshot = snapshotOf.get(snapshot_id);
      if (!snapshot) return [];
      const { name, evidence } = snapshot;
      const slice = name !== '' && named.get(name)?.length === 1 ? name : snapshot_id;
      const mixture = { mixtureId: slice, shares: { [slice]: 1 }, total, unit: 'token', method: 'declared' };
      return [[run_id, { mixture, evidence: [evidence] }] as const];
    }),
  );
}
