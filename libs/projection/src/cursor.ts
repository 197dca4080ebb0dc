import { START } from '@tributary/event-log';
import type { Cursor } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';

/** The one cursor of a log's tables. */
export const CURSOR = 'tables';

const EMPTYING = 'emptying';

/**
 * The cursor keeps the last planned range: while `planned.to` lies beyond `position` it may be in the tables or not.
 * Its token is `<epoch>:<from>-<to>`; a rebuild raises the epoch, so that no engine takes a new batch for an old one.
 */
const cursorAt = (position: Position, planned: NonNullable<Cursor['planned']>): Cursor => ({
  position,
  planned,
});

export const firstCursor: Cursor = cursorAt(START, { from: START, to: START, token: '1:0-0' });

export const isPending = ({ position, planned }: Cursor): boolean =>
  planned !== undefined && planned.to !== position;

export const isEmptying = ({ planned }: Cursor): boolean => planned?.token.startsWith(EMPTYING) ?? false;

/** About to insert the rows of a range. */
export function plan(cursor: Cursor, to: Position): Cursor {
  const from = cursor.position;
  return cursorAt(from, { from, to, token: `${epochOf(cursor)}:${from}-${to}` });
}

export const tokenOf = ({ planned }: Cursor): string => planned?.token ?? '';

/** The planned range is in the tables. */
export const complete = ({ position, planned }: Cursor): Cursor =>
  planned ? cursorAt(planned.to, planned) : { position };

/** About to empty the tables; they are filled again under a new epoch. */
export const planRebuild = (cursor: Cursor): Cursor =>
  cursorAt(START, { from: START, to: START, token: `${EMPTYING}:${epochOf(cursor) + 1}` });

/** The tables are empty. */
export const emptied = (cursor: Cursor): Cursor =>
  cursorAt(START, { from: START, to: START, token: `${epochOf(cursor)}:0-0` });

function epochOf({ planned }: Cursor): number {
  const [, epoch = '1'] = /(?:^|:)(\d+)(?::|$)/.exec(planned?.token ?? '') ?? [];
  return Number(epoch);
}
