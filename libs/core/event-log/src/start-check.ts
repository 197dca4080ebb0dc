import { Chunks } from './chunks.ts';
import { damaged } from './chunk.ts';
import type { Environment } from './environment.ts';
import { entryCount } from './environment.ts';
import type { IdIndex } from './id-index.ts';
import type { StreamHeads } from './stream-heads.ts';

/** The end of the log at the start. */
export type Tail = { readonly position: number; readonly recordTime: number };

/**
 * Checks that the last chunk has its hashes, and that the index, heads and counts agree with it. Throws Fault
 * `log_damaged`. Nothing is repaired or truncated.
 */
export function checkTail(
  environment: Environment,
  parts: { ids: IdIndex; heads: StreamHeads; counts: Map<string, number> },
): Tail {
  const chunks = new Chunks(environment.events);
  const position = chunks.last();
  const counted = [...parts.counts.values()].reduce((sum, count) => sum + count, 0);
  if (counted !== position)
    throw damaged(`the log ends at ${position}, its counts by type add up to ${counted}`);
  const indexed = entryCount(environment.ids);
  if (indexed !== position) throw damaged(`the log ends at ${position}, its index holds ${indexed} ids`);
  if (position === 0) return { position, recordTime: 0 };

  const chunk = chunks.fresh(position);
  const lastOf = new Map<string, { sequence: number; position: number }>();
  for (let at = chunk.first; at <= chunk.last; at += 1) {
    const event = chunk.event(at);
    if (parts.ids.find(event.source, event.id) !== at)
      throw damaged(`the index has no entry for the event at ${at}`);
    lastOf.set(event.stream, { sequence: event.streamSequence, position: at });
  }
  for (const [stream, last] of lastOf) {
    const head = parts.heads.stored(stream);
    if (head?.sequence === last.sequence && head.position === last.position) continue;
    throw damaged(
      `stream ${stream} ends at ${last.position}, its head is at ${head?.position ?? 'no position'}`,
    );
  }
  return { position, recordTime: chunk.recordTime(position) };
}

export function decodeCounts(value: Buffer | undefined): Map<string, number> {
  if (!value) return new Map();
  try {
    const counts: Record<string, number> = JSON.parse(value.toString());
    return new Map(Object.entries(counts));
  } catch {
    throw damaged('the counts by type are unreadable');
  }
}

export const encodeCounts = (counts: ReadonlyMap<string, number>): Buffer =>
  Buffer.from(JSON.stringify(Object.fromEntries(counts)));
