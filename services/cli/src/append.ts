import type { Rejection } from '@tributary/importers';
import { batched } from './batches.ts';
import type { SourceLine } from './batches.ts';
import { EXIT, Exit } from './exit.ts';
import type { Progress } from './progress.ts';
import type { postEvents, RefusedEvent } from './server/post-events.ts';
import { count } from './text/number.ts';

export type Appended = {
  readonly appended: number;
  readonly duplicates: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly rejected: readonly Rejection[];
};

type Post = (lines: readonly string[]) => ReturnType<typeof postEvents>;

/** Appends events batch by batch. An event that the server refuses is left out and reported; the others go on. */
export async function append(
  lines: AsyncIterable<SourceLine> | Iterable<SourceLine>,
  post: Post,
  progress: Progress,
): Promise<Appended> {
  const total = { appended: 0, duplicates: 0 };
  const byType: Record<string, number> = {};
  const rejected: Rejection[] = [];
  for await (const batch of batched(lines)) {
    const posted = await postAccepted(batch, post, rejected);
    total.appended += posted.stored;
    total.duplicates += posted.duplicates;
    for (const [type, stored] of Object.entries(posted.storedByType))
      byType[type] = (byType[type] ?? 0) + stored;
    progress.step(`${count(total.appended)} events appended, ${count(total.duplicates)} known`);
  }
  return { ...total, byType, rejected };
}

const NOTHING = { stored: 0, duplicates: 0, storedByType: {} };

/** A batch is atomic: what was refused is taken out until the rest is accepted. */
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

/** Without a message the id is known with other content, which is the other reason to refuse an event. */
function reasonFor({ message, value, position }: RefusedEvent): string {
  if (message === undefined)
    return `its id is taken by an event with other content (position ${position ?? 'in this batch'})`;
  return value === undefined ? message : `${message} (there is ${value})`;
}
