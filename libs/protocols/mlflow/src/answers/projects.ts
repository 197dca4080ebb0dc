import type { IngestEndpoint } from '@tributary/capture';
import { currentSignal, groupBy, parseLogPosition, partitionCount, untilAborted } from '@tributary/kernel';
import type { LogPosition, RowOf } from '@tributary/kernel';
import { trackedProjects, trackedTags } from '@tributary/training';
import type { Filterable } from '@tributary/training';
import { absent } from '../errors.ts';
import { DEFAULT_PROJECT } from '../facts/tracker.ts';
import { stageOf } from '../requests/labels.ts';

/** Waits until the tables hold every recorded fact, so that a client reads its own writes. Returns that position. */
export async function settled({ log, projector }: IngestEndpoint): Promise<LogPosition> {
  const head = log.head();
  await untilAborted(projector.reached(head), currentSignal());
  return parseLogPosition(head, partitionCount(head)) ?? [];
}

type Row = RowOf<typeof trackedProjects>;
export type Project = Omit<Row, 'evidence'> & { readonly tags: ReadonlyMap<string, string> };

const DEFAULT: Project = {
  project_id: DEFAULT_PROJECT,
  name: 'Default',
  artifacts: '',
  retired: false,
  created: 0,
  changed: 0,
  tags: new Map(),
};

/** The projects, with the default one that always exists. */
export async function projects(
  endpoint: IngestEndpoint,
  asked: { readonly id?: string; readonly name?: string } = {},
): Promise<Project[]> {
  const as_of = await settled(endpoint);
  const all = await endpoint.engine.reader.all(trackedProjects, {
    project_id: asked.id ?? null,
    // The tables hold no name of the default project unless it was renamed, so they cannot find it by that name.
    name: asked.name === DEFAULT.name ? null : (asked.name ?? null),
    as_of,
  });
  const rows = all
    .map((row) => ({ ...row, name: nameOf(row) }))
    .filter(({ name }) => asked.name === undefined || name === asked.name);
  const owner_ids =
    asked.id === undefined && asked.name === undefined ? [] : rows.map(({ project_id }) => project_id);
  const tags = await tagsOf(endpoint, 'project', { owner_ids, as_of });
  const found = rows.map((row) => ({
    ...row,
    tags: tags.get(row.project_id) ?? new Map<string, string>(),
  }));
  const isAsked =
    [undefined, DEFAULT.project_id].includes(asked.id) && [undefined, DEFAULT.name].includes(asked.name);
  const isFound = all.some(({ project_id }) => project_id === DEFAULT_PROJECT);
  return isAsked && !isFound ? [...found, DEFAULT] : found;
}

const nameOf = ({ project_id, name }: Pick<Row, 'project_id' | 'name'>): string =>
  name || (project_id === DEFAULT_PROJECT ? DEFAULT.name : project_id);

export async function project(endpoint: IngestEndpoint, id: string): Promise<Project> {
  const [found] = await projects(endpoint, { id });
  if (!found) throw absent(`experiment ${id}`);
  return found;
}

type OwnerKind = 'project' | 'run' | 'model' | 'registration' | 'version' | 'alias';
type OwnerFilter = {
  readonly owner_ids: readonly string[];
  readonly keys?: readonly string[];
  readonly as_of: LogPosition;
};

const tagsOf = (endpoint: IngestEndpoint, owner_kind: OwnerKind, asked: OwnerFilter) =>
  owned(endpoint, trackedTags, owner_kind, asked);

/** The tags or params of owners, by owner and key. */
export async function owned(
  endpoint: IngestEndpoint,
  question: typeof trackedTags,
  owner_kind: OwnerKind,
  { owner_ids, keys = [], as_of }: OwnerFilter,
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const params = { owner_kind, owner_ids: [...owner_ids], keys: [...keys], as_of };
  const rows = await endpoint.engine.reader.all(question, params);
  const byOwner = groupBy(rows, ({ owner_id }) => owner_id);
  return new Map(
    [...byOwner].map(([owner, texts]) => [owner, new Map(texts.map(({ key, value }) => [key, value]))]),
  );
}

export const projectCandidate = (project: Project): Filterable & { readonly project: Project } => ({
  project,
  attributes: {
    experiment_id: project.project_id,
    name: project.name,
    creation_time: project.created,
    last_update_time: project.changed,
    lifecycle_stage: stageOf(project.retired),
  },
  tags: project.tags,
});

export const experimentOf = (project: Project) => ({
  experiment_id: project.project_id,
  name: project.name,
  artifact_location: artifactsOf(project),
  lifecycle_stage: stageOf(project.retired),
  creation_time: project.created,
  last_update_time: project.changed,
  tags: pairsOf(project.tags),
});

/** Where the files of a project are: a location that the client was given, which it writes to itself, or this server. */
export const artifactsOf = ({ project_id, artifacts }: Pick<Project, 'project_id' | 'artifacts'>): string =>
  artifacts || `mlflow-artifacts:/${project_id}`;

export const pairsOf = (texts: ReadonlyMap<string, string> | undefined) =>
  [...(texts ?? [])].map(([key, value]) => ({ key, value }));
