import { groupBy } from '@tributary/kernel';
import { filterFiles } from '../files/folder.ts';
import type { Folder, SourceFile } from '../files/folder.ts';
import { withMostCompanions } from '../files/most-companions.ts';
import { isParquet, parquetRowCount } from '../files/parquet-table.ts';
import type { Imported, Importer, ImportRequest } from '../importer.ts';
import { contentId, counted, splitNamed } from '../facts/shard-list.ts';
import { isTemplate } from '../facts/templates.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { sliceName } from '../facts/slice-names.ts';
import { argumentsIn } from './argument-file.ts';
import type { DataArguments } from './blend.ts';
import { isCacheFile } from './cache.ts';
import { indexedDatasetIn, isIndexedDataset } from './indexed-dataset.ts';
import type { IndexedDataset } from './indexed-dataset.ts';
import { corporaByPath } from './indexed-corpora.ts';
import type { FindCorpus, IndexedCorpus } from './indexed-corpora.ts';
import { corpusName, readBlends } from './read-blends.ts';
import { readCache } from './read-cache.ts';
import { planRun, runConfigIn } from './run-configs/run-config.ts';
import type { RunConfig } from './run-configs/run-config.ts';
import { truncate } from '../facts/text.ts';

const NAME = { kind: 'megatron-data', version: '1.1' };

/** The end of the name of a file beside an index that says where each document was read. */
const ROWS = '.meta.parquet';

/**
 * Data of Megatron-LM: `.idx` and `.bin` files, the blend of a command line, and the cache that determines which
 * documents each step reads.
 */
export const megatronData: Importer = {
  ...NAME,
  looksFor:
    'Megatron .idx files, --data-path blends, or a cache of *-dataset_index.npy with a description.txt; configurations of gpt-neox and NeMo',
  looksAt: 'scripts',
  async detect(folder) {
    const { indexes, bins, rows, cache, args, configs } = await classifyFiles(folder);
    const plans = [...configs].filter(([file]) => !args.has(file));
    const evidence = [
      ...[...indexes.keys()].map(({ path }) => `${path} starts with MMIDIDX`),
      ...(cache.length > 0 ? [`${cache.length} files have the names of a Megatron dataset cache`] : []),
      ...[...args.keys()].map(({ path }) => `${path} names data with --data-path or lists them with weights`),
      ...plans.map(([{ path }, { run }]) => `${path} is a configuration of ${run.program}`),
    ];
    const files = [
      ...indexes.keys(),
      ...bins,
      ...rows,
      ...cache,
      ...args.keys(),
      ...plans.map(([file]) => file),
    ];
    const certain = indexes.size > 0 || cache.length > 0;
    return files.length === 0 ? [] : [{ files, confidence: certain ? 0.97 : 0.8, evidence }];
  },
  read,
};

type ClassifiedFiles = {
  readonly indexes: ReadonlyMap<SourceFile, string>;
  readonly bins: readonly SourceFile[];
  /** Parquet files with the source row of each document of an index. */
  readonly rows: readonly SourceFile[];
  readonly cache: readonly SourceFile[];
  readonly args: ReadonlyMap<SourceFile, DataArguments>;
  readonly configs: ReadonlyMap<SourceFile, RunConfig>;
};

async function classifyFiles({ files }: Folder): Promise<ClassifiedFiles> {
  const indexes = new Map<SourceFile, string>();
  const args = new Map<SourceFile, DataArguments>();
  const configs = new Map<SourceFile, RunConfig>();
  const cache: SourceFile[] = [];
  for (const file of files) {
    if (isCacheFile(file)) cache.push(file);
    else if (isIndexedDataset(await file.head())) indexes.set(file, file.path.replace(/\.idx$/, ''));
    else {
      const dataArguments = await argumentsIn(file);
      if (dataArguments) args.set(file, dataArguments);
      const config = await runConfigIn(file);
      if (config) configs.set(file, config);
    }
  }
  const prefixes = new Set(indexes.values());
  const bins = files.filter(({ path }) => path.endsWith('.bin') && prefixes.has(path.slice(0, -4)));
  const rows = await filterFiles(
    files.filter(({ path }) => path.endsWith(ROWS) && prefixes.has(path.slice(0, -ROWS.length))),
    isParquet,
  );
  return { indexes, bins, rows, cache, args, configs };
}

