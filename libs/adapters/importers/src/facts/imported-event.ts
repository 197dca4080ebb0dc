import { createHash } from 'node:crypto';
import { madeSchemaOf } from '@tributary/contracts';
import type { FactCatalogue, FactType } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';

/**
 * Where a fact was read: the SHA-256 of the file, and a location in it such as the JSON pointer `/log_history/3`,
 * `line:12`, `lines:12-40`, `record:7` or `bytes:34-98`.
 */
export type Origin = { readonly sha256: string; readonly pointer: string };

export type ImportedEvent = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: FactType;
  readonly time?: string;
  readonly datacontenttype: 'application/json';
  readonly dataschema: string;
  /** CloudEvents extensions: the origin of the fact. */
  readonly importedsha256: string;
  readonly importedpointer: string;
  readonly data: FactCatalogue[FactType];
};

/**
 * Kind and version of the importer. Both are part of every event id, so a newer version can produce different facts.
 */
export type ImporterName = { readonly kind: string; readonly version: string };

export type NewFact<Type extends FactType = FactType> = {
  readonly [T in Type]: { readonly type: T; readonly data: FactCatalogue[T] };
}[Type];

/**
 * `entity` names the subject of the fact, so that one location can yield several facts. `time` is when it happened, if
 * the file says so.
 */
export function importedEvent(
  importer: ImporterName,
  origin: Origin,
  entity: string,
  fact: NewFact & { readonly time?: string },
): ImportedEvent {
  const identity = [importer.kind, importer.version, origin.sha256, origin.pointer, fact.type, entity];
  return {
    specversion: '1.0',
    id: uuidOf(canonicalJson(identity)),
    source: `urn:tributary:importer:${importer.kind}`,
    type: fact.type,
    ...(fact.time === undefined ? {} : { time: fact.time }),
    datacontenttype: 'application/json',
    dataschema: madeSchemaOf(fact.type),
    importedsha256: origin.sha256,
    importedpointer: origin.pointer,
    data: fact.data,
  };
}

/** UUID version 8 (RFC 9562, section 5.8) over SHA-256. */
function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
