import { query, withTexts } from '@tributary/kernel';
import { z } from 'zod';

/** The folder whose `queries` hold this package's SQL. */
export const PACKAGE = new URL('..', import.meta.url).href;

export const names = z.array(z.string());
export const count = z.coerce.number();

export const trackedProjects = query(PACKAGE, 'tracked-projects', {
  params: z.object({
    project_id: z.string().nullable(),
    name: z.string().nullable(),
    as_of: z.array(z.number()),
  }),
  row: z.object({
    project_id: z.string(),
    name: z.string(),
    artifacts: z.string(),
    retired: z.boolean(),
    created: count,
    changed: count,
    evidence: z.array(count),
  }),
});

/** Times in milliseconds; `status_changed` is the time of the current status. */
export const trackedRuns = query(PACKAGE, 'tracked-runs', {
  params: z.object({ project_ids: names, run_ids: names, as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    project_id: z.string(),
    name: z.string(),
    status: z.string(),
    started: count,
    status_changed: count,
    retired: z.boolean(),
    evidence: z.array(count),
  }),
});

export const datasetsOfProjects = query(PACKAGE, 'datasets-of-projects', {
  params: z.object({ project_ids: names, first: z.int().min(1), as_of: z.array(z.number()) }),
  row: z.object({ project_id: z.string(), name: z.string(), digest: z.string(), context: z.string() }),
});

const ownedText = {
  params: z.object({
    owner_kind: z.enum(['project', 'run', 'model', 'registration', 'version', 'alias']),
    owner_ids: names,
    keys: names,
    as_of: z.array(z.number()),
  }),
  row: z.object({ owner_id: z.string(), key: z.string(), value: z.string(), position: count }),
};

export const trackedTags = query(PACKAGE, 'tracked-tags', ownedText);

export const trackedParams = query(PACKAGE, 'tracked-params', ownedText);

/** One page of them of one owner, in the order of their keys: those after a key with a slash before it, or all after none. */
const pageOfTexts = (asked: typeof trackedTags) => ({
  ...withTexts(
    asked,
    (text) => `SELECT * FROM (${text}
) WHERE concat('/', key) > {after:String} ORDER BY key LIMIT {first:UInt32}`,
  ),
  name: `${asked.name}-page`,
  params: ownedText.params.extend({ after: z.string(), first: z.int().min(1) }),
});

export const pageOfTags = pageOfTexts(trackedTags);

export const pageOfParams = pageOfTexts(trackedParams);

/** Any number, including NaN and infinities. */
export const real = z.custom<number>((value) => typeof value === 'number');

/** `time` in microseconds. */
const point = { value: real, step: z.number().nullable(), time: count.nullable() };

export const latestMetrics = query(PACKAGE, 'latest-metrics', {
  params: z.object({ run_ids: names, keys: names, as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    key: z.string(),
    ...point,
    model_id: z.string(),
    dataset_name: z.string(),
    dataset_digest: z.string(),
  }),
});

export const metricHistory = query(PACKAGE, 'metric-history', {
  params: z.object({
    run_id: z.string(),
    key: z.string(),
    from_step: z.number().nullable(),
    to_step: z.number().nullable(),
    after: z.string(),
    first: z.int().min(0),
    skip: z.int().min(0),
    as_of: z.array(z.number()),
  }),
  row: z.object({ page_key: z.string(), ...point, position: count }),
});

export const metricSample = query(PACKAGE, 'metric-sample', {
  params: z.object({
    run_ids: names,
    key: z.string(),
    from_step: z.number().nullable(),
    to_step: z.number().nullable(),
    first: z.int().min(1),
    as_of: z.array(z.number()),
  }),
  row: z.object({ run_id: z.string(), ...point }),
});

export const metricKeys = query(PACKAGE, 'metric-keys', {
  params: z.object({ run_id: z.string(), as_of: z.array(z.number()) }),
  row: z.object({
    key: z.string(),
    points: count,
    first_step: real,
    last_step: real,
    stepped: count,
  }),
});

export const declaredInputs = query(PACKAGE, 'declared-inputs', {
  params: z.object({ run_ids: names, as_of: z.array(z.number()) }),
  row: z.object({
    run_id: z.string(),
    name: z.string(),
    digest: z.string(),
    context: z.string(),
    source_type: z.string(),
    source: z.string(),
    schema: z.string(),
    profile: z.string(),
    snapshot_id: z.string(),
    tags: z.record(z.string(), z.string()),
    evidence: z.array(count),
  }),
});

export const trackedModels = query(PACKAGE, 'tracked-models', {
  params: z.object({ project_ids: names, model_ids: names, as_of: z.array(z.number()) }),
  row: z.object({
    model_id: z.string(),
    project_id: z.string(),
    run_id: z.string(),
    name: z.string(),
    model_type: z.string(),
    status: z.string(),
    retired: z.boolean(),
    created: count,
    changed: count,
  }),
});

const artifactOwner = {
  owner_kind: z.enum(['run', 'model']),
  owner_id: z.string(),
  folder: z.string(),
  first: z.int().min(1),
  as_of: z.array(z.number()),
};

export const trackedArtifacts = query(PACKAGE, 'tracked-artifacts', {
  params: z.object({ ...artifactOwner, paths: names, after: z.string() }),
  row: z.object({ path: z.string(), digest: z.string(), bytes: count, position: count }),
});

export const artifactChildren = query(PACKAGE, 'artifact-children', {
  params: z.object({ ...artifactOwner, skip: z.int().min(0) }),
  row: z.object({ name: z.string(), is_folder: z.coerce.boolean(), bytes: count }),
});

/** A name has version 0. Times in milliseconds. */
export const trackedRegistrations = query(PACKAGE, 'tracked-registrations', {
  params: z.object({ names, as_of: z.array(z.number()) }),
  row: z.object({
    name: z.string(),
    version: count,
    source: z.string(),
    run_id: z.string(),
    run_link: z.string(),
    model_id: z.string(),
    description: z.string(),
    retired: z.boolean(),
    created: count,
    changed: count,
  }),
});

export const modelMetrics = query(PACKAGE, 'model-metrics', {
  params: z.object({ model_ids: names, as_of: z.array(z.number()) }),
  row: z.object({
    model_id: z.string(),
    run_id: z.string(),
    key: z.string(),
    dataset_name: z.string(),
    dataset_digest: z.string(),
    ...point,
  }),
});

export const savedModels = query(PACKAGE, 'saved-models', {
  params: z.object({ run_ids: names, as_of: z.array(z.number()) }),
  row: z.object({ run_id: z.string(), model_id: z.string(), step: count }),
});

export const knownSteps = query(PACKAGE, 'known-steps', {
  params: z.object({ run_id: z.string(), attempt: z.int(), from_step: z.number(), to_step: z.number() }),
  row: z.object({ step: count, loss: real, grad_norm: real }),
});
