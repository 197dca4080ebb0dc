import { parseEventPosition, positionFromText } from '@tributary/kernel';
import type { Cursor } from '../event-log.ts';

/** Cursors of a partition as the text beside a committed offset: below 600 bytes, and a broker takes 4096. */
export const encodeCommitMetadata = (cursors: ReadonlyMap<string, Cursor>): string =>
  JSON.stringify([...cursors]);

/**
 * The cursors that a group has left with a commit, by name. None where the text is not ours: tools that move a group
 * leave one of their own, or nothing.
 */
export function decodeCommitMetadata(metadata: string): ReadonlyMap<string, Cursor> {
  const cursors = new Map<string, Cursor>();
  const kept = parsed(metadata);
  if (!Array.isArray(kept)) return cursors;
  for (const entry of kept) {
    const [name, value]: unknown[] = Array.isArray(entry) ? entry : [];
    const cursor = cursorOf(value);
    if (typeof name !== 'string' || !cursor) return new Map();
    cursors.set(name, cursor);
  }
  return cursors;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function cursorOf(value: unknown): Cursor | undefined {
  if (!isObject(value)) return undefined;
  const position = positionIn(value['position']);
  const { planned } = value;
  if (position === undefined || planned === undefined) return position && { position };
  if (!isObject(planned)) return undefined;
  const [from, to] = [positionIn(planned['from']), positionIn(planned['to'])];
  const { token } = planned;
  if (!from || !to || typeof token !== 'string') return undefined;
  return { position, planned: { from, to, token } };
}

const positionIn = (value: unknown): Cursor['position'] | undefined => {
  const position = typeof value === 'string' ? positionFromText(value) : undefined;
  return position === undefined || Number.isNaN(parseEventPosition(position)) ? undefined : position;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
