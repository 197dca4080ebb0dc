import type { SourceFile } from '../files/folder.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { truncate, truncateName } from '../facts/text.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { annotationsIn, recordAnnotations } from './annotations.ts';
import { memberIn, metaIn, timeOf } from './meta-file.ts';
import { withoutSecrets } from './personal.ts';
import type { StoredExperiment } from './store-layout.ts';

/** Records an experiment as a project. Returns its id; undefined if only its runs name it. */
export async function recordProject(
  collector: FactCollector,
  experiment: StoredExperiment,
): Promise<string | undefined> {
  const { findings } = collector;
  const meta = experiment.meta ? await metaIn(experiment.meta, findings) : {};
  const id = memberIn(meta, 'experiment_id') ?? (experiment.meta ? experiment.name : '');
  if (id === '') return undefined;
  const projectId = truncateName(id, 256);
  if (experiment.meta) await register(collector, projectId, experiment.meta, meta);
  const tags = await annotationsIn(findings, 'project tag', experiment.tags);
  recordAnnotations(collector, `${projectId} tag`, tags, ({ key, value }) => ({
    type: 'training.project.annotated',
    data: { projectId, tags: { [key]: value } },
  }));
  for (const { file } of experiment.models) findings.warn('model_left_out', file.path);
  return projectId;
}

// oxlint-disable-next-line max-params -- a file and its members
async function register(
  collector: FactCollector,
  projectId: string,
  file: SourceFile,
  meta: JsonObject,
): Promise<void> {
  const { findings } = collector;
  const origin = { sha256: await file.sha256(), pointer: '' };
  const name = memberIn(meta, 'name');
  if (name !== undefined) {
    const artifacts = artifactLocation(collector, memberIn(meta, 'artifact_location'));
    const data = { projectId, name: truncate(withoutSecrets(findings, 'name', name), 512), ...artifacts };
    const time = timeOf(memberIn(meta, 'creation_time'));
    collector.add(origin, projectId, { type: 'training.project.registered', data, ...time });
  } else if (Object.keys(meta).length > 0) {
    findings.reject(file.path, '/name', 'the experiment has no name');
  }
  if (memberIn(meta, 'lifecycle_stage') === 'deleted')
    collector.add(origin, projectId, {
      type: 'training.project.annotated',
      data: { projectId, retired: true },
    });
}

/** The location of artifacts. A path on a local disk is left out, because it can name its owner. */
function artifactLocation({ findings }: FactCollector, location: string | undefined): { artifacts?: string } {
  if (location === undefined) return {};
  if (/^(?!file:)[a-z][a-z0-9+.-]+:/i.test(location))
    return { artifacts: truncate(withoutSecrets(findings, 'artifacts', location), 2048) };
  findings.warn('personal_left_out', 'artifact_location, a local path');
  return {};
}
