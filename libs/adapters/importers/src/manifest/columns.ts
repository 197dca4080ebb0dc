import { valueIn } from '@tributary/kernel';
/** The columns of a manifest by their meaning. */
export type ManifestColumns = Readonly<Partial<Record<ColumnMeaning, string>>> & { readonly uri: string };
type ColumnMeaning = keyof typeof NAMES;

const NAMES = {
  uri: [
    'shard_uri',
    'uri',
    'shard',
    'shard_path',
    'shard_name',
    'path',
    'file',
    'filename',
    'file_path',
    'url',
  ],
  sha256: ['sha256', 'checksum_sha256'],
  md5: ['md5', 'md5sum'],
  bytes: ['bytes', 'size_bytes', 'num_bytes', 'nbytes', 'filesize', 'file_size'],
  documents: [
    'docs',
    'documents',
    'num_docs',
    'num_documents',
    'n_docs',
    'nsamples',
    'num_samples',
    'num_rows',
  ],
  tokens: ['tokens', 'num_tokens', 'n_tokens', 'token_count'],
  sequences: ['num_sequences', 'num_chunks'],
  tokenizer: ['tokenizer'],
  source: ['source', 'slice', 'subset', 'domain'],
  licence: ['licence', 'license'],
  split: ['split'],
  attributes: ['attrs', 'attributes'],
} as const;

const MEASURES = ['sha256', 'md5', 'bytes', 'documents', 'tokens', 'sequences'];

/** Undefined if the columns are not those of a manifest, which has an address and a count, size or hash. */
export function manifestColumns(columns: readonly string[]): ManifestColumns | undefined {
  const find = (names: readonly string[]) =>
    columns.find((column) => names.includes(column.trim().toLowerCase()));
  const uri = find(NAMES.uri);
  const entries = Object.entries(NAMES).flatMap(([meaning, names]) => {
    const column = find(names);
    return column === undefined ? [] : [[meaning, column] as const];
  });
  const found: Partial<Record<string, string>> = Object.fromEntries(entries);
  const facts = MEASURES.filter((meaning) => valueIn(found, meaning) !== undefined);
  if (uri === undefined || facts.length === 0) return undefined;
  const isShard = uri.toLowerCase() === 'shard_uri' || facts.includes('sequences');
  const sized = facts.some((fact) => fact !== 'documents' && fact !== 'tokens');
  return isShard || (facts.length > 1 && sized) ? { ...found, uri } : undefined;
}
