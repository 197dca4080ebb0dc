import type { FactCatalogue } from '@tributary/contracts';
import { listIn, objectIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { Origin } from '../facts/imported-event.ts';
import { truncate, truncateName, sha256Of } from '../facts/text.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { seedsIn } from '../run-history/start-run.ts';
import { annotationOf, annotationsIn, recordAnnotations } from './annotations.ts';
import type { Annotation } from './annotations.ts';
import { recordInputs, recordOutputs } from './inputs.ts';
import { memberIn, timeOf } from './meta-file.ts';
import { recordMetric } from './metric-file.ts';
import { withoutSecrets } from './personal.ts';
import type { KeyedFile, StoredRun } from './store-layout.ts';

/** A run with the members of its `meta.yaml`, empty if that is missing or invalid. */
export type IdentifiedRun = {
  readonly runId: string;
  readonly projectId: string | undefined;
  readonly meta: JsonObject;
  readonly origin: Origin;
  readonly stored: StoredRun;
  readonly datasets: ReadonlyMap<string, KeyedFile>;
};

/** Records all facts of a run. */
export async function recordRun(collector: FactCollector, run: IdentifiedRun): Promise<void> {
  const { runId, stored } = run;
  const { findings } = collector;
  const tags = [...oldTags(collector, run), ...(await annotationsIn(findings, 'tag', stored.tags))];
  const params = await annotationsIn(findings, 'param', stored.params);
  recordStart(collector, run, tags, params);
  recordAnnotations(collector, `${runId} tag`, tags, ({ key, value }) => ({
    type: 'training.run.annotated',
    data: {
      runId,
      tags: { [key]: value },
      ...(key === NAME_TAG && value !== '' && { name: truncate(value, 512) }),
    },
  }));
  recordAnnotations(collector, `${runId} param`, params, ({ key, value }) => ({
    type: 'training.run.annotated',
    data: { runId, params: { [key]: value } },
  }));
  for (const metric of stored.metrics) await recordMetric(collector, runId, metric);
  await recordInputs(collector, runId, stored.inputs, run.datasets);
  await recordOutputs(collector, runId, stored.outputs);
  recordEnd(collector, run);
}

const NAME_TAG = 'mlflow.runName';

/** The tags in `meta.yaml`, where old versions of MLflow kept them. */
const oldTags = ({ findings }: FactCollector, { meta, origin }: IdentifiedRun): Annotation[] =>
  (listIn(meta['tags']) ?? []).flatMap((item, index) => {
    const { key, value } = objectIn(item) ?? {};
    if (typeof key !== 'string' || typeof value !== 'string') return [];
    return annotationOf(findings, 'tag', { key, value, origin: { ...origin, pointer: `/tags/${index}` } });
  });

type Started = FactCatalogue['training.run.started'];

const MAX_CONFIG = 500;

// oxlint-disable-next-line max-params -- a run with its tags and parameters
function recordStart(
  collector: FactCollector,
  run: IdentifiedRun,
  tags: readonly Annotation[],
  params: readonly Annotation[],
): void {
  const { runId, projectId, meta, origin } = run;
  const config = Object.fromEntries(params.slice(0, MAX_CONFIG).map(({ key, value }) => [key, value]));
  if (params.length > MAX_CONFIG)
    collector.findings.warn(
      'config_truncated',
      `${runId} has ${params.length} parameters; each is a fact, but the configuration has only the first ${MAX_CONFIG}`,
    );
  const tag = (wanted: string) => tags.findLast(({ key, value }) => key === wanted && value !== '')?.value;
  const name = tag(NAME_TAG) ?? memberIn(meta, 'run_name') ?? memberIn(meta, 'name');
  const code = codeOf(
    tag('mlflow.source.git.commit') ?? memberIn(meta, 'source_version'),
    tag('mlflow.source.git.repoURL'),
  );
  const redacted = [...tags, ...params].some(({ value }) => value.includes('[redacted:'));
  const data: Started = {
    runId,
    attempt: 1,
    model: { name: truncateName(name ?? 'unknown', 256) },
    config,
    seeds: seedsIn(config),
    ...(projectId !== undefined && { projectId }),
    ...(name !== undefined && { name: truncate(withoutSecrets(collector.findings, 'name', name), 512) }),
    ...(code && { code }),
    ...(redacted && { redacted }),
  };
  // Parameters have their own files, so an unchanged meta.yaml can belong to different starts.
  const entity = `${runId} ${sha256Of(JSON.stringify(data))}`;
  collector.add(origin, entity, {
    type: 'training.run.started',
    data,
    ...timeOf(memberIn(meta, 'start_time')),
  });
}

function codeOf(revision: string | undefined, repository: string | undefined): Started['code'] {
  if (revision === undefined && repository === undefined) return undefined;
  return {
    ...(revision !== undefined && { revision: truncate(revision, 256) }),
    ...(repository !== undefined && { repository: truncate(repository, 1024) }),
  };
}

type EndStatus = FactCatalogue['training.run.ended']['status'];

/** The status of a run by the number or name that MLflow writes. */
const STATUS: ReadonlyMap<string, EndStatus | 'running'> = new Map([
  ['1', 'running'],
  ['2', 'running'],
  ['3', 'completed'],
  ['4', 'failed'],
  ['5', 'stopped'],
  ['RUNNING', 'running'],
  ['SCHEDULED', 'running'],
  ['FINISHED', 'completed'],
  ['FAILED', 'failed'],
  ['KILLED', 'stopped'],
]);

/** Records the end of a run. A missing status means running, as in MLflow. */
function recordEnd(collector: FactCollector, { runId, meta, origin, stored }: IdentifiedRun): void {
  const name = memberIn(meta, 'status') ?? 'RUNNING';
  const status = STATUS.get(name);
  if (status === undefined) {
    collector.findings.reject(
      `${stored.path}/meta.yaml`,
      '/status',
      `"${name.slice(0, 40)}" is not a run status of MLflow`,
    );
  } else if (status === 'running') {
    collector.findings.warn('end_not_recorded', `${runId}: the store does not state that the run ended`);
  } else {
    const data = { runId, attempt: 1, status } as const;
    collector.add(origin, runId, { type: 'training.run.ended', data, ...timeOf(memberIn(meta, 'end_time')) });
  }
  if (memberIn(meta, 'lifecycle_stage') === 'deleted')
    collector.add(origin, `${runId} retired`, {
      type: 'training.run.annotated',
      data: { runId, retired: true },
    });
}