async function read(folder: Folder, request: ImportRequest): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const { indexes, bins, rows, cache, args, configs } = await classifyFiles(folder);
  const corpora: IndexedCorpus[] = [];
  const byPath = new Map([...bins, ...rows].map((file) => [file.path, file]));
  const withBins = new Set(
    await withMostCompanions([...indexes.keys()], {
      about: async (file) => contentId(nameOf(file), await file.sha256()),
      companions: (file) => (byPath.has(`${indexes.get(file)}.bin`) ? 1 : 0),
    }),
  );
  for (const [file, prefix] of indexes) {
    const bin = byPath.get(`${prefix}.bin`);
    const shard = await readIndex(file, collector);
    if (shard && withBins.has(file)) addShard({ file, bin, ...shard }, collector);
    const sidecar = byPath.get(`${prefix}${ROWS}`);
    if (shard) corpora.push({ prefix, ...shard.corpus, ...(await rowsOf(sidecar, shard.index, collector)) });
  }
  const findCorpus = corporaByPath(corpora);
  for (const file of new Set([...args.keys(), ...configs.keys()]))
    await readNamed(file, { args: args.get(file), config: configs.get(file) }, { collector, findCorpus });
  const caches = await cachesIn(cache);
  for (const files of caches)
    await readCache(files, {
      collector,
      folder: (files[0]?.folder ?? '') || folder.name,
      name: request.name,
      isOnly: caches.length === 1,
      args,
      findCorpus,
    });
  return collector.finish();
}

type Named = { readonly args: DataArguments | undefined; readonly config: RunConfig | undefined };

/** Adds the mixtures that a file names, and the run of a whole configuration. A template is only named in the report. */
async function readNamed(
  file: SourceFile,
  { args, config }: Named,
  context: { readonly collector: FactCollector; readonly findCorpus: FindCorpus },
): Promise<void> {
  const { collector } = context;
  if (config && isTemplate(file, config.run.config, collector)) return;
  const data = args ? await readBlends(args, { ...context, file, isList: args.isList === true }) : {};
  if (config) await planRun(file, config, data, collector);
}

/** The files of each cache, which is a folder. A copy is no other cache. */
async function cachesIn(files: readonly SourceFile[]): Promise<(readonly SourceFile[])[]> {
  const byContent = new Map<string, readonly SourceFile[]>();
  for (const own of groupBy(files, (file) => file.folder).values()) {
    const parts = await Promise.all(own.map(async (file) => `${file.name} ${await file.sha256()}`));
    const content = parts.toSorted().join('\n');
    byContent.set(content, byContent.get(content) ?? own);
  }
  return [...byContent.values()];
}

/** The digest of the source rows of an index. The order numbers sequences, and rows are of documents: both must be the same. */
async function rowsOf(
  sidecar: SourceFile | undefined,
  { sequences, documents }: IndexedDataset,
  { findings }: FactCollector,
): Promise<Pick<IndexedCorpus, 'rows'>> {
  if (!sidecar) return {};
  const rows = await parquetRowCount(sidecar);
  if (rows === sequences && rows === documents) return { rows: await sidecar.sha256() };
  const counted = typeof rows === 'string' ? rows : `it has ${rows} rows`;
  findings.warn(
    'rows_do_not_fit_index',
    `${sidecar.path}: ${counted}, its index has ${sequences} sequences and ${documents} documents; no source rows are known`,
  );
  return {};
}

const splitOf = ({ folders }: SourceFile) => splitNamed(folders.at(-1) ?? '');

const stemIn = ({ name }: SourceFile): string => name.replace(/\.idx$/, '');

/** The name of a corpus: that of its index, with its folder where that is a split. */
const nameOf = (file: SourceFile): string =>
  splitOf(file) === 'unknown' ? stemIn(file) : `${file.folders.at(-1)}/${stemIn(file)}`;

async function readIndex(file: SourceFile, { findings }: FactCollector) {
  const index = indexedDatasetIn(await file.read());
  if (typeof index === 'string') return findings.reject(file.path, '', index);
  if (index.multimodal) {
    const example = `${file.path}: ${index.otherItems} items that are not text are not counted as tokens`;
    findings.warn('multimodal', example);
  }
  const sha256 = await file.sha256();
  return { index, corpus: { shardId: contentId(nameOf(file), sha256), tokens: index.tokens, index: sha256 } };
}

type ReadShard = {
  readonly file: SourceFile;
  readonly bin: SourceFile | undefined;
  readonly index: IndexedDataset;
  readonly corpus: { readonly shardId: string; readonly index: string };
};

function addShard({ file, bin, index, corpus }: ReadShard, collector: FactCollector): void {
  const { shardId, index: sha256 } = corpus;
  if (bin && bin.bytes !== index.binBytes) {
    const example = `${bin.path} has ${bin.bytes} bytes, its index states ${index.binBytes}`;
    collector.findings.warn('bin_does_not_fit_index', example);
  }
  const bytes = bin ? counted('bytes', bin.bytes, 'measured') : counted('bytes', index.binBytes, 'inferred');
  collector.add({ sha256, pointer: '' }, `${shardId}|${bin?.bytes ?? ''}`, {
    type: 'corpus.shard.registered',
    data: {
      shardId,
      uri: truncate(`${nameOf(file)}.bin`, 2048),
      slice: sliceName(corpusName(stemIn(file))),
      split: splitOf(file),
      ...bytes,
      ...counted('documents', index.documents, 'measured'),
      ...counted('tokens', index.tokens, 'measured'),
    },
  });
}
