/** Which column of a manifest says what. */
export type ManifestColumns = Readonly<Partial<Record<Meaning, string>>> & { readonly uri: string };
type Meaning = keyof typeof NAMES;

const NAMES = {
  uri: ['shard_uri', 'uri', 'shard', 'shard_path'],
  sha256: ['sha256'],
  bytes: ['bytes', 'size_bytes'],
  documents: ['docs', 'documents', 'num_docs'],
  tokens: ['tokens', 'num_tokens'],
  tokenizer: ['tokenizer'],
  source: ['source', 'slice'],
  licence: ['licence', 'license'],
  split: ['split'],
  attributes: ['attrs', 'attributes'],
} as const;

/** Undefined where the columns are not those of a manifest: an address, and something that is counted or hashed. */
export function manifestColumns(columns: readonly string[]): ManifestColumns | undefined {
  const find = (names: readonly string[]) =>
    columns.find((column) => names.includes(column.trim().toLowerCase()));
  const uri = find(NAMES.uri);
  const entries = Object.entries(NAMES).flatMap(([meaning, names]) => {
    const column = find(names);
    return column === undefined ? [] : [[meaning, column] as const];
  });
  const found: Partial<Record<string, string>> = Object.fromEntries(entries);
  const facts = ['sha256', 'bytes', 'documents', 'tokens'].filter((meaning) => found[meaning] !== undefined);
  const sure = uri?.toLowerCase() === 'shard_uri' ? facts.length >= 1 : facts.length >= 2;
  return uri !== undefined && sure ? { ...found, uri } : undefined;
}
