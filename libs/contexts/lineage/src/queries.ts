import { query } from '@tributary/kernel';
import { z } from 'zod';

const edges = {
  params: z.object({
    nodes: z.array(z.string()).min(1).max(2_000),
    /** Kinds of the nodes at the other end; all kinds where empty. */
    kinds: z.array(z.string()),
    /** Edges of one node that are read at most, and of all nodes together. */
    fan: z.int().min(1).max(100_000),
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
    /** Step of the run at the source's end; null where every step may be in the target. */
    step: z.coerce.number().nullable(),
    fields: z.array(z.tuple([z.string(), z.string(), z.string()])),
    evidence: z.array(z.coerce.number()),
    evidence_total: z.coerce.number(),
    extent: z.tuple([z.coerce.number(), z.array(z.string())]),
  }),
};

export const neighboursDown = query(import.meta.url, 'neighbours-down', edges);
export const neighboursUp = query(import.meta.url, 'neighbours-up', edges);

const counts = {
  params: z.object({
    nodes: z.array(z.string()).min(1).max(2_000),
    kinds: z.array(z.string()),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    node: z.string(),
    kind: z.string(),
    neighbour_kind: z.string(),
    neighbours: z.coerce.number(),
  }),
};

export const neighbourCountsDown = query(import.meta.url, 'neighbour-counts-down', counts);
export const neighbourCountsUp = query(import.meta.url, 'neighbour-counts-up', counts);

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
