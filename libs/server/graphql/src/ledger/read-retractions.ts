import { MAX_HOPS, retractionsSince } from '@tributary/corpus';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';

export type Retraction = RowOf<typeof retractionsSince>;

/** Retractions of shards, and why there may be more of them. */
export type Retractions = { readonly retractions: readonly Retraction[]; readonly lacks: readonly string[] };

type Between = { readonly since: LogPosition; readonly until: LogPosition; readonly as_of: LogPosition };

/** Retractions that are read. */
const MAX_RETRACTED = 10_000;

/** Why snapshots that were made from each other may be missing. */
export const TOO_FAR = `only ${MAX_HOPS} steps from snapshot to snapshot are followed`;

/** The shards that were retracted after a position and not after another one, as it holds by then. */
export async function readRetractions(
  reader: SqlReader,
  { since, until, as_of }: Between,
): Promise<Retractions> {
  const asked = { since: [...since], until: [...until], as_of: [...as_of] };
  const rows = await reader.all(retractionsSince, asked);
  const isCut = rows.length > MAX_RETRACTED;
  const retractions = rows.filter(({ shard_id }) => shard_id !== '');
  return {
    retractions,
    lacks: [
      ...(isCut ? [`only the first ${MAX_RETRACTED} retractions are read`] : []),
      ...(retractions.length < rows.length ? [TOO_FAR] : []),
    ],
  };
}
