import { appendAll } from '@tributary/kernel';
import type { FactCatalogue } from '@tributary/contracts';
import { absent, MlflowFault } from '../errors.ts';
import type { Pair } from '../requests/limits.ts';
import { MAX_VERSION } from '../requests/registry.ts';
import { annotation, lifecycleFact, lifecycleRegister, tagFacts, tagRemoval, versionId } from './drafts.ts';
import type { ListedTags, Owner } from './drafts.ts';
import { appendDrafts, newestSetting, settingFact } from './register.ts';
import type { DraftFact, Register, TrackerLog } from './register.ts';

const registration = (name: string): Owner => ({ kind: 'registration', id: name });

export type NewRegistration = {
  /** Id of the request: of requests that are alike, one registers the name. */
  readonly request: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly Pair[];
};

/** What the tables say of a name: facts of other senders, and corrections, are in them alone. */
export type KnownName = {
  readonly isRegistered: boolean;
  /** Keys of tags, and aliases, which the name has although it may be deleted. */
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  /** Versions that a deleted name still has, with the keys of their tags. */
  readonly versions: readonly { readonly version: number; readonly tags: readonly string[] }[];
};

/**
 * Throws MlflowFault RESOURCE_ALREADY_EXISTS where the name is registered. A deleted name may be registered again, also one
 * that a fact of another sender deleted: what that left of tags, aliases and versions is taken back, so that the new model
 * has its own.
 */
export const createRegistration = (
  log: TrackerLog,
  { request, name, description, tags }: NewRegistration,
  known: () => Promise<KnownName>,
): Promise<void> => {
  const owner = registration(name);
  return appendDrafts(log, async () => {
    /* Before the tables are asked, so that what comes after them conflicts. */
    const { count } = await newestSetting(log, lifecycleRegister(owner));
    const left = await known();
    if (left.isRegistered) throw registered(name);
    const created = { ...annotation(owner, { description, retired: false }), request };
    const drafts = [settingFact(lifecycleRegister(owner), count, created)];
    const stated = new Set(tags.map(({ key }) => key));
    for (const key of left.tags.filter(isRemovable))
      if (!stated.has(key)) drafts.push(await tagRemoval(log, owner, key));
    for (const alias of left.aliases.filter(isRemovable)) drafts.push(await aliasRemoval(log, name, alias));
    for (const { version, tags: keys } of left.versions)
      appendAll(drafts, await retirement(log, { kind: 'version', id: versionId(name, version) }, keys));
    return [...drafts, ...(await tagFacts(log, owner, tags, NONE_LISTED))];
  });
};

/** Facts may set longer keys than a removal may name. One of these stays, so that the name can be registered again. */
const isRemovable = (key: string): boolean => /^.{1,256}$/su.test(key);

/** A creation states each of its tags, whatever an earlier owner of its name had. */
const NONE_LISTED: ListedTags = new Map();

const registered = (name: string): MlflowFault =>
  new MlflowFault('RESOURCE_ALREADY_EXISTS', `registered model ${JSON.stringify(name)} already exists`);

type VersionData = FactCatalogue['training.version.annotated'];

export type NewVersion = Pick<
  VersionData,
  'name' | 'source' | 'runId' | 'runLink' | 'modelId' | 'description'
> & {
  /** Id of the request: requests that are alike make a version each. */
  readonly request: string;
  readonly tags: readonly Pair[];
};

/**
 * Stores the next version of a name and returns its number. No number is given again: not those of deleted versions, and
 * none up to the highest that `listed` finds, which another sender may have given. Throws MlflowFault RESOURCE_CONFLICT where
 * that is the highest number there is.
 */
export async function createVersion(
  log: TrackerLog,
  { request, tags, ...made }: NewVersion,
  listed: () => Promise<number>,
): Promise<number> {
  const register: Register = ['registration', made.name, 'version'];
  let version = 0;
  await appendDrafts(log, async () => {
    const { count, newest } = await newestSetting(log, register);
    const given = Number(newest?.data['version'] ?? 0);
    version = Math.max(given, await listed()) + 1;
    if (version > MAX_VERSION) throw exhausted(made.name, given);
    const owner: Owner = { kind: 'version', id: versionId(made.name, version) };
    const data = { ...made, version, retired: false };
    return [
      settingFact(register, count, { type: 'training.version.annotated', data, request }),
      ...(await tagFacts(log, owner, tags, NONE_LISTED)),
    ];
  });
  return version;
}

