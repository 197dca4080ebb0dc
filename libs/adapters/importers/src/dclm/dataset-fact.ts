import type { FactCatalogue } from '@tributary/contracts';
import { sha256Of } from '../facts/text.ts';
import type { Findings } from '../facts/findings.ts';
import { countIn, omitNullish, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { boundedConfig } from '../facts/config.ts';
import { creationDate, datasetId } from './dclm-record.ts';
import type { DclmRecord } from './dclm-record.ts';
import { sourcesIn } from './sources.ts';

type Snapshot = FactCatalogue['corpus.snapshot.registered'];

/** Members that have their own field in the fact. Of the diff only the digest is kept. */
const MAPPED_MEMBERS = new Set([
  'uuid',
  'name',
  'creation_date',
  'sources',
  'tokenizer',
  'dcnlp_commit_hash',
  'dcnlp_diff',
]);

export function datasetFact(record: DclmRecord, findings: Findings): Snapshot {
  const { members, uuid, redacted } = record;
  const name = textIn(members['name'])?.slice(0, 512);
  const uri = textIn(members['dataset_url'])?.slice(0, 2048);
  const sources = sourcesIn(members['sources']);
  const tokenizer = textIn(members['tokenizer'])?.slice(0, 256);
  const bytes = declared(members['size']);
  const tokens = declared(members['num_tokens']);
  const code = codeOf(record);
  const config = boundedConfig(omitNullish(configOf(members)));
  reportRecord(record, sources, findings);
  return {
    snapshotId: datasetId(uuid),
    ...(name !== undefined && { name }),
    ...(uri !== undefined && { uri }),
    ...createdOf(members),
    ...(bytes && { bytes }),
    ...(tokens && { tokens }),
    ...(tokenizer !== undefined && { tokenizer }),
    ...(sources && { sources }),
    ...(code && { code }),
    config,
    ...(redacted && { redacted }),
  };
}

const configOf = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([key]) => !MAPPED_MEMBERS.has(key)));

function createdOf(members: JsonObject) {
  const date = creationDate(members['creation_date']);
  if (!date) return {};
  const createdAtZone = date.time === undefined ? ('unknown' as const) : ('utc' as const);
  return { createdAt: date.text, createdAtZone };
}

/** A size such as "26 TB" is not an exact number of bytes and stays in the configuration. */
function declared(value: unknown) {
  const count = countIn(value);
  return count === undefined ? undefined : { value: count, method: 'declared' as const };
}

function codeOf({ members, diff }: DclmRecord): Snapshot['code'] | undefined {
  const revision = textIn(members['dcnlp_commit_hash'])?.slice(0, 256);
  if (revision === undefined && diff === undefined) return undefined;
  return {
    ...(revision !== undefined && { revision }),
    ...(diff !== undefined && { digest: sha256Of(diff) }),
  };
}

function reportRecord(record: DclmRecord, sources: Snapshot['sources'], findings: Findings): void {
  const { members, file, diff, redacted } = record;
  if (!sources) findings.warn('sources_absent', `${file.path}: the record states no sources`);
  if (diff !== undefined)
    findings.warn('embedded_diff', `${file.path}: only the SHA-256 of the embedded diff was imported`);
  if (redacted)
    findings.warn('secret_redacted', `${file.path}: a secret in the file was redacted in the fact`);
  if (typeof members['size'] === 'string') {
    findings.warn('size_is_text', `${file.path}: the size "${members['size'].slice(0, 40)}" is kept as text`);
  }
}
