import type { IngestEndpoint } from '@tributary/capture';
import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { modelMetrics, trackedModels, trackedParams, trackedTags } from '@tributary/training';
import type { Filterable } from '@tributary/training';
import { absent } from '../errors.ts';
import { modelStatusLabel } from '../requests/labels.ts';
import { owned, pairsOf, settled } from './projects.ts';
import { metricOf } from './runs.ts';

type Row = RowOf<typeof trackedModels>;
type Metric = RowOf<typeof modelMetrics>;

export type Model = Row & {
  readonly tags: ReadonlyMap<string, string>;
  readonly params: ReadonlyMap<string, string>;
  readonly metrics: readonly Metric[];
};

export async function modelsOf(
  endpoint: IngestEndpoint,
  asked: { readonly project_ids?: readonly string[]; readonly model_ids?: readonly string[] },
): Promise<Model[]> {
  const as_of = await settled(endpoint);
  const rows = await endpoint.engine.reader.all(trackedModels, {
    project_ids: [...(asked.project_ids ?? [])],
    model_ids: [...(asked.model_ids ?? [])],
    as_of,
  });
  if (rows.length === 0) return [];
  const model_ids = rows.map(({ model_id }) => model_id);
  const texts = { owner_ids: model_ids, as_of };
  const [tags, params, metrics] = await Promise.all([
    owned(endpoint, trackedTags, 'model', texts),
    owned(endpoint, trackedParams, 'model', texts),
    endpoint.engine.reader.all(modelMetrics, { model_ids, as_of }),
  ]);
  const metricsOf = groupBy(metrics, ({ model_id }) => model_id);
  return rows.map((row) => ({
    ...row,
    tags: tags.get(row.model_id) ?? new Map<string, string>(),
    params: params.get(row.model_id) ?? new Map<string, string>(),
    metrics: metricsOf.get(row.model_id) ?? [],
  }));
}

/** Throws MlflowFault for an unknown model, and for a deleted one unless `allowDeleted`. */
export async function modelOf(
  endpoint: IngestEndpoint,
  model_id: string,
  allowDeleted = false,
): Promise<Model> {
  const [found] = await modelsOf(endpoint, { model_ids: [model_id] });
  if (!found || (found.retired && !allowDeleted)) throw absent(`logged model ${model_id}`);
  return found;
}

/** Where the files of a model are, whatever location its project has: the client asks for none. */
export const modelArtifacts = ({ project_id, model_id }: Pick<Row, 'project_id' | 'model_id'>): string =>
  `mlflow-artifacts:/${project_id}/models/${model_id}/artifacts`;

export const loggedModelOf = (model: Model) => ({
  info: {
    model_id: model.model_id,
    experiment_id: model.project_id,
    name: model.name,
    creation_timestamp_ms: model.created,
    last_updated_timestamp_ms: model.changed,
    artifact_uri: modelArtifacts(model),
    status: modelStatusLabel(model.status),
    model_type: model.model_type,
    source_run_id: model.run_id,
    tags: pairsOf(model.tags),
  },
  data: {
    params: pairsOf(model.params),
    metrics: model.metrics.map((metric) => ({ ...metricOf(metric), run_id: metric.run_id })),
  },
});

export const modelCandidate = (model: Model): Filterable & { readonly model: Model } => ({
  model,
  attributes: {
    model_id: model.model_id,
    name: model.name,
    model_type: model.model_type,
    status: modelStatusLabel(model.status).replace('LOGGED_MODEL_', ''),
    source_run_id: model.run_id,
    creation_timestamp: model.created,
    creation_time: model.created,
    last_updated_timestamp: model.changed,
  },
  tags: model.tags,
  params: model.params,
  metrics: new Map(model.metrics.map(({ key, value }) => [key, value])),
});
