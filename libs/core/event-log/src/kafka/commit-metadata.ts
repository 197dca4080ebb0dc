import { Fault } from '@tributary/kernel';
import { cursorFrom } from '../cursors.ts';
import type { Cursor } from '../event-log.ts';

/** The cursors of a partition as the metadata of a committed offset. A broker takes 4096 bytes. */
export const encodeCommitMetadata = (cursors: ReadonlyMap<string, Cursor>): string =>
  JSON.stringify([...cursors]);

/**
 * The cursors in the metadata of a commit, by name. Empty where the text is foreign: tools that move a group leave a
 * text of their own, or none. Throws Fault `projector_state_unknown` for an object with a format, which only a later
 * version of this program writes.
 */
export function decodeCommitMetadata(metadata: string): ReadonlyMap<string, Cursor> {
  const cursors = new Map<string, Cursor>();
  const kept = parsed(metadata);
  if (!Array.isArray(kept)) {
    requireForeign(kept);
    return cursors;
  }
  for (const entry of kept) {
    const [name, value]: unknown[] = Array.isArray(entry) ? entry : [];
    const cursor = cursorFrom(value);
    if (typeof name !== 'string' || !cursor) return new Map();
    cursors.set(name, cursor);
  }
  return cursors;
}

function requireForeign(kept: unknown): void {
  if (typeof kept !== 'object' || kept === null || !('format' in kept)) return;
  const writer = 'writer' in kept ? `Tributary ${String(kept.writer)}` : 'a later version';
  throw new Fault(
    'projector_state_unknown',
    `the commit metadata of the group was written by ${writer} in format ${String(kept.format)}, which this program cannot read: run ${writer}`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
