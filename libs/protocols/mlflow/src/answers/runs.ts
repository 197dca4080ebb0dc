import type { IngestEndpoint } from '@tributary/capture';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf } from '@tributary/kernel';
import {
  declaredInputs,
  latestMetrics,
  savedModels,
  trackedParams,
  trackedProjects,
  trackedRuns,
  trackedTags,
} from '@tributary/training';
import { absent } from '../errors.ts';
import { DEFAULT_PROJECT } from '../facts/tracker.ts';
import type { NewRun } from '../facts/tracker.ts';
import { jsonNumber, runStatusLabel, stageOf } from '../requests/labels.ts';
import { artifactsOf, owned, pairsOf, settled } from './projects.ts';
import type { Project } from './projects.ts';
import { runBlocks } from './run-blocks.ts';

type Row = Omit<RowOf<typeof trackedRuns>, 'evidence'>;

/** A run; it counts as deleted where its project is. */
export type Run = Row & { readonly artifacts: string };

/** What is read together is of one position, with the projects as they are there. */
export type TrackerState = { readonly as_of: LogPosition; readonly homes: ReadonlyMap<string, Home> };

export async function trackerState({ engine }: IngestEndpoint, as_of: LogPosition): Promise<TrackerState> {
  const homes = await engine.reader.all(trackedProjects, { project_id: null, name: null, as_of });
  return { as_of, homes: new Map(homes.map((home) => [home.project_id, home])) };
}

type Home = Pick<Project, 'project_id' | 'artifacts' | 'retired'>;

/** A run without a project is in the default one. */
export function inProject(row: Row, known: ReadonlyMap<string, Home>): Run {
  const project_id = row.project_id || DEFAULT_PROJECT;
  const project = known.get(project_id) ?? { project_id, artifacts: '', retired: false };
  const { run_id, name, status, started, status_changed } = row;
  const retired = row.retired || project.retired;
  const artifacts = runArtifacts(project, run_id);
  /* Field by field, which is many times faster than a spread: a search makes one for each run. */
  return { run_id, project_id, name, status, started, status_changed, retired, artifacts };
}

export const runArtifacts = (home: Pick<Project, 'project_id' | 'artifacts'>, run_id: string): string =>
  `${artifactsOf(home)}/${run_id}/artifacts`;

/** A run that was just created, as it will be read later. Reads no table. */
export function newRunOf(
  { runId: run_id, projectId: project_id, name, startTime, tags }: NewRun,
  artifacts: string,
) {
  const run = {
    run_id,
    project_id,
    name,
    status: 'running',
    started: startTime,
    status_changed: startTime,
    retired: false,
    artifacts: runArtifacts({ project_id, artifacts }, run_id),
  };
  const texts = new Map(tags.map(({ key, value }) => [key, value]));
  return {
    info: runInfoOf(run, texts),
    data: { metrics: [], params: [], tags: pairsOf(texts) },
    inputs: { dataset_inputs: [], model_inputs: [] },
    outputs: { model_outputs: [] },
  };
}

export async function run(endpoint: IngestEndpoint, run_id: string): Promise<Run> {
  const as_of = await settled(endpoint);
  const [{ homes }, [row]] = await Promise.all([
    trackerState(endpoint, as_of),
    endpoint.engine.reader.all(trackedRuns, { project_ids: [], run_ids: [run_id], as_of }),
  ]);
  if (!row) throw absent(`run ${run_id}`);
  return inProject(row, homes);
}

/** The tags of a run as they are listed. */
export async function runTags(endpoint: IngestEndpoint, id: string): Promise<ReadonlyMap<string, string>> {
  const asked = { owner_ids: [id], as_of: await settled(endpoint) };
  return (await owned(endpoint, trackedTags, 'run', asked)).get(id) ?? new Map<string, string>();
}

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'stopped']);

type Texts = ReadonlyMap<string, string>;

/** What a run has of each attribute; undefined where nothing says it: a label, and times, which are 0 in the tables. */
export const RUN_ATTRIBUTES = {
  run_id: (run: Run) => run.run_id,
  run_name: (run: Run, tags?: Texts) => tags?.get('mlflow.runName') ?? run.name,
  experiment_id: (run: Run) => run.project_id,
  user_id: (_run: Run, tags?: Texts) => tags?.get('mlflow.user') ?? '',
  status: (run: Run) => runStatusLabel(run.status),
  start_time: (run: Run) => run.started || undefined,
  end_time: (run: Run) => (ENDED.has(run.status) && run.status_changed) || undefined,
  artifact_uri: (run: Run) => run.artifacts,
  lifecycle_stage: (run: Run) => stageOf(run.retired),
};

