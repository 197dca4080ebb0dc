import type { SourceFile } from '../files/folder.ts';
import { withMostCompanions } from '../files/most-companions.ts';
import { contentId, counted, foldersOfDataset } from '../facts/shard-list.ts';
import { looseCountIn } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { sliceName } from '../facts/slice-names.ts';
import { truncate } from '../facts/text.ts';

/** The lines of a metadata file: `tokenizer|bytes per token`, the number of tokens, and that number abbreviated. */
type TokenMetadata = {
  readonly tokenizer: string | undefined;
  readonly tokenBytes: number | undefined;
  readonly tokens: number;
};

/** Parses the metadata of a `.ds` file; undefined if the text is something else. */
function tokenMetadataIn(text: string): TokenMetadata | undefined {
  const [names = '', number = '', abbreviation] = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  const tokens = /^\d+$/.test(number.trim()) ? looseCountIn(number.trim()) : undefined;
  if (tokens === undefined || abbreviation === undefined || text.length > 4096) return undefined;
  const [, tokenizer = names, size] = /^(.*)\|(\d+)$/.exec(names.trim()) ?? [];
  return { tokenizer: tokenizer.trim() || undefined, tokenBytes: looseCountIn(size), tokens };
}

export const isTokenMetadata = async (file: SourceFile): Promise<boolean> =>
  file.name.endsWith('.ds.metadata') && tokenMetadataIn(await file.headText()) !== undefined;

/** The number of tokens is measured where the index, which counts them by document, ends at it. */
const countedTokens = (tokens: number, last: number | undefined) =>
  counted('tokens', tokens, last === tokens ? 'measured' : 'reported');

const uriOf = (file: SourceFile): string =>
  [...foldersOfDataset(file, 'tokens'), file.name.replace(/\.metadata$/, '')].join('/');

/** The metadata files without those of which a copy has more of the tokens and their index beside it. */
export function withTokens(
  metadata: readonly SourceFile[],
  files: readonly SourceFile[],
): Promise<SourceFile[]> {
  const paths = new Set(files.map(({ path }) => path));
  return withMostCompanions(metadata, {
    about: async (file) => `${uriOf(file)} ${await file.sha256()}`,
    companions: ({ path }) => {
      const stem = path.replace(/\.metadata$/, '');
      return [stem, `${stem}.index`].filter((companion) => paths.has(companion)).length;
    },
  });
}

/** Adds a shard of tokens. Its index file has the end of each document, counted in tokens. */
export async function readTokenFile(
  file: SourceFile,
  byPath: ReadonlyMap<string, SourceFile>,
  collector: FactCollector,
): Promise<void> {
  const metadata = tokenMetadataIn(await file.headText());
  if (!metadata)
    return collector.findings.reject(
      file.path,
      '',
      'the metadata file does not have three lines: tokenizer, number of tokens, abbreviated number',
    );
  const stem = file.path.replace(/\.metadata$/, '');
  const uri = uriOf(file);
  const data = byPath.get(stem);
  const ends = await endsIn(byPath.get(`${stem}.index`));
  reportMismatches(uri, metadata, { bytes: data?.bytes, last: ends?.last }, collector);
  const sha256 = await file.sha256();
  const shardId = contentId(uri, (await data?.sha256()) ?? sha256);
  collector.add({ sha256, pointer: 'line:2' }, JSON.stringify([shardId, ends]), {
    type: 'corpus.shard.registered',
    data: {
      shardId,
      uri: truncate(uri, 2048),
      slice: sliceName(foldersOfDataset(file, 'tokens')[0] ?? ''),
      split: 'unknown',
      ...(data && { digest: { algorithm: 'sha256', value: await data.sha256() } }),
      ...counted('bytes', data?.bytes, 'measured'),
      ...counted('documents', ends?.documents, 'measured'),
      ...countedTokens(metadata.tokens, ends?.last),
      ...(metadata.tokenizer !== undefined && { tokenizer: truncate(metadata.tokenizer, 256) }),
    },
  });
}

type TokenFileSizes = { readonly bytes: number | undefined; readonly last: number | undefined };

function reportMismatches(
  uri: string,
  metadata: TokenMetadata,
  { bytes, last }: TokenFileSizes,
  { findings }: FactCollector,
): void {
  const { tokens, tokenBytes } = metadata;
  if (bytes !== undefined && tokenBytes !== undefined && bytes !== tokens * tokenBytes) {
    const example = `${uri}: the metadata state ${tokens} tokens of ${tokenBytes} bytes, the file has ${bytes} bytes`;
    findings.warn('tokens_do_not_fit_bytes', example);
  }
  if (last !== undefined && last !== tokens) {
    findings.warn(
      'tokens_do_not_fit_index',
      `${uri}: the metadata state ${tokens} tokens, the index ends at ${last}`,
    );
  }
}

async function endsIn(
  index: SourceFile | undefined,
): Promise<{ documents: number; last: number } | undefined> {
  if (!index) return undefined;
  const bytes = await index.read();
  const documents = Math.floor(bytes.length / 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { documents, last: documents === 0 ? 0 : Number(view.getBigUint64((documents - 1) * 8, true)) };
}
