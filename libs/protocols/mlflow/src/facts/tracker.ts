import type { MadeFact } from '@tributary/capture';
import type { FactCatalogue } from '@tributary/contracts';
import { rfc3339 } from '@tributary/kernel';
import { absent, invalid } from '../errors.ts';
import { truncated } from '../requests/limits.ts';
import type { DeclaredInput, LoggedBatch, Pair } from '../requests/limits.ts';
import {
  annotation,
  inputFact,
  isRetired,
  isTagged,
  lifecycleFact,
  metricFacts,
  NAME_TAG,
  paramFacts,
  tagFacts,
  tagRemoval,
} from './drafts.ts';
import type { ListedTags, Owner } from './drafts.ts';
import { newestSetting, settingAt, settingFact, appendDrafts, contentFact } from './register.ts';
import type { DraftFact, Register, StoredFact, TrackerLog } from './register.ts';

/** The experiment that exists without being created. */
export const DEFAULT_PROJECT = '0';

export type NewRun = {
  readonly runId: string;
  readonly projectId: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly tags: readonly Pair[];
};

export type RunStatus = 'running' | 'completed' | 'failed' | 'stopped';

const statusRegister = (runId: string): Register => ['run', runId, 'status'];
const nameRegister = ({ kind, id }: Owner): Register => [kind, id, 'name'];

/** A time outside of this century is omitted, and the time of recording counts. */
const timeOf = (millis: number): { time?: string } =>
  millis >= 946_684_800_000 && millis < 4_102_444_800_000 ? { time: rfc3339(millis * 1000) } : {};

export const createRun = (
  log: TrackerLog,
  { runId, projectId, name, startTime, tags }: NewRun,
): Promise<void> =>
  appendDrafts(log, async () => {
    const started = {
      type: 'training.run.started',
      data: {
        runId,
        attempt: 1,
        model: { name: truncated(name || 'unknown', 256) },
        config: {},
        seeds: {},
        projectId,
        ...(name === '' ? {} : { name: truncated(name, 512) }),
      },
      ...timeOf(startTime),
    } as const;
    const first = settingFact(statusRegister(runId), 0, started);
    return [first, ...(await tagFacts(log, { kind: 'run', id: runId }, tags))];
  });

export type RunChange = { readonly status?: RunStatus; readonly endTime?: number; readonly name?: string };

/** `now`, in microseconds since 1970, is the time of what the request does not date. */
export const updateRun = (log: TrackerLog, runId: string, change: RunChange, now: number): Promise<void> =>
  appendDrafts(log, async () => {
    const named = change.name ? [{ key: NAME_TAG, value: change.name }] : [];
    const drafts = await tagFacts(log, { kind: 'run', id: runId }, named);
    return change.status ? [...drafts, ...(await statusFacts(log, runId, change, now))] : drafts;
  });

async function statusFacts(
  log: TrackerLog,
  runId: string,
  { status, endTime }: RunChange,
  now: number,
): Promise<DraftFact[]> {
  const register = statusRegister(runId);
  const { count, newest } = await newestSetting(log, register);
  const attempt = Number(newest?.data['attempt'] ?? 1);
  const state = { runId, attempt, last: newest?.type === 'training.run.ended' ? newest : undefined };
  const fact =
    status === 'running' || status === undefined
      ? await resumed(log, state, now)
      : ended(state, status, { endTime, now });
  return fact ? [settingFact(register, count, fact)] : [];
}

/** The state of an attempt of a run; `last` is the fact that ended it. */
type AttemptState = {
  readonly runId: string;
  readonly attempt: number;
  readonly last: StoredFact | undefined;
};

/** A run that continues after its end starts a further attempt. */
async function resumed(log: TrackerLog, state: AttemptState, now: number): Promise<MadeFact | undefined> {
  if (!state.last) return undefined;
  const data = { ...(await beginning(log, state.runId)), attempt: state.attempt + 1 };
  return { type: 'training.run.started', data, ...timeOf(now / 1000) };
}

/** Undefined where the same end is stored already. */
function ended(
  { runId, attempt, last }: AttemptState,
  status: Exclude<RunStatus, 'running'>,
  { endTime, now }: { readonly endTime: number | undefined; readonly now: number },
): MadeFact | undefined {
  const { time } = endTime === undefined && last ? last : timeOf(endTime ?? now / 1000);
  if (last && last.data['status'] === status && last.time === time) return undefined;
  return { type: 'training.run.ended', data: { runId, attempt, status }, time };
}

type RunStarted = FactCatalogue['training.run.started'];

