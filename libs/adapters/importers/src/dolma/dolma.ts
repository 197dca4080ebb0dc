import { filterFiles } from '../files/folder.ts';
import type { SourceFile } from '../files/folder.ts';
import { withMostCompanions } from '../files/most-companions.ts';
import type { FileMatch, Importer } from '../importer.ts';
import { objectIn } from '../files/untyped-values.ts';
import { mayBeYaml, plainYaml, yamlIn } from '../files/plain-yaml.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { readAttributes } from './attribute-file.ts';
import { readDocuments } from './document-file.ts';
import { lineRole } from './json-lines.ts';
import { configKind, readPipeline } from './pipeline-config.ts';
import { isSamplingLog, readSamplingLog } from './sampling-log.ts';
import { isShardTable, readShardTable } from './shard-table.ts';
import { readSampleRates, readShares, sharesIn } from './target-shares.ts';
import { readTokenFile, tokenFileFor, tokenShardId } from './token-file.ts';
import type { FilesByPath } from './token-file.ts';
import { looksLikeTokenRows } from './token-rows.ts';

const NAME = { kind: 'dolma', version: '1.1' };

/**
 * Output of dolma and of the resharding of its corpora: shard tables, configurations, target shares, tokenised files.
 */
export const dolma: Importer = {
  ...NAME,
  looksFor:
    'shard tables (key, size, subset), dolma configurations, target shares, part-*.csv.gz, documents or attributes',
  async detect({ files }) {
    const matches: FileMatch[] = [];
    const byPath = filesByPath(files);
    for (const file of files) {
      const role = await roleOf(file);
      if (!role) continue;
      const npy = role === 'token rows' ? tokenFileFor(file, byPath) : undefined;
      matches.push({
        files: npy ? [file, npy] : [file],
        confidence: CONFIDENCE[role],
        evidence: [`${file.path}: ${role}`],
      });
    }
    return matches;
  },
  async read({ files }) {
    const collector = new FactCollector(NAME);
    const byPath = filesByPath(files);
    const poorer = await tokenRowsKnownBetter(files, byPath);
    for (const file of files)
      if (!poorer.has(file)) await readAs(await roleOf(file), file, byPath, collector);
    return collector.finish();
  },
};

const filesByPath = (files: readonly SourceFile[]): FilesByPath =>
  new Map(files.map((file) => [file.path, file]));

/** Lists of documents whose array is absent, and lies beside a copy of them. */
async function tokenRowsKnownBetter(
  files: readonly SourceFile[],
  byPath: FilesByPath,
): Promise<ReadonlySet<SourceFile>> {
  const rows = await filterFiles(files, async (file) => (await roleOf(file)) === 'token rows');
  const companions = (file: SourceFile) => (tokenFileFor(file, byPath) ? 1 : 0);
  const kept = new Set(await withMostCompanions(rows, { about: tokenShardId, companions }));
  return new Set(rows.filter((file) => !kept.has(file)));
}

const CONFIDENCE = {
  'shard table': 0.97,
  'token rows': 0.9,
  configuration: 0.95,
  'target shares': 0.9,
  'sampling log': 0.9,
  documents: 0.8,
  attributes: 0.85,
} as const;
type FileRole = keyof typeof CONFIDENCE;

async function roleOf(file: SourceFile): Promise<FileRole | undefined> {
  const head = (await file.headText()).replace(/^\uFEFF/, '');
  if (head.includes('\0')) return undefined;
  if (/\.(csv|tsv)(\.gz)?$/i.test(file.path)) return tableRole(head);
  if (isSamplingLog(head)) return 'sampling log';
  const jsonLinesRole = /\.(jsonl|json|ndjson)(\.gz)?$/i.test(file.path) ? lineRole(head) : undefined;
  if (jsonLinesRole) return jsonLinesRole;
  return mayBeYaml(file) ? configRole(file, head) : undefined;
}

function tableRole(head: string): FileRole | undefined {
  const [first = ''] = head.split(/\r?\n/, 1);
  const cells = first.split(/[,\t;]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
  if (isShardTable(cells)) return 'shard table';
  return looksLikeTokenRows(head) ? 'token rows' : undefined;
}

async function configRole(file: SourceFile, head: string): Promise<FileRole | undefined> {
  if (file.name.endsWith('.json') && sharesIn(await file.json())) return 'target shares';
  const hasTypicalKey = /\b(streams|dedupe|bloom_filter|source_prefixes|taggers|tokenizer)\b/.test(head);
  if (!hasTypicalKey) return undefined;
  return configKind(plainYaml(await file.text()).documents[0]) ? 'configuration' : undefined;
}

async function readAs(
  role: FileRole | undefined,
  file: SourceFile,
  byPath: FilesByPath,
  collector: FactCollector,
): Promise<void> {
  switch (role) {
    case 'shard table':
      return readShardTable(file, collector);
    case 'token rows':
      return readTokenFile(file, tokenFileFor(file, byPath), collector);
    case 'sampling log':
      return readSamplingLog(file, collector);
    case 'target shares':
      return readShares(file, sharesIn(await file.json()) ?? [], collector);
    case 'configuration':
      return readConfiguration(file, collector);
    case 'documents':
      return rejectBroken(file, collector, readDocuments(file, collector));
    case 'attributes':
      return rejectBroken(file, collector, readAttributes(file, collector));
    case undefined:
      if (!file.name.endsWith('.npy'))
        collector.findings.reject(file.path, '', 'the file is not recognised as output of dolma');
  }
}

/** Facts of a file follow its last line, so that one whose gzip is broken within has none. */
const rejectBroken = (file: SourceFile, { findings }: FactCollector, read: Promise<void>): Promise<void> =>
  read.catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))) throw error;
    findings.reject(file.path, '', `its gzip is broken (${error.message}); nothing of it was read`);
  });

async function readConfiguration(file: SourceFile, collector: FactCollector): Promise<void> {
  const root = objectIn(await yamlIn(file, collector.findings));
  const kind = configKind(root);
  if (!root || !kind) return;
  await readPipeline(file, root, kind, collector);
  if (kind === 'resharding') await readSampleRates(file, root, collector);
}
