import { parseEventPosition, positionFromText } from '@tributary/kernel';
import type { Cursor } from './event-log.ts';

export const encodeCursor = (cursor: Cursor): Buffer => Buffer.from(JSON.stringify(cursor));

/** Throws where the value is not a cursor: nothing but this program writes into the environment. */
export function decodeCursor(value: Buffer): Cursor {
  const cursor = cursorFrom(JSON.parse(value.toString()));
  if (!cursor) throw new TypeError(`not a cursor: ${value.toString()}`);
  return cursor;
}

/** The cursor in parsed JSON; undefined where the value has another shape. */
export function cursorFrom(value: unknown): Cursor | undefined {
  if (!isObject(value)) return undefined;
  const position = positionIn(value['position']);
  const { planned, state } = value;
  if (position === undefined) return undefined;
  const kept = isObject(state) ? { state } : {};
  if (planned === undefined) return { position, ...kept };
  const range = rangeIn(planned);
  return range && { position, planned: range, ...kept };
}

function rangeIn(planned: unknown): Cursor['planned'] {
  if (!isObject(planned)) return undefined;
  const [from, to] = [positionIn(planned['from']), positionIn(planned['to'])];
  const { token } = planned;
  return from && to && typeof token === 'string' ? { from, to, token } : undefined;
}

const positionIn = (value: unknown): Cursor['position'] | undefined => {
  const position = typeof value === 'string' ? positionFromText(value) : undefined;
  return position === undefined || Number.isNaN(parseEventPosition(position)) ? undefined : position;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
