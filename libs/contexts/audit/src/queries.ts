import { query } from '@tributary/kernel';
import { z } from 'zod';

const count = z.coerce.number();
const page = { after: z.number(), first: z.int().min(1).max(100_000), as_of: z.array(z.number()) };

export const publishedCheckpoints = query(import.meta.url, 'published-checkpoints', {
  params: z.object({ origin: z.string().nullable(), ...page }),
  row: z.object({
    origin: z.string(),
    tree_size: count,
    root_hash: z.string(),
    note: z.string(),
    recorded_at: z.string(),
    evidence: count,
  }),
});

export const auditActions = query(import.meta.url, 'audit-actions', {
  params: z.object({ subject: z.string().nullable(), ...page }),
  row: z.object({
    action: z.enum(['key_added', 'key_retired', 'key_compromised', 'subject_erased', 'log_scrubbed']),
    subject: z.string(),
    algorithm: z.string(),
    public_key: z.string(),
    reason: z.string(),
    actor: z.string(),
    approved_by: z.string(),
    recorded_at: z.string(),
    evidence: count,
  }),
});
