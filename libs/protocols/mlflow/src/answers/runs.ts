import type { IngestEndpoint } from '@tributary/capture';
import { groupBy, inTurns } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import {
  declaredInputs,
  latestMetrics,
  savedModels,
  trackedParams,
  trackedProjects,
  trackedRuns,
  trackedTags,
} from '@tributary/training';
import type { Filterable } from '@tributary/training';
import { absent } from '../errors.ts';
import { DEFAULT_PROJECT } from '../facts/tracker.ts';
import type { NewRun } from '../facts/tracker.ts';
import { jsonNumber, runStatusLabel, stageOf } from '../requests/labels.ts';
import { artifactsOf, owned, pairsOf, settled } from './projects.ts';
import type { Project } from './projects.ts';

/** Runs that are looked at before other requests have their turn. */
export const RUNS_IN_A_TURN = 500;

type Row = RowOf<typeof trackedRuns>;

/** A run; it counts as deleted where its project is. */
export type Run = Row & { readonly artifacts: string };

export async function runsOf(
  endpoint: IngestEndpoint,
  asked: { readonly project_ids?: readonly string[]; readonly run_ids?: readonly string[] },
): Promise<Run[]> {
  const as_of = await settled(endpoint);
  const { reader } = endpoint.engine;
  const wantsDefault = asked.project_ids?.includes(DEFAULT_PROJECT) ?? false;
  const project_ids = [...(asked.project_ids ?? []), ...(wantsDefault ? [''] : [])];
  const [homes, rows] = await Promise.all([
    reader.all(trackedProjects, { project_id: null, name: null, as_of }),
    reader.all(trackedRuns, { project_ids, run_ids: [...(asked.run_ids ?? [])], as_of }),
  ]);
  const known = new Map(homes.map((home) => [home.project_id, home]));
  return inTurns(rows, RUNS_IN_A_TURN, (row) => inProject(row, known));
}

type Home = Pick<Project, 'project_id' | 'artifacts' | 'retired'>;

/** A run without a project is in the default one. */
function inProject(row: Row, known: ReadonlyMap<string, Home>): Run {
  const project_id = row.project_id || DEFAULT_PROJECT;
  const project = known.get(project_id) ?? { project_id, artifacts: '', retired: false };
  return {
    ...row,
    project_id,
    retired: row.retired || project.retired,
    artifacts: runArtifacts(project, row.run_id),
  };
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
    evidence: [],
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
  const [found] = await runsOf(endpoint, { run_ids: [run_id] });
  if (!found) throw absent(`run ${run_id}`);
  return found;
}

/** The tags of a run as they are listed. */
export async function runTags(endpoint: IngestEndpoint, id: string): Promise<ReadonlyMap<string, string>> {
  const asked = { owner_ids: [id], as_of: await settled(endpoint) };
  return (await owned(endpoint, trackedTags, 'run', asked)).get(id) ?? new Map<string, string>();
}

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'stopped']);

/** What is not known is left out: a label, and times that nothing says, which are 0 in the tables. */
export const runInfoOf = (run: Run, tags?: ReadonlyMap<string, string>) => ({
  run_id: run.run_id,
  run_uuid: run.run_id,
  run_name: tags?.get('mlflow.runName') ?? run.name,
  experiment_id: run.project_id,
  user_id: tags?.get('mlflow.user') ?? '',
  status: runStatusLabel(run.status),
  ...(run.started > 0 && { start_time: run.started }),
  ...(ENDED.has(run.status) && run.status_changed > 0 && { end_time: run.status_changed }),
  artifact_uri: run.artifacts,
  lifecycle_stage: stageOf(run.retired),
});

/** Runs with metrics, params, tags, inputs and outputs, in the given order. */
export async function detailed(endpoint: IngestEndpoint, runs: readonly Run[]) {
  if (runs.length === 0) return [];
  const { reader } = endpoint.engine;
  const as_of = await settled(endpoint);
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

type Keys = {
  readonly tags: string[];
  readonly params: string[];
  readonly metrics: string[];
  readonly datasets: boolean;
};

export type Candidate = Filterable & { readonly run: Run };

/** What conditions and orders can refer to of a run. Only `keys` are read, so that the cost does not depend on the history. */
export async function candidates(endpoint: IngestEndpoint, keys: Keys): Promise<(run: Run) => Candidate> {
  const { reader } = endpoint.engine;
  const as_of = await settled(endpoint);
  const texts = (question: typeof trackedTags, named: string[]) =>
    owned(endpoint, question, 'run', { owner_ids: [], keys: named, as_of });
  const [tags, params, metrics, inputs] = await Promise.all([
    texts(trackedTags, ['mlflow.runName', 'mlflow.user', ...keys.tags]),
    keys.params.length === 0 ? new Map<string, Map<string, string>>() : texts(trackedParams, keys.params),
    keys.metrics.length === 0 ? [] : reader.all(latestMetrics, { run_ids: [], keys: keys.metrics, as_of }),
    keys.datasets ? reader.all(declaredInputs, { run_ids: [], as_of }) : [],
  ]);
  const metricsOf = groupBy(metrics, ({ run_id }) => run_id);
  const inputsOf = groupBy(inputs, ({ run_id }) => run_id);
  return (run) => ({
    run,
    attributes: attributesOf(run, tags.get(run.run_id)),
    tags: tags.get(run.run_id) ?? new Map<string, string>(),
    params: params.get(run.run_id) ?? new Map<string, string>(),
    metrics: new Map((metricsOf.get(run.run_id) ?? []).map(({ key, value }) => [key, value])),
    datasets: (inputsOf.get(run.run_id) ?? []).map(({ name, digest, context }) => ({
      name,
      digest,
      context,
    })),
  });
}

function attributesOf(run: Run, tags: ReadonlyMap<string, string> | undefined): Filterable['attributes'] {
  const info = runInfoOf(run, tags);
  const { run_name, start_time } = info;
  return {
    ...info,
    end_time: info.end_time,
    created: start_time,
    Created: start_time,
    'run name': run_name,
    'Run name': run_name,
    'Run Name': run_name,
  };
}
