import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { ColumnarRows, Row, TableRows } from '@tributary/kernel';
import { differingMetricExtents, differingMetricRollups } from '../queries.ts';
import { begunOf, endOf, startOf } from '../begun.ts';
import { NONFINITE } from '../steps.ts';
import { paramRows, tagRows } from './owned-rows.ts';
import { registryRows } from './registry-rows.ts';

/** Projects, runs, metrics, inputs, files, models and their registry as experiment trackers list them. */
export const trackerProjection: Projection = {
  context: 'tracker',
  version: 2,
  tables: [
    'training_project',
    'training_tag',
    'training_param',
    'training_run_change',
    'training_metric',
    'training_metric_latest',
    'training_metric_extent',
    'training_input',
    'training_model_change',
    'training_artifact',
    'training_registration_change',
  ],
  rollups: [differingMetricRollups, differingMetricExtents],
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'training.project.registered':
      case 'training.project.annotated':
        return projectRows(fact, stamp);
      case 'training.run.started':
      case 'training.run.planned':
      case 'training.run.ended':
        return { training_run_change: [statusChange(fact, stamp)] };
      case 'training.run.annotated':
        return runRows(fact, stamp);
      case 'training.model.annotated':
        return modelRows(fact, stamp);
      case 'training.input.declared':
        return { training_input: [input(fact.data, stamp)] };
      case 'training.metrics.recorded':
        return { training_metric: metricRows(fact.data, stamp._position) };
      default:
        return registryRows(fact, stamp);
    }
  },
};

type Project = Fact<'training.project.registered'> | Fact<'training.project.annotated'>;

function projectRows({ data }: Project, stamp: Stamp): TableRows {
  const row = {
    ...stamp,
    project_id: data.projectId,
    name: data.name ?? '',
    artifacts: 'artifacts' in data ? (data.artifacts ?? '') : '',
    retired: 'retired' in data ? (data.retired ?? null) : null,
  };
  return { training_project: [row], training_tag: tagRows('project', data.projectId, data, stamp) };
}

type StatusChange = Fact<'training.run.planned'> | Fact<'training.run.started'> | Fact<'training.run.ended'>;

/** The plan, the start or the end of a run. It changed in 1970 where nothing says when. */
function statusChange(fact: StatusChange, stamp: Stamp): Row {
  const begun = fact.type === 'training.run.ended' ? undefined : fact;
  return {
    ...stamp,
    run_id: fact.data.runId,
    project_id: begun?.data.projectId ?? '',
    name: begun?.data.name ?? '',
    status: fact.type === 'training.run.ended' ? fact.data.status : begunOf(fact),
    changed_at: (fact.type === 'training.run.ended' ? endOf(fact, stamp) : startOf(fact, stamp)) ?? 0,
    retired: null,
  };
}

function runRows({ data }: Fact<'training.run.annotated'>, stamp: Stamp): TableRows {
  const row = {
    ...stamp,
    run_id: data.runId,
    project_id: '',
    name: data.name ?? '',
    status: '',
    changed_at: stamp.recorded_at,
    retired: data.retired ?? null,
  };
  return {
    training_run_change: data.name === undefined && data.retired === undefined ? [] : [row],
    training_tag: tagRows('run', data.runId, data, stamp),
    training_param: paramRows('run', data.runId, data.params, stamp),
  };
}

function modelRows({ data }: Fact<'training.model.annotated'>, stamp: Stamp): TableRows {
  const row = {
    ...stamp,
    model_id: data.modelId,
    project_id: data.projectId ?? '',
    run_id: data.runId ?? '',
    name: data.name ?? '',
    model_type: data.modelType ?? '',
    status: data.status ?? '',
    retired: data.retired ?? null,
  };
  return {
    training_model_change: [row],
    training_tag: tagRows('model', data.modelId, data, stamp),
    training_param: paramRows('model', data.modelId, data.params, stamp),
  };
}

function input(data: Fact<'training.input.declared'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    run_id: data.runId,
    name: data.name,
    digest: data.digest ?? '',
    source_type: data.sourceType ?? '',
    source: data.source ?? '',
    schema: data.schema ?? '',
    profile: data.profile ?? '',
    context: data.context ?? '',
    snapshot_id: data.snapshotId ?? '',
    tags: data.tags ?? {},
  };
}

type Metrics = Fact<'training.metrics.recorded'>['data'];

/** One row for each point. A missing step or value is NaN. A step of -0 is step 0, which tables would group apart. */
function metricRows(data: Metrics, position: number): ColumnarRows {
  return {
    count: data.keys.length,
    columns: {
      _position: position,
      run_id: data.runId,
      attempt: data.attempt ?? 0,
      method: data.method ?? '',
      key: data.keys,
      step: data.steps.map((step) => (step === null ? Number.NaN : step + 0)),
      time: data.times,
      value: restoredValues(data),
      model_id: data.modelId ?? '',
      dataset_name: data.datasetName ?? '',
      dataset_digest: data.datasetDigest ?? '',
    },
  };
}

function restoredValues({ values, nonfinite }: Metrics): number[] {
  const column = values.map((value) => value ?? Number.NaN);
  for (const { index, value } of nonfinite ?? []) column[index] = NONFINITE[value];
  return column;
}
