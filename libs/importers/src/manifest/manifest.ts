import { fileImporter } from '../file-importer.ts';
import { Findings } from '../findings.ts';
import type { SourceFile } from '../folder.ts';
import type { Reading } from '../reading.ts';
import { tableIn } from '../table.ts';
import { manifestColumns } from './columns.ts';
import { readRows } from './read-rows.ts';
import type { ManifestRow } from './read-rows.ts';
import { isParquet, parquetRows } from './parquet-rows.ts';
import { splitNamed } from './shard-list.ts';

const NAMED = /\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i;

/** The manifest for pipelines that have no format of their own: a row a shard. */
export const manifest = fileImporter({
  kind: 'manifest',
  version: '1.0',
  looksFor: 'a Parquet or CSV file with shard_uri and any of sha256, bytes, docs and tokens',
  async recognise(file) {
    const columns = await columnsOf(file);
    if (!columns || !manifestColumns(columns)) return undefined;
    return { confidence: 0.9, evidence: `has the columns ${columns.slice(0, 10).join(', ')}` };
  },
  async readFile(file, reading) {
    const rows = await rowsOf(file, reading);
    if (rows) await readRows(file, rows, reading, splitNamed(file.path.split('/').at(-2) ?? ''));
  },
});

async function columnsOf(file: SourceFile): Promise<string[] | undefined> {
  if (isParquet(await file.head())) return (await parquetRows(file, 0))?.columns;
  if (!NAMED.test(file.path)) return undefined;
  const [first = ''] = (await file.headText()).replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  if (!first.includes('shard') && !first.includes('uri')) return undefined;
  return [...((await tableIn(file, new Findings()))?.columns ?? [])];
}

async function rowsOf(file: SourceFile, { findings }: Reading): Promise<ManifestRow[] | undefined> {
  if (isParquet(await file.head())) {
    const rows = await parquetRows(file);
    if (rows) return rows.rows.map((values, index) => ({ pointer: `record:${index}`, values }));
    findings.reject(file.path, '', 'the Parquet file is broken or cut short');
    return undefined;
  }
  const table = await tableIn(file, findings);
  return table?.rows.map(({ line, cells }) => ({
    pointer: `line:${line}`,
    values: Object.fromEntries(table.columns.map((column, at) => [column, cells[at] ?? ''])),
  }));
}
