import type { FactCatalogue } from '@tributary/contracts';
import type { SourceFile } from '../folder.ts';
import { listIn, objectIn, stated, textIn } from '../json-members.ts';
import type { JsonObject } from '../json-members.ts';
import { redactSecrets } from '../secret-scan.ts';
import { distributionOf, shownEntry } from './distribution.ts';
import { spdxOf } from './licence.ts';

type Snapshot = FactCatalogue['corpus.snapshot.registered'];
type Source = NonNullable<Snapshot['sources']>[number];

const CROISSANT = /mlcommons\.org\/croissant/;

/** Members that have a place of their own in the fact, and the context, which says nothing of the dataset. */
const PLACED = new Set([
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

/** The description in a file: an object, or a list of one. */
export async function descriptionIn(file: SourceFile): Promise<JsonObject | undefined> {
  const json = await file.json();
  const list = listIn(json);
  const description = objectIn(list?.length === 1 ? list[0] : json);
  return description && isCroissant(description) ? description : undefined;
}

function isCroissant(description: JsonObject): boolean {
  const type = JSON.stringify(description['@type'] ?? '');
  if (!/Dataset"/.test(type)) return false;
  const conforms = JSON.stringify(description['conformsTo'] ?? description['dct:conformsTo'] ?? '');
  return CROISSANT.test(conforms) || CROISSANT.test(JSON.stringify(description['@context'] ?? ''));
}

/** Names a dataset by its address, else its name, and its version. */
function snapshotIdOf(description: JsonObject): string {
  const named =
    textIn(description['url']) ?? textIn(description['@id']) ?? textIn(description['name']) ?? 'unnamed';
  const version = versionOf(description);
  return `urn:croissant:${named.slice(0, 400)}${version === undefined ? '' : `@${version.slice(0, 64)}`}`;
}

const versionOf = ({ version }: JsonObject): string | undefined =>
  typeof version === 'number' ? String(version) : textIn(version)?.slice(0, 256);

export function snapshotOf(raw: JsonObject): Snapshot {
  const { value: description, found } = redactSecrets(raw);
  const sources = derivedFrom(description['prov:wasDerivedFrom']);
  return {
    snapshotId: snapshotIdOf(description),
    ...texts(description),
    ...licenceOf(description),
    ...(sources.length > 0 && { sources }),
    config: configOf(description),
    ...(found.length > 0 && { redacted: true }),
  };
}

function texts(description: JsonObject) {
  const name = textIn(description['name'])?.slice(0, 512);
  const version = versionOf(description);
  const text = textIn(description['description'])?.slice(0, 16_384);
  const uri = textIn(description['url'])?.slice(0, 2048);
  const createdAt = textIn(description['datePublished'])?.slice(0, 64);
  return {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(text !== undefined && { description: text }),
    ...(uri !== undefined && { uri }),
    ...(createdAt !== undefined && { createdAt, createdAtZone: zoneOf(createdAt) }),
  };
}

const zoneOf = (date: string): 'utc' | 'unknown' => (date.endsWith('Z') ? 'utc' : 'unknown');

/** A licence that nobody states is absent, which is not the same as one stated to be unknown. */
function licenceOf(description: JsonObject) {
  const value = description['license'] ?? description['sc:license'];
  const all = (listIn(value) ?? [value]).flatMap((licence) => licenceText(licence) ?? []);
  if (all.length === 0) return {};
  const licence = all.map(spdxOf).join(' OR ').slice(0, 256);
  return { licence, licenceStated: all.join('; ').slice(0, 4096) };
}

function licenceText(licence: unknown): string | undefined {
  const work = objectIn(licence);
  return work ? (textIn(work['name']) ?? textIn(work['url']) ?? textIn(work['@id'])) : textIn(licence);
}

/** What the W3C PROV terms of a description say that it was made from. */
function derivedFrom(value: unknown): Source[] {
  return (listIn(value) ?? (value === undefined ? [] : [value])).flatMap((entity): Source[] => {
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

function configOf(description: JsonObject): Record<string, unknown> {
  const others = Object.entries(description).filter(([key]) => !PLACED.has(key));
  const entries = distributionOf(description);
  const recordSets = listIn(description['recordSet']) ?? [];
  return {
    ...stated(Object.fromEntries(others.slice(0, 400))),
    distribution: entries.map(shownEntry),
    recordSet: recordSets.map(shownRecordSet),
  };
}

function shownRecordSet(value: unknown): JsonObject {
  const members = objectIn(value) ?? {};
  const fields = (listIn(members['field']) ?? []).flatMap((field) => {
    const { name, '@id': id, dataType } = objectIn(field) ?? {};
    return [stated({ id, name, dataType })];
  });
  return stated({ id: members['@id'], name: members['name'], key: members['key'], fields });
}
