import type { SourceFile } from '../folder.ts';
import type { Claim, Importer } from '../importer.ts';
import { objectIn } from '../json-members.ts';
import { mayBeYaml, plainYaml, yamlIn } from '../nanotron/plain-yaml.ts';
import { Reading } from '../reading.ts';
import { readAttributes } from './attribute-file.ts';
import { readDocuments } from './document-file.ts';
import { lineRole } from './json-lines.ts';
import { configKind, readPipeline } from './pipeline-config.ts';
import { isSamplingLog, readSamplingLog } from './sampling-log.ts';
import { isShardTable, readShardTable } from './shard-table.ts';
import { readSampleRates, readShares, sharesIn } from './target-shares.ts';
import { readTokenFile, tokensBeside } from './token-file.ts';
import { looksLikeTokenRows } from './token-rows.ts';

const NAME = { kind: 'dolma', version: '1.0' };

/** What dolma and the resharding of its corpora leave: shard tables, configurations, shares, tokenised files. */
export const dolma: Importer = {
  ...NAME,
  looksFor:
    'shard tables (key, size, subset), dolma configurations, shares, part-*.csv.gz, documents or attributes',
  async detect({ files }) {
    const claims: Claim[] = [];
    for (const file of files) {
      const role = await roleOf(file);
      if (!role) continue;
      const npy = role === 'token rows' ? tokensBeside(file, files) : undefined;
      claims.push({
        files: npy ? [file, npy] : [file],
        confidence: CONFIDENCE[role],
        evidence: [`${file.path}: ${role}`],
      });
    }
    return claims;
  },
  async read({ files }) {
    const reading = new Reading(NAME);
    for (const file of files) await readAs(await roleOf(file), file, files, reading);
    return reading.finish();
  },
};

const CONFIDENCE = {
  'shard table': 0.97,
  'token rows': 0.9,
  configuration: 0.95,
  'target shares': 0.9,
  'sampling log': 0.9,
  documents: 0.8,
  attributes: 0.85,
} as const;
type Role = keyof typeof CONFIDENCE;

async function roleOf(file: SourceFile): Promise<Role | undefined> {
  const head = (await file.headText()).replace(/^\uFEFF/, '');
  if (head.includes('\0')) return undefined;
  if (/\.(csv|tsv)(\.gz)?$/i.test(file.path)) return tableRole(head);
  if (isSamplingLog(head)) return 'sampling log';
  const ofLines = /\.(jsonl|json|ndjson)(\.gz)?$/i.test(file.path) ? lineRole(head) : undefined;
  if (ofLines) return ofLines;
  return mayBeYaml(file) ? configRole(file, head) : undefined;
}

function tableRole(head: string): Role | undefined {
  const [first = ''] = head.split(/\r?\n/, 1);
  const cells = first.split(/[,\t;]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
  if (isShardTable(cells)) return 'shard table';
  return looksLikeTokenRows(head) ? 'token rows' : undefined;
}

async function configRole(file: SourceFile, head: string): Promise<Role | undefined> {
  if (file.name.endsWith('.json') && sharesIn(await file.json())) return 'target shares';
  const telling = /\b(streams|dedupe|bloom_filter|source_prefixes|taggers|tokenizer)\b/.test(head);
  if (!telling) return undefined;
  return configKind(plainYaml(await file.text()).documents[0]) ? 'configuration' : undefined;
}

async function readAs(
  role: Role | undefined,
  file: SourceFile,
  files: readonly SourceFile[],
  reading: Reading,
): Promise<void> {
  switch (role) {
    case 'shard table':
      return readShardTable(file, reading);
    case 'token rows':
      return readTokenFile(file, tokensBeside(file, files), reading);
    case 'sampling log':
      return readSamplingLog(file, reading);
    case 'target shares':
      return readShares(file, sharesIn(await file.json()) ?? [], reading);
    case 'configuration':
      return readConfiguration(file, reading);
    case 'documents':
      return readDocuments(file, reading);
    case 'attributes':
      return readAttributes(file, reading);
    case undefined:
      if (!file.name.endsWith('.npy'))
        reading.findings.reject(file.path, '', 'the file is none that dolma leaves');
  }
}

async function readConfiguration(file: SourceFile, reading: Reading): Promise<void> {
  const root = objectIn(await yamlIn(file, reading.findings));
  const kind = configKind(root);
  if (!root || !kind) return;
  await readPipeline(file, root, kind, reading);
  if (kind === 'resharding') await readSampleRates(file, root, reading);
}
