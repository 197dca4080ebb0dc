import { digestBetween } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { formatEventPosition, partitionOf, partitionStart } from '@tributary/kernel';
import type { EventPosition } from '@tributary/kernel';
import type { CountedRange } from './check-queries.ts';
import { RANGE_POSITIONS, RANGE_TABLE } from './range-counts.ts';
import type { Sink } from '../sink.ts';
import { generationText } from '../state/tables-state.ts';
import type { CompleteState } from '../state/tables-state.ts';

/** A range of positions that the tables do not say the events of, and what they would have to say. */
export type Undigested = { readonly range: number; readonly positions: number; readonly digest: bigint };

export type ComparedEvents = {
  /** The first range with fewer or more positions than it must have, in words; undefined where there is none. */
  readonly short: string | undefined;
  /** The first range whose events are not those of the log, in words; undefined where there is none. */
  readonly difference: string | undefined;
  /** Ranges that an earlier version filled, wholly or in part. */
  readonly undigested: readonly Undigested[];
};

/**
 * Compares the events that the tables were filled with up to a packed position with those of the log, by their digests and
 * without reading one. Throws the Faults of the log.
 */
export async function compareEvents(
  ranges: readonly CountedRange[],
  position: EventPosition,
  log: Pick<EventLog, 'digestAt'>,
): Promise<ComparedEvents> {
  const start = partitionStart(partitionOf(position));
  const undigested: Undigested[] = [];
  let short: string | undefined;
  let difference: string | undefined;
  for (const { position_range: range, positions, digested, digest } of ranges) {
    const before = Math.max(range * RANGE_POSITIONS - 1, start);
    const last = Math.min((range + 1) * RANGE_POSITIONS - 1, position);
    const span = `${formatEventPosition(before + 1)} to ${formatEventPosition(last)}`;
    if (positions !== last - before) {
      short ??= `they were filled with ${positions} of the ${last - before} positions ${span}`;
      continue;
    }
    const sum = digestBetween(
      await log.digestAt(formatEventPosition(before)),
      await log.digestAt(formatEventPosition(last)),
    );
    if (digested < positions)
      undigested.push({ range, positions: positions - digested, digest: digestBetween(digest, sum) });
    else if (digest !== sum)
      difference ??= `at positions ${span} they were filled with other events than the log has`;
  }
  return { short, difference, undigested };
}

/**
 * Says in the tables which events these ranges have, because an earlier version filled them. They are believed to be the
 * log's. The position is in the token, so that a repetition after a crash is dropped.
 */
export async function insertDigests(
  sink: Sink,
  undigested: readonly Undigested[],
  { logId, state }: { readonly logId: string; readonly state: CompleteState },
): Promise<void> {
  const { position, generation } = state;
  const builder = await sink.openBlock(`tributary.${RANGE_TABLE}`);
  builder.add(
    undigested.map(({ range, positions, digest }) => ({
      log_id: logId,
      epoch: generation.epoch,
      table_name: '',
      position_range: range,
      row_count: 0,
      offset_sum: 0,
      last_position: 0,
      digested_positions: positions,
      digest_sum: digest,
    })),
  );
  const token = `${RANGE_TABLE}:digests:${generationText(generation)}:${position}`;
  await sink.insert({ token, block: builder.finish() });
}
