import { query } from '@tributary/kernel';
import { z } from 'zod';

/** Upstream, to what a node was made from; or downstream, to what was made from it. */
export type Way = 'up' | 'down';

/** The same text upstream, over the edges in the order of their targets. */
const UPSTREAM = { 'mentions-down.sql': 'mentions-up.sql' };

/** Rows of one question for neighbours: where there are as many, edges may be missing. */
export const MAX_ROWS = 100_000;

const ofNodes = {
  nodes: z.array(z.string()).min(1).max(2_000),
  /** Kinds of the nodes at the other end; all kinds where empty. */
  kinds: z.array(z.string()),
  as_of: z.array(z.number()),
};

const edges = {
  params: z.object({
    ...ofNodes,
    /** Nodes at the other end; all of them where empty. */
    ends: z.array(z.string()),
    /** Mentions that are read at most. */
    most: z.int().min(1),
  }),
  row: z.object({
    near: z.string(),
    far: z.string(),
    kind: z.string(),
    via: z.string(),
    facet: z.string(),
    emission: z.string(),
    rank: z.number(),
    mentions: z.coerce.number(),
    times: z.coerce.number(),
    last_step: z.coerce.number().nullable(),
    fields: z.array(z.tuple([z.string(), z.string(), z.string()])),
    evidence: z.array(z.coerce.number()),
    evidence_total: z.coerce.number(),
  }),
};

export const neighbours = {
  down: query(import.meta.url, 'neighbours', edges),
  up: query(import.meta.url, 'neighbours', edges, UPSTREAM),
};

const firsts = {
  params: z.object({
    ...ofNodes,
    /** Edges of one node, of which one more is listed, and of all nodes. */
    fan: z.int().min(1).max(100_000),
    first: z.int().min(1).max(100_000),
  }),
  row: z.object({ near: z.string(), far: z.string(), kind: z.string(), via: z.string() }),
};

export const firstEdges = {
  down: query(import.meta.url, 'first-edges', firsts),
  up: query(import.meta.url, 'first-edges', firsts, UPSTREAM),
};

export const assertions = query(import.meta.url, 'assertions', {
  params: z.object({ vias: z.array(z.string()), targets: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({
    via: z.string(),
    facet: z.string(),
    newest: z.string(),
    asserted: z.array(z.tuple([z.string(), z.number()])),
  }),
});

const counts = {
  params: z.object(ofNodes),
  row: z.object({
    node: z.string(),
    kind: z.string(),
    neighbour_kind: z.string(),
    neighbours: z.coerce.number(),
  }),
};

export const neighbourCounts = {
  down: query(import.meta.url, 'neighbour-counts', counts),
  up: query(import.meta.url, 'neighbour-counts', counts, UPSTREAM),
};

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

/** What something was made from and of which it is not recorded what it was made from itself. */
export const unrecordedSources = query(import.meta.url, 'unrecorded-sources', {
  params: z.object({ as_of: z.array(z.number()) }),
  row: z.object({ node: z.string(), target: z.string(), targets: z.coerce.number() }),
});

/** Ranges of positions whose edges are not the same in both orders. */
export const differingEdgeCopies = query(import.meta.url, 'differing-edge-copies', {
  params: z.object({}),
  row: z.object({ table_name: z.string(), differing: z.coerce.number() }),
});
