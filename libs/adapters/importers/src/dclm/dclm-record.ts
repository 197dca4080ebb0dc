import type { SourceFile } from '../folder.ts';
import { objectIn, textIn } from '../json-members.ts';
import type { JsonObject } from '../json-members.ts';
import { isTooDeep } from '../run-history/json-object.ts';
import { redactSecrets } from '../secret-scan.ts';

/** A record of the store. `members` are free of secrets, `redacted` says whether one was taken out. */
export type DclmRecord = {
  readonly file: SourceFile;
  readonly sha256: string;
  readonly kind: DclmKind;
  readonly uuid: string;
  readonly members: JsonObject;
  /** The embedded diff as it is in the file; never to be stored. */
  readonly diff: string | undefined;
  readonly redacted: boolean;
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

/** What a file holds, told by its members; undefined where it is no record of such a store. */
export async function dclmKind(file: SourceFile): Promise<DclmKind | undefined> {
  const members = objectIn(await file.json());
  return members && kindOf(members);
}

function kindOf(members: JsonObject): DclmKind | undefined {
  if (typeof members['uuid'] !== 'string') return undefined;
  const has = (member: string) => member in members;
  if (objectIn(members['eval_metrics']) && (has('model') || has('model_uuid'))) return 'eval';
  if (objectIn(members['hyperparameters']) && (has('dataset_uuid') || has('dataset_name'))) return 'model';
  if (!has('name') || has('model_uuid') || has('dataset_uuid')) return undefined;
  return DATASET_MEMBERS.filter(has).length >= 3 ? 'dataset' : undefined;
}

/** A member that nothing should walk through is kept as a word about it. */
const withoutDeep = (members: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(members).map(([key, value]) => [
      key,
      isTooDeep(value) ? 'left out: nested too deep' : value,
    ]),
  );

/** Whether a file that is no JSON begins as a record does. */
export async function isBrokenRecord(file: SourceFile): Promise<boolean> {
  const head = await file.headText();
  if (!/^\uFEFF?\s*\{/.test(head) || !/"uuid"/.test(head)) return false;
  const named = [...DATASET_MEMBERS, 'eval_metrics', 'hyperparameters', 'dataset_uuid', 'model_uuid'];
  return named.some((member) => head.includes(`"${member}"`)) && (await file.json()) === undefined;
}

/** Reads a file that `dclmKind` knows. A record without a UUID gets one from its bytes. */
export async function dclmRecord(file: SourceFile): Promise<DclmRecord | undefined> {
  const members = objectIn(await file.json());
  const kind = members && kindOf(members);
  if (!members || !kind) return undefined;
  const { value, found } = redactSecrets(withoutDeep(members));
  const sha256 = await file.sha256();
  const uuid = textIn(members['uuid']) ?? `sha256-${sha256}`;
  const stated = members['dcnlp_diff'];
  const diff = typeof stated === 'string' && stated.trim() !== '' ? stated : undefined;
  return { file, sha256, kind, uuid, members: value, diff, redacted: found.length > 0 };
}
