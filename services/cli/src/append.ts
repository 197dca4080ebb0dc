import type { Rejection } from '@tributary/importers';
import { EXIT, Exit } from './exit.ts';
import type { Progress } from './context.ts';
import type { postEvents, RefusedEvent } from './server/post-events.ts';
import { count } from './text/format.ts';

/** One event as JSON text, and the file and line that it comes from. */
export type SourceLine = { readonly text: string; readonly source: string };

export type Appended = {
  readonly appended: number;
  readonly duplicates: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly rejected: readonly Rejection[];
};

/** Posts an atomic batch of events, each as JSON text. */
export type Post = (lines: readonly string[]) => ReturnType<typeof postEvents>;

/** Appends events batch by batch. An event that the server refuses is left out and reported; the others are appended. */
export async function append(
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
  post: Post,
  progress: Progress,
): Promise<Appended> {
  const total = { appended: 0, duplicates: 0 };
  const byType = new Map<string, number>();
  const rejected: Rejection[] = [];
  for await (const batch of batched(lines)) {
    const posted = await postAccepted(batch, post, rejected);
    total.appended += posted.stored;
    total.duplicates += posted.duplicates;
    for (const [type, stored] of Object.entries(posted.storedByType))
      byType.set(type, (byType.get(type) ?? 0) + stored);
    progress.step(`${count(total.appended)} events appended, ${count(total.duplicates)} known`);
  }
  return { ...total, byType: Object.fromEntries(byType), rejected };
}

const NOTHING = { stored: 0, duplicates: 0, storedByType: {}, receipts: [] };

/** A batch is atomic: refused events are removed from it until the rest is accepted. */
async function postAccepted(batch: readonly SourceLine[], post: Post, rejected: Rejection[]) {
  let left = batch;
  while (left.length > 0) {
    const posted = await post(left.map(({ text }) => text));
    if (posted.ok) return posted;
    const refused = new Map(posted.errors.map((error) => [error.index, error]));
    const kept = left.filter((_line, index) => !refused.has(index));
    if (kept.length === left.length)
      throw new Exit(EXIT.failed, `the server refused a batch: ${posted.detail}`);
    for (const [index, line] of left.entries()) {
      const error = refused.get(index);
      if (error)
        rejected.push({ source: line.source, pointer: error.pointer ?? '', reason: reasonFor(error) });
    }
    left = kept;
  }
  return NOTHING;
}

/** A refusal without a message is a conflict: the id is known with other content. */
function reasonFor({ message, value, position }: RefusedEvent): string {
  if (message === undefined)
    return `its id belongs to an event with other content (${position === undefined ? 'in this batch' : `position ${position}`})`;
  return value === undefined ? message : `${message} (found ${value})`;
}

const MAX_EVENTS = 1000;
const MAX_BYTES = 1_000_000;

/** Batches of at most 1,000 events and one megabyte. A larger event is a batch of its own. */
export async function* batched(
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
): AsyncGenerator<SourceLine[]> {
  let batch: SourceLine[] = [];
  let bytes = 0;
  for await (const line of lines) {
    const size = Buffer.byteLength(line.text) + 1;
    if (batch.length === MAX_EVENTS || (batch.length > 0 && bytes + size > MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
