import type { FactCatalogue } from '@tributary/contracts';
import { absent, MlflowFault } from '../errors.ts';
import type { Pair } from '../requests/limits.ts';
import { annotation, lifecycleFacts, lifecycleRegister, tagFacts, tagRemoval, versionId } from './drafts.ts';
import type { Owner } from './drafts.ts';
import { appendDrafts, newestSetting, settingFact } from './register.ts';
import type { DraftFact, Register, TrackerLog } from './register.ts';

const registration = (name: string): Owner => ({ kind: 'registration', id: name });

export type NewRegistration = {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly Pair[];
};

/** Throws MlflowFault RESOURCE_ALREADY_EXISTS where the name is registered. A deleted name may be registered again. */
export const createRegistration = (
  log: TrackerLog,
  { name, description, tags }: NewRegistration,
): Promise<void> => {
  const owner = registration(name);
  return appendDrafts(log, async () => {
    const { count, newest } = await newestSetting(log, lifecycleRegister(owner));
    if (newest && newest.data['retired'] !== true) throw registered(name);
    const created = annotation(owner, { description, retired: false });
    return [settingFact(lifecycleRegister(owner), count, created), ...(await tagFacts(log, owner, tags))];
  });
};

export const registered = (name: string): MlflowFault =>
  new MlflowFault('RESOURCE_ALREADY_EXISTS', `registered model ${JSON.stringify(name)} already exists`);

type VersionData = FactCatalogue['training.version.annotated'];

export type NewVersion = Pick<
  VersionData,
  'name' | 'source' | 'runId' | 'runLink' | 'modelId' | 'description'
> & {
  readonly tags: readonly Pair[];
};

/** Stores the next version of a name and returns its number. Numbers of deleted versions are not given again. */
export async function createVersion(log: TrackerLog, { tags, ...made }: NewVersion): Promise<number> {
  const register: Register = ['registration', made.name, 'version'];
  let version = 0;
  await appendDrafts(log, async () => {
    const { count } = await newestSetting(log, register);
    version = count + 1;
    const owner: Owner = { kind: 'version', id: versionId(made.name, version) };
    const data = { ...made, version, retired: false };
    return [
      settingFact(register, count, { type: 'training.version.annotated', data }),
      ...(await tagFacts(log, owner, tags)),
    ];
  });
  return version;
}

/** Sets the description of a registered model or of a version. */
export const describe = (log: TrackerLog, owner: Owner, description: string): Promise<void> =>
  appendDrafts(log, async () => {
    const register: Register = [owner.kind, owner.id, 'description'];
    const { count, newest } = await newestSetting(log, register);
    if (newest?.data['description'] === description) return [];
    return [settingFact(register, count, annotation(owner, { description }))];
  });

const aliasRegister = (name: string, alias: string): Register => ['registration', name, 'alias', alias];

/** An alias names one version at a time. */
export const setAlias = (log: TrackerLog, name: string, alias: string, version: number): Promise<void> =>
  appendDrafts(log, async () => {
    const { count, newest } = await newestSetting(log, aliasRegister(name, alias));
    const data = { name, aliases: { [alias]: version } };
    if (JSON.stringify(newest?.data['aliases']) === JSON.stringify(data.aliases)) return [];
    return [
      settingFact(aliasRegister(name, alias), count, { type: 'training.registration.annotated', data }),
    ];
  });

/** Throws MlflowFault RESOURCE_DOES_NOT_EXIST where the alias is not set. */
export const removeAlias = (log: TrackerLog, name: string, alias: string): Promise<void> =>
  appendDrafts(log, async () => {
    const drafts = await aliasRemoval(log, name, alias);
    if (drafts.length === 0) throw absent(`alias ${JSON.stringify(alias)} of registered model ${name}`);
    return drafts;
  });

async function aliasRemoval(log: TrackerLog, name: string, alias: string): Promise<DraftFact[]> {
  const { count, newest } = await newestSetting(log, aliasRegister(name, alias));
  if (newest?.data['aliases'] === undefined) return [];
  const data = { name, removedAliases: [alias] };
  return [settingFact(aliasRegister(name, alias), count, { type: 'training.registration.annotated', data })];
}

/** What goes with a registered model, or with one of its versions, when it is deleted. */
export type Deleted = {
  readonly owners: readonly { readonly owner: Owner; readonly tags: readonly string[] }[];
  readonly name: string;
  readonly aliases: readonly string[];
};

/** Retires the owners, and takes back their tags and aliases, so that none comes back with a new model of the name. */
export const deleteRegistered = (log: TrackerLog, { owners, name, aliases }: Deleted): Promise<void> =>
  appendDrafts(log, async () => {
    const drafts: (readonly DraftFact[])[] = [];
    for (const { owner, tags } of owners) {
      drafts.push(await lifecycleFacts(log, owner, true));
      for (const key of tags) drafts.push(await tagRemoval(log, owner, key));
    }
    for (const alias of aliases) drafts.push(await aliasRemoval(log, name, alias));
    return drafts.flat();
  });