/** What is not known is left out. */
export function runInfoOf(run: Run, tags?: Texts) {
  const of = RUN_ATTRIBUTES;
  const [start_time, end_time] = [of.start_time(run), of.end_time(run)];
  return {
    run_id: run.run_id,
    run_uuid: run.run_id,
    run_name: of.run_name(run, tags),
    experiment_id: run.project_id,
    user_id: of.user_id(run, tags),
    status: of.status(run),
    ...(start_time !== undefined && { start_time }),
    ...(end_time !== undefined && { end_time }),
    artifact_uri: run.artifacts,
    lifecycle_stage: of.lifecycle_stage(run),
  };
}

/** Runs with metrics, params, tags, inputs and outputs, in the given order, as they are at a position. */
export async function detailed(endpoint: IngestEndpoint, runs: readonly Run[], as_of: LogPosition) {
  const blocks = [];
  for (const block of runBlocks(runs)) blocks.push(await detailedBlock(endpoint, block, as_of));
  return blocks.flat();
}

async function detailedBlock(endpoint: IngestEndpoint, runs: readonly Run[], as_of: LogPosition) {
  const { reader } = endpoint.engine;
  const run_ids = runs.map(({ run_id }) => run_id);
  const asked = { owner_ids: run_ids, as_of };
  const [tags, params, metrics, inputs, models] = await Promise.all([
    owned(endpoint, trackedTags, 'run', asked),
    owned(endpoint, trackedParams, 'run', asked),
    reader
      .all(latestMetrics, { run_ids, keys: [], as_of })
      .then((rows) => groupBy(rows, ({ run_id }) => run_id)),
    reader.all(declaredInputs, { run_ids, as_of }).then((rows) => groupBy(rows, ({ run_id }) => run_id)),
    reader.all(savedModels, { run_ids, as_of }).then((rows) => groupBy(rows, ({ run_id }) => run_id)),
  ]);
  return runs.map((run) => ({
    info: runInfoOf(run, tags.get(run.run_id)),
    data: {
      metrics: (metrics.get(run.run_id) ?? []).map(metricOf),
      params: pairsOf(params.get(run.run_id)),
      tags: pairsOf(tags.get(run.run_id)),
    },
    inputs: {
      dataset_inputs: (inputs.get(run.run_id) ?? []).map(datasetInputOf),
      model_inputs: modelInputsOf(tags.get(run.run_id)),
    },
    outputs: {
      model_outputs: (models.get(run.run_id) ?? []).map(({ model_id, step }) => ({ model_id, step })),
    },
  }));
}

type Metric = RowOf<typeof latestMetrics>;

/** The protocol has times in milliseconds. */
export const metricOf = (metric: Pick<Metric, 'key' | 'value' | 'step' | 'time'> & Partial<Metric>) => ({
  key: metric.key,
  value: jsonNumber(metric.value),
  timestamp: Math.floor((metric.time ?? 0) / 1000),
  step: Math.trunc(metric.step ?? 0),
  ...(metric.model_id ? { model_id: metric.model_id } : {}),
  ...(metric.dataset_name ? { dataset_name: metric.dataset_name } : {}),
  ...(metric.dataset_digest ? { dataset_digest: metric.dataset_digest } : {}),
});

type Input = RowOf<typeof declaredInputs>;

const datasetInputOf = (input: Input) => ({
  tags: Object.entries(input.tags).map(([key, value]) => ({ key, value })),
  dataset: {
    name: input.name,
    digest: input.digest,
    source_type: input.source_type,
    source: input.source,
    ...(input.schema === '' ? {} : { schema: input.schema }),
    ...(input.profile === '' ? {} : { profile: input.profile }),
  },
});

/** The prefix of the tags that name the models a run reads. */
export const MODEL_INPUT_TAG = 'tributary.modelInput.';

const modelInputsOf = (tags: ReadonlyMap<string, string> | undefined) =>
  [...(tags?.keys() ?? [])]
    .filter((key) => key.startsWith(MODEL_INPUT_TAG))
    .map((key) => ({ model_id: key.slice(MODEL_INPUT_TAG.length) }));
