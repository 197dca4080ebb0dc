import { query } from '@tributary/kernel';
import { z } from 'zod';

const page = {
  after: z.string(),
  first: z
    .int()
    .min(1)
    .max(2 ** 32 - 1),
  as_of: z.array(z.number()),
};

/** Kinds of entities; all of them where empty. */
const kinds = z.array(z.string());

/** Times are microseconds since 1970; null where only telemetry names the entity. */
const listed = {
  params: z.object({
    ...page,
    kinds,
    /** All of them where empty. */
    ids: z.array(z.string()),
    contains: z.string(),
    /** Kind and id, with a colon between. */
    neighbour: z.string().nullable(),
    status: z.string().nullable(),
    model: z.string().nullable(),
    sort: z.enum(['id', 'newest', 'oldest']),
  }),
  row: z.object({
    entity_kind: z.string(),
    id: z.string(),
    label: z.string(),
    is_registered: z.number(),
    first_time: z.coerce.number().nullable(),
    last_time: z.coerce.number().nullable(),
    page_key: z.string(),
  }),
};

const evidence = {
  params: z.object({ kinds, ids: z.array(z.string()).max(1_001), as_of: z.array(z.number()) }),
  row: z.object({
    id: z.string(),
    /** The first 100 positions. */
    evidence: z.array(z.coerce.number()),
    evidence_total: z.coerce.number(),
  }),
};

/** Runs are mentioned by other tables than everything else. */
const OF_RUNS = { 'entity-mentions.sql': 'run-mentions.sql' };

/** Entities of any kind but runs. */
export const entities = query(import.meta.url, 'entities', listed);
export const entityEvidence = query(import.meta.url, 'entity-evidence', evidence);

export const runEntities = query(import.meta.url, 'entities', listed, OF_RUNS);
export const runEvidence = query(import.meta.url, 'entity-evidence', evidence, OF_RUNS);

export const foundEntities = query(import.meta.url, 'found-entities', {
  params: z.object({ ...page, kinds, text: z.string() }),
  row: z.object({
    entity_kind: z.string(),
    id: z.string(),
    field: z.string(),
    excerpt: z.string(),
    fit: z.enum(['whole', 'beginning', 'part']),
    position: z.coerce.number(),
    page_key: z.string(),
  }),
});

export const similarIds = query(import.meta.url, 'similar-ids', {
  params: z.object({ kinds, text: z.string(), first: z.int().min(1).max(100), as_of: z.array(z.number()) }),
  row: z.object({ entity_kind: z.string(), id: z.string() }),
});

const detailsOf = (kind: string) =>
  query(import.meta.url, `details-of-${kind}`, {
    params: z.object({ ids: z.array(z.string()), as_of: z.array(z.number()) }),
    row: z.object({ id: z.string(), details: z.array(z.tuple([z.string(), z.string()])) }),
  });

/** What is shown of entities beside their names, by kind. Runs are listed by the training context. */
export const DETAILS = new Map([
  ['checkpoint', detailsOf('checkpoints')],
  ['mixture', detailsOf('mixtures')],
  ['snapshot', detailsOf('snapshots')],
  ['shard', detailsOf('shards')],
  ['source', detailsOf('sources')],
  ['pipeline', detailsOf('pipelines')],
  ['experiment', detailsOf('experiments')],
]);

const among = {
  params: z.object({ positions: z.array(z.number()), as_of: z.array(z.number()) }),
  row: z.object({ position: z.coerce.number() }),
};

/** Events that are corrected, or of withdrawn imports. */
export const uncounted = query(import.meta.url, 'uncounted', among);

/** Events of withdrawn imports. */
export const withdrawn = query(import.meta.url, 'withdrawn', among);

/** A row where an event mentions a benchmark. */
export const benchmarkMentions = query(import.meta.url, 'benchmark-mentions', {
  params: z.object({ benchmark: z.string(), as_of: z.array(z.number()) }),
  row: z.object({ mentions: z.number() }),
});

export const overview = query(import.meta.url, 'overview', {
  params: z.object({ as_of: z.array(z.number()) }),
  row: z.object({ kind: z.string(), count: z.coerce.number() }),
});

/** Times in milliseconds. */
export const recentRuns = query(import.meta.url, 'recent-runs', {
  params: z.object({ project_id: z.string().nullable(), first: z.int().min(1), as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    name: z.string(),
    status: z.string(),
    changed: z.coerce.number(),
  }),
});
