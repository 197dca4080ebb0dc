import type { DifferingRollup, Projection } from '@tributary/contracts';
import type { Query, SqlReader } from '@tributary/kernel';
import { firstFinding, legible } from './compare-counted.ts';
import type { GroupFinding, Outcome } from './registered-events.ts';

type Work = {
  readonly reader: SqlReader;
  /** The same text as before where nothing was inserted since; undefined while something may be. */
  readonly still: () => Promise<string | undefined>;
};

/**
 * Compares the tables that views fill with their sources, by the questions of the projections. A table and its view are
 * not written at the same moment, so a difference may pass where something was inserted meanwhile. Where nothing differs,
 * nothing is missing, whatever is inserted. Throws the Faults that may pass.
 */
export async function compareRollups(work: Work, projections: readonly Projection[]): Promise<Outcome> {
  const rollups = projections.flatMap(({ rollups = [] }) => rollups);
  return firstFinding(rollups, (rollup) => legible(rollup.name, () => compareRollup(work, rollup)));
}

async function compareRollup(
  { reader, still }: Work,
  rollup: Query<Record<string, never>, DifferingRollup>,
): Promise<GroupFinding | undefined> {
  const before = await still();
  const [first] = await reader.all(rollup, {});
  if (first === undefined) return undefined;
  const isStill = before !== undefined && (await still()) === before;
  const detail = `${first.table_name} is not what its source says (${first.differing} keys or ranges)`;
  return { code: 'tables_short', detail, mayPass: !isStill };
}
