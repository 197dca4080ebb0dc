import { finiteOnly, nonfiniteIn } from '@tributary/capture';
import type { MadeFact } from '@tributary/capture';
import type { FactCatalogue } from '@tributary/contracts';
import { redactMember, valueIn } from '@tributary/kernel';
import { invalid } from '../errors.ts';
import { truncated } from '../requests/limits.ts';
import type { DeclaredInput, Pair, Point } from '../requests/limits.ts';
import { newestSetting, settingAt, settingFact, contentFact } from './register.ts';
import type { DraftFact, Register, TrackerLog } from './register.ts';

/** A version of a registered model has the id `NAME/NUMBER`: names have no slash. */
export type Owner = {
  readonly kind: 'project' | 'run' | 'model' | 'registration' | 'version';
  readonly id: string;
};

/** The tag that holds the name of a run. */
export const NAME_TAG = 'mlflow.runName';

const tagRegister = ({ kind, id }: Owner, key: string): Register => [kind, id, 'tag', key];
const paramRegister = ({ kind, id }: Owner, key: string): Register => [kind, id, 'param', key];
export const lifecycleRegister = ({ kind, id }: Owner): Register => [kind, id, 'lifecycle'];

/** Values of tags by key as the tables list them: facts of other senders, and corrections, may have changed them. */
export type ListedTags = ReadonlyMap<string, string>;

/**
 * New settings for the tags whose value changes. The newest setting of a tag counts, and what is listed too where it is
 * given: what a run logs while it is running waits for no tables.
 */
export async function tagFacts(
  log: TrackerLog,
  owner: Owner,
  tags: readonly Pair[],
  listed?: ListedTags,
): Promise<DraftFact[]> {
  const drafts: DraftFact[] = [];
  for (const tag of withoutSecrets(tags)) {
    const register = tagRegister(owner, tag.key);
    const { count, newest } = await newestSetting(log, register);
    const isListed = listed === undefined || listed.get(tag.key) === tag.value;
    if (isListed && tagValue(newest?.data, tag.key) === tag.value) continue;
    drafts.push(settingFact(register, count, annotation(owner, tagsOf(owner, tag))));
  }
  return drafts;
}

/** As configurations are imported: a secret in a parameter or a tag is not recorded. */
const withoutSecrets = (pairs: readonly Pair[]): Pair[] =>
  pairs.map((pair) => ({ ...pair, value: redactMember(pair.key, pair.value) }));

/** Whether a tag was set by this API and not removed by it. */
export async function isTagged(log: TrackerLog, owner: Owner, key: string): Promise<boolean> {
  const { newest } = await newestSetting(log, tagRegister(owner, key));
  return tagValue(newest?.data, key) !== undefined;
}

/** Removes a tag, whoever set it. */
export async function tagRemoval(log: TrackerLog, owner: Owner, key: string): Promise<DraftFact> {
  const register = tagRegister(owner, key);
  const { count } = await newestSetting(log, register);
  return settingFact(register, count, annotation(owner, { removedTags: [key] }));
}

function tagsOf({ kind }: Owner, { key, value }: Pair): Annotation {
  const tags = { [key]: value };
  return kind === 'run' && key === NAME_TAG && value !== ''
    ? { tags, name: truncated(value, 512) }
    : { tags };
}

/**
 * A parameter is written once: another value for its key is refused, the same value is not stored again. A secret is the
 * same where both are redacted alike, whether the stored one was recorded before secrets were redacted or not.
 */
export async function paramFacts(
  log: TrackerLog,
  owner: Owner,
  params: readonly Pair[],
): Promise<DraftFact[]> {
  const drafts: DraftFact[] = [];
  for (const { key, value: given } of params) {
    const value = redactMember(key, given);
    if (value !== given && (await storedParam(log, owner, key)) === value) continue;
    drafts.push({
      ...settingFact(paramRegister(owner, key), 0, annotation(owner, { params: { [key]: value } })),
      refuse: async () =>
        invalid(
          `param ${JSON.stringify(key)} of ${owner.kind} ${owner.id} is ${JSON.stringify(await storedParam(log, owner, key))} and cannot become ${JSON.stringify(value)}: a param is written once`,
        ),
    });
  }
  return drafts;
}

/** The value of a parameter without a secret; undefined where it has none. */
async function storedParam(log: TrackerLog, owner: Owner, key: string): Promise<string | undefined> {
  const known = await settingAt(log, paramRegister(owner, key), 0);
  const value = textAt(known?.data, 'params', key);
  return value === undefined ? undefined : redactMember(key, value);
}

