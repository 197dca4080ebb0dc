import { query } from '@tributary/kernel';
import { z } from 'zod';

const edges = {
  params: z.object({
    nodes: z.array(z.string()).min(1).max(2_000),
    /** Kinds of the nodes at the other end; all kinds where empty. */
    kinds: z.array(z.string()),
    first: z.int().min(1).max(100_000),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    source: z.string(),
    target: z.string(),
    kind: z.string(),
    via: z.string(),
    edge_rank: z.number(),
    times: z.coerce.number(),
    fields: z.array(z.tuple([z.string(), z.string(), z.string()])),
    evidence: z.array(z.coerce.number()),
    evidence_total: z.coerce.number(),
    mentions: z.coerce.number(),
  }),
};

export const neighboursDown = query(import.meta.url, 'neighbours-down', edges);
export const neighboursUp = query(import.meta.url, 'neighbours-up', edges);

export const nodes = query(import.meta.url, 'nodes', {
  params: z.object({ nodes: z.array(z.string()).max(2_001), as_of: z.array(z.number()) }),
  row: z.object({
    node: z.string(),
    node_kind: z.string(),
    label: z.string(),
    is_registered: z.number(),
    last_reason: z.string(),
    evidence: z.array(z.coerce.number()),
    evidence_total: z.coerce.number(),
  }),
});

export const summary = query(import.meta.url, 'summary', {
  params: z.object({ kinds: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({
    nodes: z.coerce.number(),
    stubs: z.coerce.number(),
    edges: z.coerce.number(),
    max_fan_out: z.coerce.number().nullable(),
    evidence_total: z.coerce.number(),
  }),
});

/** Ranges of positions whose edges are not the same in both orders. */
export const differingEdgeCopies = query(import.meta.url, 'differing-edge-copies', {
  params: z.object({}),
  row: z.object({ table_name: z.string(), differing: z.coerce.number() }),
});