/** Numbers that this API gave stay given, so a correction helps only while the highest is of another sender. */
const exhausted = (name: string, given: number): MlflowFault => {
  const wayOut = given < MAX_VERSION ? 'correct the fact that states it, or ' : '';
  return new MlflowFault(
    'RESOURCE_CONFLICT',
    `registered model ${JSON.stringify(name)} has a version ${MAX_VERSION}, the highest number of a version, so there is no next one: ${wayOut}register further versions under another name`,
  );
};

/** Sets the description of a registered model or of a version, which is `listed` now. */
export const describe = (log: TrackerLog, owner: Owner, description: string, listed: string): Promise<void> =>
  appendDrafts(log, async () => {
    const register: Register = [owner.kind, owner.id, 'description'];
    const { count, newest } = await newestSetting(log, register);
    if (newest?.data['description'] === description && listed === description) return [];
    return [settingFact(register, count, annotation(owner, { description }))];
  });

const aliasRegister = (name: string, alias: string): Register => ['registration', name, 'alias', alias];

/** An alias names one version at a time. The version is `isListed` with it where it has it already. */
export const setAlias = (
  log: TrackerLog,
  { name, alias, version }: { readonly name: string; readonly alias: string; readonly version: number },
  isListed: boolean,
): Promise<void> =>
  appendDrafts(log, async () => {
    const { count, newest } = await newestSetting(log, aliasRegister(name, alias));
    const data = { name, aliases: { [alias]: version } };
    if (isListed && JSON.stringify(newest?.data['aliases']) === JSON.stringify(data.aliases)) return [];
    return [
      settingFact(aliasRegister(name, alias), count, { type: 'training.registration.annotated', data }),
    ];
  });

/** Throws MlflowFault RESOURCE_DOES_NOT_EXIST where the alias neither `isListed` nor was set by this API. */
export const removeAlias = (
  log: TrackerLog,
  { name, alias }: { readonly name: string; readonly alias: string },
  isListed: boolean,
): Promise<void> =>
  appendDrafts(log, async () => {
    const { newest } = await newestSetting(log, aliasRegister(name, alias));
    if (!isListed && newest?.data['aliases'] === undefined)
      throw absent(`alias ${JSON.stringify(alias)} of registered model ${name}`);
    return [await aliasRemoval(log, name, alias)];
  });

async function aliasRemoval(log: TrackerLog, name: string, alias: string): Promise<DraftFact> {
  const { count } = await newestSetting(log, aliasRegister(name, alias));
  const data = { name, removedAliases: [alias] };
  return settingFact(aliasRegister(name, alias), count, { type: 'training.registration.annotated', data });
}

/** What goes with a registered model, or with one of its versions, when it is deleted, as it is listed. */
export type Deleted = {
  readonly owners: readonly { readonly owner: Owner; readonly tags: readonly string[] }[];
  readonly name: string;
  readonly aliases: readonly string[];
};

/** Retires the owners, and takes back their tags and aliases, whoever set them, so that none comes back with a new model of the name. */
export const deleteRegistered = (log: TrackerLog, { owners, name, aliases }: Deleted): Promise<void> =>
  appendDrafts(log, async () => {
    const drafts: DraftFact[] = [];
    for (const { owner, tags } of owners) appendAll(drafts, await retirement(log, owner, tags));
    for (const alias of aliases) drafts.push(await aliasRemoval(log, name, alias));
    return drafts;
  });

async function retirement(log: TrackerLog, owner: Owner, tags: readonly string[]): Promise<DraftFact[]> {
  const drafts = [await lifecycleFact(log, owner, true)];
  for (const key of tags.filter(isRemovable)) drafts.push(await tagRemoval(log, owner, key));
  return drafts;
}