/** The data of the first attempt of a run, for the next one. */
async function beginning(log: TrackerLog, runId: string): Promise<RunStarted> {
  const first = await settingAt(log, statusRegister(runId), 0);
  const { projectId, name } = first?.data ?? {};
  return {
    runId,
    attempt: 1,
    model: { name: typeof name === 'string' ? truncated(name, 256) : 'unknown' },
    config: {},
    seeds: {},
    ...(typeof projectId === 'string' ? { projectId } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
}

/** Stores metrics, params and tags of a run, all or none of them. */
export const logBatch = (
  log: TrackerLog,
  runId: string,
  { points, params, tags }: LoggedBatch,
): Promise<void> => {
  const owner: Owner = { kind: 'run', id: runId };
  return appendDrafts(log, async () => [
    ...metricFacts(runId, points),
    ...(await paramFacts(log, owner, params)),
    ...(await tagFacts(log, owner, tags)),
  ]);
};

export const declareInputs = (
  log: TrackerLog,
  runId: string,
  inputs: readonly DeclaredInput[],
): Promise<void> => appendDrafts(log, () => Promise.resolve(inputs.map((input) => inputFact(runId, input))));

export const setTags = (
  log: TrackerLog,
  owner: Owner,
  tags: readonly Pair[],
  listed?: ListedTags,
): Promise<void> => appendDrafts(log, () => tagFacts(log, owner, tags, listed));

/** Throws MlflowFault RESOURCE_DOES_NOT_EXIST where the tag is neither listed nor was set by this API. */
export const removeTag = (log: TrackerLog, owner: Owner, key: string, listed: ListedTags): Promise<void> =>
  appendDrafts(log, async () => {
    if (!listed.has(key) && !(await isTagged(log, owner, key)))
      throw absent(`tag ${JSON.stringify(key)} of ${owner.kind} ${owner.id}`);
    return [await tagRemoval(log, owner, key)];
  });

export const logParams = (log: TrackerLog, owner: Owner, params: readonly Pair[]): Promise<void> =>
  appendDrafts(log, () => paramFacts(log, owner, params));

/** Deletes or restores; stores nothing where the owner is in that state already, and is `listed` so. */
export const setLifecycle = (
  log: TrackerLog,
  owner: Owner,
  retired: boolean,
  listed: boolean,
): Promise<void> =>
  appendDrafts(log, async () =>
    listed === retired && (await isRetired(log, owner)) === retired
      ? []
      : [await lifecycleFact(log, owner, retired)],
  );

export type NewProject = {
  readonly projectId: string;
  readonly name: string;
  readonly artifacts: string;
  readonly tags: readonly Pair[];
};

export const createProject = (log: TrackerLog, { tags, ...project }: NewProject): Promise<void> => {
  const owner: Owner = { kind: 'project', id: project.projectId };
  const { artifacts, ...named } = project;
  const data = artifacts === '' ? named : project;
  return appendDrafts(log, async () => [
    settingFact(nameRegister(owner), 0, { type: 'training.project.registered', data }),
    ...(await tagFacts(log, owner, tags)),
  ]);
};

export const renameProject = (log: TrackerLog, projectId: string, name: string): Promise<void> => {
  const owner: Owner = { kind: 'project', id: projectId };
  return appendDrafts(log, async () => {
    const { count, newest } = await newestSetting(log, nameRegister(owner));
    return newest?.data['name'] === name
      ? []
      : [settingFact(nameRegister(owner), count, annotation(owner, { name }))];
  });
};

export type NewModel = {
  readonly modelId: string;
  readonly projectId: string;
  readonly runId: string;
  readonly name: string;
  readonly modelType: string;
  readonly params: readonly Pair[];
  readonly tags: readonly Pair[];
};

export const createModel = (log: TrackerLog, model: NewModel): Promise<void> => {
  const owner: Owner = { kind: 'model', id: model.modelId };
  const { modelId, projectId, runId, name, modelType } = model;
  const data = {
    modelId,
    projectId,
    name,
    status: 'pending',
    ...(runId === '' ? {} : { runId }),
    ...(modelType === '' ? {} : { modelType }),
  } as const;
  return appendDrafts(log, async () => [
    settingFact(['model', modelId, 'status'], 0, { type: 'training.model.annotated', data }),
    ...(await paramFacts(log, owner, model.params)),
    ...(await tagFacts(log, owner, model.tags)),
  ]);
};

export type ModelStatus = 'pending' | 'ready' | 'failed';

export const finishModel = (log: TrackerLog, modelId: string, status: ModelStatus): Promise<void> =>
  appendDrafts(log, async () => {
    const register: Register = ['model', modelId, 'status'];
    const { count, newest } = await newestSetting(log, register);
    if (newest?.data['status'] === status) return [];
    return [settingFact(register, count, { type: 'training.model.annotated', data: { modelId, status } })];
  });

/** Stores the models that a run saved, each at a step. */
export const saveModels = (
  log: TrackerLog,
  runId: string,
  models: readonly { readonly modelId: string; readonly step: number }[],
): Promise<void> =>
  appendDrafts(log, () =>
    Promise.resolve(
      models.map(({ modelId, step }) =>
        contentFact(['run', runId, 'output', modelId, step], {
          type: 'training.checkpoint.saved',
          data: { runId, attempt: 1, checkpointId: modelId, step },
        }),
      ),
    ),
  );

/** The register whose first setting creates the owner. */
const CREATIONS = { project: 'name', run: 'status', model: 'status' } as const;

/** The data with which this API created the run, the project or the model. Others may be in the tables. */
export async function creationOf(
  log: TrackerLog,
  { kind, id }: { readonly kind: keyof typeof CREATIONS; readonly id: string },
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const register = CREATIONS[kind];
  return (await settingAt(log, [kind, id, register], 0))?.data;
}

/** Throws MlflowFault INVALID_PARAMETER_VALUE where the owner is deleted. */
export async function requireActive(log: TrackerLog, owner: Owner): Promise<void> {
  if (!(await isRetired(log, owner))) return;
  throw invalid(`${NOUNS[owner.kind]} ${owner.id} is deleted; restore it before you change it`);
}

const NOUNS = {
  project: 'experiment',
  run: 'run',
  model: 'model',
  registration: 'registered model',
  version: 'model version',
} as const;
