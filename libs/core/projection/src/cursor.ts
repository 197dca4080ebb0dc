import type { Cursor } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { START } from '@tributary/kernel';

/** The one cursor of a log's tables. */
export const CURSOR = 'tables';

const EMPTYING = 'emptying';

/**
 * The cursor keeps the last planned range: while `planned.to` lies beyond `position` it may be in the tables or not.
 * Its token is `<epoch>@<version>:<from>-<to>`. A rebuild raises the epoch, so that no engine takes a new batch for an
 * old one; the version says what made the tables, so that a program that makes other ones sees it at its start.
 */
const cursorAt = (position: Position, planned: NonNullable<Cursor['planned']>): Cursor => ({
  position,
  planned,
});

/** Of empty tables, before the first event of the log or of one of its partitions. */
export const firstCursor = (version: string, start = START): Cursor => emptyAt({ epoch: 1, version }, start);

export const isPending = ({ position, planned }: Cursor): boolean =>
  planned !== undefined && planned.to !== position;

export const isEmptying = ({ planned }: Cursor): boolean => planned?.token.startsWith(EMPTYING) ?? false;

/** About to insert the rows of a range. */
export function plan(cursor: Cursor, to: Position): Cursor {
  const from = cursor.position;
  return cursorAt(from, { from, to, token: `${textOf(makingOf(cursor))}:${from}-${to}` });
}

export const tokenOf = ({ planned }: Cursor): string => planned?.token ?? '';

/** The planned range is in the tables. */
export const complete = ({ position, planned }: Cursor): Cursor =>
  planned ? cursorAt(planned.to, planned) : { position };

/** About to empty the tables; they are filled again under a new epoch. */
export function planRebuild(cursor: Cursor, version: string): Cursor {
  const epoch = makingOf(cursor).epoch + 1;
  return cursorAt(START, { from: START, to: START, token: `${EMPTYING}:${textOf({ epoch, version })}` });
}

/** The tables are empty. */
export const emptied = (cursor: Cursor): Cursor => emptyAt(makingOf(cursor));

/** Which version made the tables; empty text where that was before versions were kept. */
export const versionOf = (cursor: Cursor): string => makingOf(cursor).version;

type Making = { readonly epoch: number; readonly version: string };

const textOf = ({ epoch, version }: Making): string => `${epoch}@${version}`;

const emptyAt = (making: Making, start = START): Cursor =>
  cursorAt(start, { from: start, to: start, token: `${textOf(making)}:${start}-${start}` });

function makingOf({ planned }: Cursor): Making {
  const [, epoch = '1', version = ''] = /(?:^|:)(\d+)(?:@(\w*))?(?::|$)/.exec(planned?.token ?? '') ?? [];
  return { epoch: Number(epoch), version };
}
