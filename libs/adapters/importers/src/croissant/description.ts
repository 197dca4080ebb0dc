import type { FactCatalogue } from '@tributary/contracts';
import { contentDigest, truncate } from '../facts/text.ts';
import type { SourceFile } from '../files/folder.ts';
import { listIn, objectIn, omitNullish, textIn, statedIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { redactSecrets } from '@tributary/kernel';
import { distributionOf, shownEntry } from './distribution.ts';
import { plainTerms } from './plain-terms.ts';
import { spdxOf } from './licence.ts';

type Snapshot = FactCatalogue['corpus.snapshot.registered'];
type SnapshotSource = NonNullable<Snapshot['sources']>[number];

/** Before version 1.0 the vocabulary was published at `schema`. */
const CROISSANT = /mlcommons\.org\/(?:croissant|schema)/;

/** Members that have their own field in the fact, and the context, which does not describe the dataset. */
const MAPPED_MEMBERS = new Set([
  '@context',
  'name',
  'description',
  'url',
  'license',
  'version',
  'datePublished',
  'distribution',
  'recordSet',
]);

/** The description in a file: an object, a list of one object, or the dataset in an `@graph`. */
export async function descriptionIn(file: SourceFile): Promise<JsonObject | undefined> {
  const json = await file.json();
  const list = listIn(json);
  const whole = objectIn(list?.length === 1 ? list[0] : json);
  const graph = listIn(whole?.['@graph'])?.map((node) => objectIn(node) ?? {}) ?? [];
  const context = whole?.['@context'];
  const found = [whole ?? {}, ...graph].find((node) => isCroissant({ ...node, '@context': context }));
  return found && plainTerms(found);
}

function isCroissant(description: JsonObject): boolean {
  if (!namesIn(description['@type']).some((type) => type.endsWith('Dataset'))) return false;
  const terms = [description['conformsTo'], description['dct:conformsTo'], description['@context']];
  return terms.flatMap(namesIn).some((name) => CROISSANT.test(name));
}

/** The strings in a value, in a list, or in the members of an object. */
function namesIn(value: unknown): string[] {
  const listed = listIn(value) ?? Object.values(objectIn(value) ?? { value });
  return listed.flatMap((item) => textIn(item) ?? textIn(objectIn(item)?.['@id']) ?? []);
}

/**
 * Name, address and version as far as they are stated, and a digest of the description. Publishers give all their
 * datasets one address and one version, and some leave out any of the three, so that only the whole tells what is the same.
 * The order of members does not count.
 */
function snapshotIdOf(description: JsonObject): string {
  const name = statedIn(description['name']) ?? 'unnamed';
  const address = addressOf(description) ?? statedIn(description['@id']);
  const version = versionOf(description);
  const named = [...(address === undefined ? [] : [address.slice(0, 256)]), name.slice(0, 128)].join('/');
  const at = version === undefined ? '' : `@${version.slice(0, 64)}`;
  return truncate(`urn:croissant:${named}${at}#${contentDigest(description).slice(0, 16)}`, 512);
}

const addressOf = ({ url }: JsonObject): string | undefined =>
  statedIn(url) ?? statedIn(listIn(url)?.[0]) ?? statedIn(objectIn(url)?.['@id']);

const versionOf = ({ version }: JsonObject): string | undefined =>
  typeof version === 'number' ? String(version) : statedIn(version)?.slice(0, 256);

export function snapshotOf(raw: JsonObject): Snapshot {
  const { value: description, found } = redactSecrets(raw);
  const sources = derivedFrom(description['prov:wasDerivedFrom']);
  return {
    snapshotId: snapshotIdOf(raw),
    ...texts(description),
    ...licenceOf(description),
    ...(sources.length > 0 && { sources }),
    config: configOf(description),
    ...(found.length > 0 && { redacted: true }),
  };
}

function texts(description: JsonObject) {
  const name = statedIn(description['name'])?.slice(0, 512);
  const version = versionOf(description);
  const text = statedIn(description['description'])?.slice(0, 16_384);
  const uri = addressOf(description)?.slice(0, 2048);
  const createdAt = statedIn(description['datePublished'])?.slice(0, 64);
  return {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(text !== undefined && { description: text }),
    ...(uri !== undefined && { uri }),
    ...(createdAt !== undefined && { createdAt, createdAtZone: zoneOf(createdAt) }),
  };
}

const zoneOf = (date: string): 'utc' | 'unknown' => (date.endsWith('Z') ? 'utc' : 'unknown');

/** An unstated licence is absent, which differs from a licence that is stated to be unknown. */
function licenceOf(description: JsonObject) {
  const value = description['license'];
  const all = (listIn(value) ?? [value]).flatMap((licence) => licenceText(licence) ?? []);
  if (all.length === 0) return {};
  const licence = all.map(({ spdx }) => spdx).join(' OR ');
  const licenceStated = all.map(({ text }) => text).join('; ');
  return { licence: licence.slice(0, 256), licenceStated: licenceStated.slice(0, 4096) };
}

/** A licence is a string, or an object with a name and an address. The first of them with a known SPDX id decides. */
function licenceText(licence: unknown): { readonly text: string; readonly spdx: string } | undefined {
  const { name, url, '@id': id } = plainTerms(objectIn(licence) ?? { name: licence });
  const stated = [name, url, id].flatMap((value) => statedIn(value) ?? []);
  const [text] = stated;
  if (text === undefined) return undefined;
  const known = stated.map(spdxOf).find((spdx, index) => spdx !== stated[index]?.slice(0, 256));
  return { text, spdx: known ?? spdxOf(text) };
}

/** The sources in the W3C PROV term `wasDerivedFrom`. */
function derivedFrom(value: unknown): SnapshotSource[] {
  return (listIn(value) ?? (value === undefined ? [] : [value])).flatMap((entity): SnapshotSource[] => {
    const members = objectIn(entity) ?? {};
    const location = textIn(members['prov:atLocation']) ?? textIn(members['url']);
    const id = textIn(entity) ?? textIn(members['@id']);
    const ref = (location ?? id)?.slice(0, 2048);
    if (ref === undefined) return [];
    const name = (textIn(members['prov:label']) ?? textIn(members['name']) ?? id)?.slice(0, 512);
    const kind = /^[a-z][a-z0-9+.-]*:\/\//i.test(ref) ? 'uri' : 'name';
    return [{ kind, ref, ...(name !== undefined && { name }), multiplicity: 1 }];
  });
}

/** Every file is also a fact, so the configuration lists only the first ones. */
const MAX_SHOWN = 1000;

function configOf(description: JsonObject): Record<string, unknown> {
  const others = Object.entries(description).filter(([key]) => !MAPPED_MEMBERS.has(key));
  const entries = distributionOf(description);
  const recordSets = listIn(description['recordSet']) ?? [];
  return {
    ...omitNullish(Object.fromEntries(others.slice(0, 400))),
    distribution: entries.slice(0, MAX_SHOWN).map(shownEntry),
    ...(entries.length > MAX_SHOWN && { distributionEntries: entries.length }),
    recordSet: recordSets.slice(0, MAX_SHOWN).map(shownRecordSet),
  };
}

function shownRecordSet(value: unknown): JsonObject {
  const members = objectIn(value) ?? {};
  const fields = (listIn(members['field']) ?? []).flatMap((field) => {
    const { name, '@id': id, dataType } = objectIn(field) ?? {};
    return [omitNullish({ id, name, dataType })];
  });
  return omitNullish({ id: members['@id'], name: members['name'], key: members['key'], fields });
}
