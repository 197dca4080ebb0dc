import type { NewEvent, RecordedEvent } from '@tributary/event-log';
import { query } from '@tributary/kernel';
import { z } from 'zod';

/** Corrections that stand and replace no event as of a position, in the order of the log. */
export const unresolvedCorrections = query(import.meta.url, 'unresolved-corrections', {
  params: z.object({ first: z.number(), as_of: z.array(z.number()) }),
  row: z.object({ position: z.coerce.number(), type: z.string(), stream: z.string() }),
});

const envelope = z.object({
  source: z.string(),
  corrects: z.string(),
  correctssource: z.string().optional(),
});

/** The source and the id that a recorded event states for the one that it corrects; undefined where it corrects none. */
export function correctedBy({ bytes }: RecordedEvent): Pick<NewEvent, 'source' | 'id'> | undefined {
  const { data } = envelope.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  return data && { source: data.correctssource ?? data.source, id: data.corrects };
}
