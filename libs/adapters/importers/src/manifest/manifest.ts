import { fileImporter } from '../file-importer.ts';
import { Findings } from '../facts/findings.ts';
import type { SourceFile } from '../files/folder.ts';
import { listIn, objectIn, parsedJson } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { tableIn } from '../files/table.ts';
import { isParquet, parquetColumns, parquetTable } from '../files/parquet-table.ts';
import { manifestColumns } from './columns.ts';
import { readRows } from './read-rows.ts';
import type { ManifestRow } from './read-rows.ts';
import { splitNamed } from '../facts/shard-list.ts';

const MAX_PARQUET_BYTES = 512 * 1024 * 1024;
const TABLE = /\.(csv|tsv)(\.gz)?$/i;
const LINES = /\.(jsonl|ndjson)(\.gz)?$/i;
const JSON_FILE = /\.json(\.gz)?$/i;

/** Generic manifests with one row a shard, for pipelines without a format of their own. */
export const manifest = fileImporter({
  kind: 'manifest',
  version: '1.1',
  looksFor:
    'a table, JSON or Parquet file with one row a shard: its address, and any of hash, bytes, docs and tokens',
  async recognise(file) {
    const columns = await columnsOf(file);
    if (!columns || !manifestColumns(columns)) return undefined;
    return { confidence: 0.9, evidence: `has the columns ${columns.slice(0, 10).join(', ')}` };
  },
  async readFile(file, collector) {
    const rows = await rowsOf(file, collector);
    if (rows) await readRows(file, rows, collector, splitNamed(file.folders.at(-1) ?? ''));
  },
});

async function columnsOf(file: SourceFile): Promise<string[] | undefined> {
  if (await isParquet(file)) {
    return file.bytes > MAX_PARQUET_BYTES
      ? undefined
      : [...((await parquetColumns(file)) ?? new Map()).keys()];
  }
  if (JSON_FILE.test(file.path)) return keysOf(await listedRows(file));
  const [first = ''] = (await file.headText()).replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  if (LINES.test(file.path)) return keysOf([objectIn(parsedJson(first))]);
  if (!TABLE.test(file.path)) return undefined;
  if (!manifestColumns(first.split(/[,\t;]/).map((cell) => cell.trim().replace(/^"|"$/g, ''))))
    return undefined;
  return [...((await tableIn(file, new Findings()))?.columns ?? [])];
}

const keysOf = (rows: readonly (JsonObject | undefined)[] = []): string[] => Object.keys(rows[0] ?? {});

/** The rows of a JSON file: a list, or the shard list or sizes of WebDataset. */
async function listedRows(file: SourceFile): Promise<(JsonObject | undefined)[] | undefined> {
  const head = (await file.headText()).slice(0, 4096);
  if (!/"(shard|uri|path|file|url)|\.tar"/.test(head)) return undefined;
  const json = await file.json();
  const rows = listIn(json) ?? listIn(objectIn(json)?.['shardlist']);
  return rows?.map(objectIn) ?? samplesByArchive(objectIn(json));
}

/** A WebDataset `sizes.json`: the number of samples in each archive. */
function samplesByArchive(sizes: JsonObject = {}): JsonObject[] | undefined {
  const entries = Object.entries(sizes);
  const archives = entries.every(([name, size]) => name.endsWith('.tar') && typeof size === 'number');
  if (!archives || entries.length === 0) return undefined;
  return entries.map(([name, size]) => ({ shard_uri: name, nsamples: size }));
}

async function rowsOf(file: SourceFile, { findings }: FactCollector): Promise<ManifestRow[] | undefined> {
  if (await isParquet(file)) {
    const table =
      file.bytes > MAX_PARQUET_BYTES
        ? 'the Parquet file is larger than 512 MiB; split it and import the parts'
        : await parquetTable(file);
    if (typeof table !== 'string')
      return table.rows.map((values, index) => ({ pointer: `record:${index}`, values }));
    findings.reject(file.path, '', table);
    return undefined;
  }
  if (JSON_FILE.test(file.path)) {
    const rows = (await listedRows(file)) ?? [];
    return rows.map((values, index) => ({ pointer: `record:${index}`, values: values ?? {} }));
  }
  if (LINES.test(file.path)) return linesOf(file.path, await file.text(), findings);
  const table = await tableIn(file, findings);
  return table?.rows.map(({ line, cells }) => ({
    pointer: `line:${line}`,
    values: Object.fromEntries(table.columns.map((column, at) => [column, cells[at] ?? ''])),
  }));
}

function linesOf(path: string, text: string, findings: Findings): ManifestRow[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const values = objectIn(parsedJson(line));
    if (values) return [{ pointer: `line:${index + 1}`, values }];
    findings.reject(`${path}:${index + 1}`, '', 'the line is not a JSON object');
    return [];
  });
}
