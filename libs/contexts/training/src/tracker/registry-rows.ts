import type { Fact, Stamp } from '@tributary/contracts';
import type { Row, TableRows } from '@tributary/kernel';
import { tagRows } from './owned-rows.ts';

/** Rows of files, and of names and versions in the registry of models; none of other facts. */
export function registryRows(fact: Fact, stamp: Stamp): TableRows {
  switch (fact.type) {
    case 'training.artifact.recorded':
    case 'training.artifact.removed':
      return { training_artifact: [artifactRow(fact, stamp)] };
    case 'training.registration.annotated':
      return registrationRows(fact, stamp);
    case 'training.version.annotated':
      return versionRows(fact, stamp);
    default:
      return {};
  }
}

/** A file that was stored or removed. */
function artifactRow(
  fact: Fact<'training.artifact.recorded'> | Fact<'training.artifact.removed'>,
  stamp: Stamp,
): Row {
  const { ownerKind, ownerId, path } = fact.data;
  const stored = fact.type === 'training.artifact.recorded' ? fact.data : undefined;
  return {
    ...stamp,
    owner_kind: ownerKind,
    owner_id: ownerId,
    path,
    digest: stored?.digest ?? '',
    bytes: stored?.bytes ?? 0,
    removed: stored === undefined,
  };
}

/** Aliases are kept as tags of a kind of their own, whose values are numbers of versions. */
function registrationRows({ data }: Fact<'training.registration.annotated'>, stamp: Stamp): TableRows {
  const { name, description = null, retired = null, aliases, removedAliases } = data;
  const versions = Object.entries(aliases ?? {}).map(([alias, version]) => [alias, String(version)] as const);
  const named = {
    tags: Object.fromEntries(versions),
    ...(removedAliases ? { removedTags: removedAliases } : {}),
  };
  return {
    training_registration_change: [
      {
        ...stamp,
        name,
        version: 0,
        source: '',
        run_id: '',
        run_link: '',
        model_id: '',
        description,
        retired,
      },
    ],
    training_tag: [...tagRows('registration', name, data, stamp), ...tagRows('alias', name, named, stamp)],
  };
}

function versionRows({ data }: Fact<'training.version.annotated'>, stamp: Stamp): TableRows {
  const { name, version, description = null, retired = null } = data;
  const row = {
    ...stamp,
    name,
    version,
    source: data.source ?? '',
    run_id: data.runId ?? '',
    run_link: data.runLink ?? '',
    model_id: data.modelId ?? '',
    description,
    retired,
  };
  return {
    training_registration_change: [row],
    training_tag: tagRows('version', `${name}/${version}`, data, stamp),
  };
}
