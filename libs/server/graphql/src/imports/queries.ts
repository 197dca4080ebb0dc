import { query } from '@tributary/kernel';
import { z } from 'zod';

const count = z.coerce.number();

/** Imports; `is_ended` is 0 and what an end says is empty for those that did not end. A position is 0 where there is none. */
export const imports = query(new URL('..', import.meta.url).href, 'imports', {
  params: z.object({
    /** All of them where empty. */
    ids: z.array(z.string()),
    after: z.number(),
    first: z.number(),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    evidence: count,
    id: z.string(),
    paths: z.array(z.string()),
    program: z.string(),
    actor: z.string(),
    started_at: z.string(),
    is_ended: z.number(),
    ended_at: z.string(),
    kinds: z.array(z.object({ kind: z.string(), sources: count, files: count })),
    by_type: z.array(z.object({ type: z.string(), events: count })),
    refused: count,
    not_looked_at: count,
    digest: z.string(),
    stored: count,
    repeated: count,
    last_announcement: count,
    /** The newest fact that names events of it. */
    last_part: count,
    /** The newest withdrawal. What the import named after it stands. */
    withdrawn_position: count,
    withdrawn_at: z.string(),
    reason: z.string(),
    withdrawn_by: z.string(),
  }),
});

export const namedByImport = query(new URL('..', import.meta.url).href, 'named-by-import', {
  params: z.object({
    import_id: z.string(),
    began: z.number(),
    positions: z.array(z.number()),
    as_of: z.array(z.number()),
  }),
  row: z.object({ position: count }),
});

export const importContents = query(new URL('..', import.meta.url).href, 'import-contents', {
  params: z.object({ kinds: z.array(z.string()), import_id: z.string(), as_of: z.array(z.number()) }),
  row: z.object({
    entity_kind: z.string(),
    entities: count,
    ids: z.array(z.string()),
    evidence: z.array(count),
    evidence_total: count,
  }),
});
