import type { IngestEndpoint } from '@tributary/capture';
import { groupBy } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { trackedRegistrations, trackedTags } from '@tributary/training';
import type { Filterable } from '@tributary/training';
import { absent } from '../errors.ts';
import { versionId } from '../facts/drafts.ts';
import type { KnownName } from '../facts/registry.ts';
import { owned, pairsOf, settled } from './projects.ts';

type Row = RowOf<typeof trackedRegistrations>;
type Texts = ReadonlyMap<string, string>;

export type Version = Row & { readonly tags: Texts; readonly aliases: readonly string[] };

export type Registration = Row & {
  readonly tags: Texts;
  /** Numbers of versions by alias. */
  readonly aliases: Texts;
  /** From the first; deleted ones are not among them. */
  readonly versions: readonly Version[];
};

const NONE: Texts = new Map();

/** The registered models with these names, or all of them; deleted ones are not among them. */
export async function registrations(
  endpoint: IngestEndpoint,
  names: readonly string[] = [],
): Promise<Registration[]> {
  const as_of = await settled(endpoint);
  const rows = await endpoint.engine.reader.all(trackedRegistrations, { names: [...names], as_of });
  const current = rows.filter(({ retired }) => !retired);
  const heads = current.filter(({ version }) => version === 0);
  const named = heads.map(({ name }) => name);
  const versions = current.filter(({ version }) => version > 0);
  const owner_ids = versions.map(({ name, version }) => versionId(name, version));
  const [tags, aliases, versionTags] = await Promise.all([
    textsOf(endpoint, 'registration', { owner_ids: named, as_of }),
    textsOf(endpoint, 'alias', { owner_ids: named, as_of }),
    textsOf(endpoint, 'version', { owner_ids, as_of }),
  ]);
  const versionsOf = groupBy(versions, ({ name }) => name);
  return heads.map((head) => {
    const own = aliases.get(head.name) ?? NONE;
    return {
      ...head,
      tags: tags.get(head.name) ?? NONE,
      aliases: own,
      versions: (versionsOf.get(head.name) ?? []).map((row) => ({
        ...row,
        tags: versionTags.get(versionId(row.name, row.version)) ?? NONE,
        aliases: [...own].flatMap(([alias, number]) => (number === String(row.version) ? [alias] : [])),
      })),
    };
  });
}

type Asked = Parameters<typeof owned>[3];

/** An empty list of owners would mean all. */
const textsOf = async (endpoint: IngestEndpoint, kind: Parameters<typeof owned>[2], asked: Asked) =>
  asked.owner_ids.length === 0 ? new Map<string, Texts>() : owned(endpoint, trackedTags, kind, asked);

const rowsOf = async (endpoint: IngestEndpoint, name: string) =>
  endpoint.engine.reader.all(trackedRegistrations, { names: [name], as_of: await settled(endpoint) });

/** What the tables say of a name, which may be registered, deleted or unknown. */
export async function knownName(endpoint: IngestEndpoint, name: string): Promise<KnownName> {
  const as_of = await settled(endpoint);
  const asked = { owner_ids: [name], as_of };
  const [rows, tags, aliases] = await Promise.all([
    endpoint.engine.reader.all(trackedRegistrations, { names: [name], as_of }),
    textsOf(endpoint, 'registration', asked),
    textsOf(endpoint, 'alias', asked),
  ]);
  const head = rows.find(({ version }) => version === 0);
  const left = head?.retired ? rows.filter(({ version, retired }) => version > 0 && !retired) : [];
  const owner_ids = left.map(({ version }) => versionId(name, version));
  const versionTags = await textsOf(endpoint, 'version', { owner_ids, as_of });
  return {
    isRegistered: head !== undefined && !head.retired,
    tags: [...(tags.get(name) ?? NONE).keys()],
    aliases: [...(aliases.get(name) ?? NONE).keys()],
    versions: left.map(({ version }) => ({
      version,
      tags: [...(versionTags.get(versionId(name, version)) ?? NONE).keys()],
    })),
  };
}

/** The highest number of a version of a name, also of deleted ones; 0 where there is none. */
export const highestVersion = async (endpoint: IngestEndpoint, name: string): Promise<number> =>
  (await rowsOf(endpoint, name)).reduce((highest, { version }) => Math.max(highest, version), 0);

/** Throws MlflowFault RESOURCE_DOES_NOT_EXIST for an unknown or deleted name. */
export async function registration(endpoint: IngestEndpoint, name: string): Promise<Registration> {
  const [found] = await registrations(endpoint, [name]);
  if (!found) throw absent(`registered model ${JSON.stringify(name)}`);
  return found;
}

/** Throws MlflowFault RESOURCE_DOES_NOT_EXIST for an unknown or deleted version. */
export async function versionOf(endpoint: IngestEndpoint, name: string, number: number): Promise<Version> {
  const { versions } = await registration(endpoint, name);
  const found = versions.find(({ version }) => version === number);
  if (!found) throw absent(`version ${number} of registered model ${JSON.stringify(name)}`);
  return found;
}

/** Stages are not kept: every version is in the stage None. */
const STAGE = 'None';

export const modelVersionOf = (version: Version) => ({
  name: version.name,
  version: String(version.version),
  creation_timestamp: version.created,
  last_updated_timestamp: version.changed,
  current_stage: STAGE,
  description: version.description,
  source: version.source,
  run_id: version.run_id,
  run_link: version.run_link,
  model_id: version.model_id,
  status: 'READY',
  tags: pairsOf(version.tags),
  aliases: version.aliases,
});

export const registeredModelOf = (found: Registration) => {
  const latest = found.versions.at(-1);
  return {
    name: found.name,
    creation_timestamp: found.created,
    last_updated_timestamp: Math.max(found.changed, latest?.changed ?? 0),
    description: found.description,
    latest_versions: latest ? [modelVersionOf(latest)] : [],
    tags: pairsOf(found.tags),
    aliases: [...found.aliases].map(([alias, version]) => ({ alias, version })),
  };
};

/**
 * Clients ask for models by excluding what they keep as prompts, by a tag that a model has not; other absent tags meet no
 * comparison.
 */
const withPrompt = (tags: Texts): Texts => new Map([['mlflow.prompt.is_prompt', 'false'], ...tags]);

export const registrationCandidate = (
  found: Registration,
): Filterable & { readonly registration: Registration } => ({
  registration: found,
  attributes: {
    name: found.name,
    creation_timestamp: found.created,
    last_updated_timestamp: found.changed,
    timestamp: found.changed,
  },
  tags: withPrompt(found.tags),
});

export const versionCandidate = (version: Version): Filterable & { readonly version: Version } => ({
  version,
  attributes: {
    name: version.name,
    version_number: version.version,
    run_id: version.run_id,
    model_id: version.model_id,
    source_path: version.source,
    creation_timestamp: version.created,
    last_updated_timestamp: version.changed,
  },
  tags: withPrompt(version.tags),
});
