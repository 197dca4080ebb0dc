import { contentDigest, truncateName } from '../facts/text.ts';
import type { SourceFile } from '../files/folder.ts';
import { objectIn, textIn, isTooDeep } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { redactSecrets } from '@tributary/kernel';

/** A record of the store. Secrets in `members` are redacted; `redacted` says whether there were any. */
export type DclmRecord = {
  readonly file: SourceFile;
  readonly sha256: string;
  readonly kind: DclmKind;
  readonly uuid: string;
  readonly members: JsonObject;
  /** The embedded diff as in the file. It must never be stored. */
  readonly diff: string | undefined;
  readonly redacted: boolean;
  /** Digest of what the record says, whatever the order of its members. */
  readonly content: string;
};

export type DclmKind = 'dataset' | 'model' | 'eval';

const DATASET_MEMBERS = [
  'sources',
  'tokenized',
  'num_tokens',
  'dataset_url',
  'manifest_url',
  'dcnlp_commit_hash',
  'dcnlp_diff',
  'sampling_yaml',
];

/** The kind of record in a file, recognised by its members; undefined if it is not a record of a DCLM store. */
export async function dclmKind(file: SourceFile): Promise<DclmKind | undefined> {
  const members = objectIn(await file.json());
  return members && kindOf(members);
}

function kindOf(members: JsonObject): DclmKind | undefined {
  if (typeof members['uuid'] !== 'string') return undefined;
  const has = (member: string) => Object.hasOwn(members, member);
  if (objectIn(members['eval_metrics']) && (has('model') || has('model_uuid'))) return 'eval';
  if (objectIn(members['hyperparameters']) && (has('dataset_uuid') || has('dataset_name'))) return 'model';
  if (!has('name') || has('model_uuid') || has('dataset_uuid')) return undefined;
  return DATASET_MEMBERS.filter(has).length >= 3 ? 'dataset' : undefined;
}

/** Replaces members that nest too deep for a recursive walk by a note. */
const withoutDeep = (members: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(members).map(([key, value]) => [
      key,
      isTooDeep(value) ? 'left out: nested too deep' : value,
    ]),
  );

/** Whether a file looks like a record but is not valid JSON. */
export async function isBrokenRecord(file: SourceFile): Promise<boolean> {
  const head = await file.headText();
  if (!/^\uFEFF?\s*\{/.test(head) || !/"uuid"/.test(head)) return false;
  const named = [...DATASET_MEMBERS, 'eval_metrics', 'hyperparameters', 'dataset_uuid', 'model_uuid'];
  return named.some((member) => head.includes(`"${member}"`)) && (await file.json()) === undefined;
}

/** Reads a record. A record with an empty UUID gets an id from its bytes. Undefined if the file is not a record. */
export async function dclmRecord(file: SourceFile): Promise<DclmRecord | undefined> {
  const members = objectIn(await file.json());
  const kind = members && kindOf(members);
  if (!members || !kind) return undefined;
  const { value, found } = redactSecrets(withoutDeep(members));
  const sha256 = await file.sha256();
  const uuid = textIn(members['uuid']) ?? `sha256-${sha256}`;
  const stated = members['dcnlp_diff'];
  const diff = typeof stated === 'string' && stated.trim() !== '' ? stated : undefined;
  const content = contentDigest(withoutDeep(members));
  return { file, sha256, kind, uuid, members: value, diff, redacted: found.length > 0, content };
}

/** Ids are made of UUIDs, because names are not unique in a DCLM store. */
const idOf =
  (entity: string) =>
  (uuid: string): string =>
    truncateName(`urn:dclm:${entity}:${uuid}`, 256);

export const datasetId = idOf('dataset');
export const modelId = idOf('model');
export const evaluationId = idOf('eval');

/** The target for every model with an empty `dataset_uuid`. The store does not identify these datasets. */
export const DATASET_WITHOUT_UUID = datasetId('uuid_missing');

/** The source of every dataset whose source is the empty string. */
export const SOURCE_WITHOUT_NAME = 'urn:dclm:source:unnamed';

const KNOWN = /^\d{4}[-_]\d{1,2}[-_]\d{1,2}[-_ T]\d{1,2}[:_]\d{1,2}[:_]\d{1,2}(\.\d+)?$/;
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

export type CreationDate = {
  /** The date as the store writes it. */
  readonly text: string;
  /** RFC 3339 in UTC; only if the store states the time zone. */
  readonly time?: string;
  readonly readable: boolean;
};

/**
 * Parses a date such as `2024_05_06-22_26_34` or `2023-11-29 20:06:41`, sometimes with a one-digit hour. Without a time
 * zone it does not become a time.
 */
export function creationDate(value: unknown): CreationDate | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const text = value.trim().slice(0, 64);
  const instant = ZONED.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return { text, time: new Date(instant).toISOString(), readable: true };
  return { text, readable: KNOWN.test(text) };
}
