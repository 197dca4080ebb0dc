import { ordinal, START } from '@tributary/event-log';
import { Fault, positionFromText, rfc3339 } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { Spine } from './spine.ts';

export type AsOf = { readonly position: Position; readonly time: string | null };

/** Which state of the log an answer speaks of. `ordinal` goes into SQL. */
export type Freshness = {
  readonly ordinal: number;
  readonly asOf: AsOf;
  readonly complete: boolean;
  readonly reason: string | null;
  readonly lag: number;
};

/**
 * The state that a question asks for: the tables as they are, or an earlier position. A position that is in the log
 * but not in the tables yet is waited for. Throws `unknown_position` for one that the log does not reach.
 */
export async function freshness(spine: Spine, asked: string | undefined | null): Promise<Freshness> {
  if (asked) return pinned(spine, positionFromText(asked));
  const position = spine.projector.position();
  const lag = ordinal(spine.log.head()) - ordinal(position);
  const reason =
    lag === 0 ? unprojectedBy(spine, position) : `${lag} events recorded since are not in the tables yet`;
  return {
    ordinal: ordinal(position),
    asOf: await asOfPosition(spine, position),
    complete: reason === null,
    reason,
    lag,
  };
}

async function pinned(spine: Spine, position: Position): Promise<Freshness> {
  const head = spine.log.head();
  if (!(ordinal(position) <= ordinal(head))) {
    throw new Fault('unknown_position', `${position} is no position of this log; it ends at ${head}`);
  }
  await spine.projector.reached(position);
  const reason = unprojectedBy(spine, position);
  return {
    ordinal: ordinal(position),
    asOf: await asOfPosition(spine, position),
    complete: reason === null,
    reason,
    lag: 0,
  };
}

/** Says so where facts up to a position made no rows; null where all did. */
function unprojectedBy({ projector }: Spine, position: Position): string | null {
  const left = projector.unprojected();
  if (!left || ordinal(left.first) > ordinal(position)) return null;
  return `${left.count} events could not be read into the tables, the first at ${left.first}; they are kept, see deadLetters`;
}

export async function asOfPosition({ log }: Spine, position: Position): Promise<AsOf> {
  const event = position === START ? undefined : await log.at(position);
  return { position, time: event ? rfc3339(event.recordTime) : null };
}

export const evidenceOf = (ordinals: readonly number[]): string[] =>
  ordinals.toSorted((left, right) => left - right).map(String);