/** Deletes or restores. */
export async function lifecycleFact(log: TrackerLog, owner: Owner, retired: boolean): Promise<DraftFact> {
  const { count } = await newestSetting(log, lifecycleRegister(owner));
  return settingFact(lifecycleRegister(owner), count, annotation(owner, { retired }));
}

export async function isRetired(log: TrackerLog, owner: Owner): Promise<boolean> {
  const { newest } = await newestSetting(log, lifecycleRegister(owner));
  return newest?.data['retired'] === true;
}

type Annotation = Pick<
  FactCatalogue['training.run.annotated'],
  'name' | 'tags' | 'removedTags' | 'params' | 'retired'
> &
  Pick<FactCatalogue['training.registration.annotated'], 'description'>;

export function annotation(
  { kind, id }: Owner,
  { name, params, removedTags, description, ...rest }: Annotation,
): MadeFact {
  const tagged = { ...rest, ...(removedTags ? { removedTags } : {}) };
  const named = { ...tagged, ...(name === undefined ? {} : { name }) };
  const described = { ...tagged, ...(description === undefined ? {} : { description }) };
  const more = { ...named, ...(params ? { params } : {}) };
  switch (kind) {
    case 'project':
      return { type: 'training.project.annotated', data: { projectId: id, ...named } };
    case 'run':
      return { type: 'training.run.annotated', data: { runId: id, ...more } };
    case 'model':
      return { type: 'training.model.annotated', data: { modelId: id, ...more } };
    case 'registration':
      return { type: 'training.registration.annotated', data: { name: id, ...described } };
    case 'version':
      return { type: 'training.version.annotated', data: { ...versionOf(id), ...described } };
  }
}

/** The id of a version as an owner. */
export const versionId = (name: string, version: number): string => `${name}/${version}`;

function versionOf(id: string): { readonly name: string; readonly version: number } {
  const slash = id.lastIndexOf('/');
  return { name: id.slice(0, slash), version: Number(id.slice(slash + 1)) };
}

/** One event for the points that share a model and a dataset. Its id is a hash of its content. */
export function metricFacts(runId: string, points: readonly Point[]): DraftFact[] {
  const groups = new Map<string, Point[]>();
  for (const point of points) {
    const name = JSON.stringify([point.modelId, point.datasetName, point.datasetDigest]);
    const group = groups.get(name) ?? [];
    if (group.length === 0) groups.set(name, group);
    group.push(point);
  }
  return [...groups].map(([name, group]) => {
    const identity = ['run', runId, 'metrics', name, ...group.map(identityOf)];
    return contentFact(identity, { type: 'training.metrics.recorded', data: metrics(runId, group) });
  });
}

const identityOf = ({ key, step, timestamp, value }: Point): string[] => [
  key,
  String(step),
  String(timestamp),
  String(value),
];

function metrics(runId: string, points: readonly Point[]): FactCatalogue['training.metrics.recorded'] {
  const { modelId, datasetName, datasetDigest } = points[0] ?? {};
  const values = points.map(({ value }) => value);
  const nonfinite = nonfiniteIn(values);
  return {
    runId,
    keys: points.map(({ key }) => key),
    steps: points.map(({ step }) => step),
    times: points.map(({ timestamp }) => timestamp * 1000),
    values: finiteOnly(values),
    ...(nonfinite.length > 0 ? { nonfinite } : {}),
    ...(modelId ? { modelId } : {}),
    ...(datasetName ? { datasetName } : {}),
    ...(datasetDigest ? { datasetDigest } : {}),
    method: 'reported',
  };
}

/** The tag in which a client states the use of a dataset, such as training. */
const CONTEXT_TAG = 'mlflow.data.context';

export function inputFact(runId: string, input: DeclaredInput): DraftFact {
  const { name, digest, sourceType, source, schema, profile, tags } = input;
  const context = tags[CONTEXT_TAG];
  const data = {
    runId,
    name,
    ...(context ? { context: truncated(context, 256) } : {}),
    ...(digest === '' ? {} : { digest }),
    ...(sourceType === '' ? {} : { sourceType }),
    source: redactMember('source', source),
    ...(schema === undefined ? {} : { schema }),
    ...(profile === undefined ? {} : { profile }),
    tags,
  };
  return contentFact(['run', runId, 'input', data], { type: 'training.input.declared', data });
}

/** The value of a tag in a setting; undefined where the tag was removed or never set. */
const tagValue = (data: Readonly<Record<string, unknown>> | undefined, key: string): string | undefined =>
  textAt(data, 'tags', key);

function textAt(
  data: Readonly<Record<string, unknown>> | undefined,
  field: string,
  key: string,
): string | undefined {
  const held = data && valueIn(data, field);
  if (typeof held !== 'object' || held === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(held, key)?.value;
  return typeof value === 'string' ? value : undefined;
}
