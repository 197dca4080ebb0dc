import { measuredShards } from '@tributary/corpus';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';

/**
 * Slices that an attribute of shards defines in place of the recorded ones: its values, or, with a threshold, the shards
 * whose value is at least that, and the others.
 */
export type MeasuredSlices = { readonly attribute: string; readonly atLeast?: number | undefined };

export type MeasuredShard = RowOf<typeof measuredShards>;

/** Shards of which measurements are read at once. */
const SHARDS = 5_000;

/** The newest measurement of each of the shards that has one, as of a position. */
export async function readMeasurements(
  sql: SqlReader,
  shards: readonly string[],
  { attribute, as_of }: { readonly attribute: string; readonly as_of: LogPosition },
): Promise<ReadonlyMap<string, MeasuredShard>> {
  const measured = new Map<string, MeasuredShard>();
  for (let from = 0; from < shards.length; from += SHARDS) {
    const shard_ids = shards.slice(from, from + SHARDS);
    for (const row of await sql.all(measuredShards, { shard_ids, attribute, as_of }))
      measured.set(row.shard_id, row);
  }
  return measured;
}
