import type { SourceFile } from '../../files/folder.ts';
import type { FileMatch, Importer } from '../../importer.ts';
import { cellOf } from '../cell.ts';
import { readingBy } from '../map-importer.ts';
import { columnsIn } from '../map.ts';
import type { FileMap } from '../map.ts';
import { columnFor, profilesOf } from '../propose/column-roles.ts';
import { headFile } from '../propose/propose-map.ts';
import { readMap } from '../read-map.ts';
import { fileRows, headTextOf } from '../rows/file-rows.ts';
import { MAX_LOG_LINE } from '../rows/log-rows.ts';
import type { Row } from '../rows/row.ts';
import { noFlaws, textLines } from '../rows/text-lines.ts';
import { builtInMaps } from './built-in-maps.ts';
import type { BuiltInMap } from './built-in-maps.ts';

/** Prose, notebooks and programs quote lines of logs. */
const NO_LOG =
  /\.(md|rst|tex|html?|ipynb|py|sh|slurm|c|cu|cpp|h|rs|js|ts|ya?ml|toml|ini|csv|tsv|jsonl?|ndjson)(\.gz)?$/i;

/** A line that merely looks like one of a log occurs once. */
const MIN_LINES = 2;

/** A header of many columns says within this what it is. */
const MAX_HEADER = 8192;

/** Where a log begins with the program that wrote it, its first step comes later. */
const SEARCHED_BYTES = 8 * 1024 * 1024;

/** A map of the program, and how its files are recognised. */
function builtInImporter(builtIn: BuiltInMap): Importer {
  const maps = builtIn.maps.map((text) => {
    const read = readMap(text);
    if (!read.ok) throw new RangeError(`${builtIn.kind}: ${read.text}`);
    return read.map;
  });
  return {
    ...readingBy((file) => mapFor(file, builtIn, maps), { kind: builtIn.kind, isDeclared: false }),
    looksFor: builtIn.looksFor,
    async detect({ files }) {
      const matches: FileMatch[] = [];
      for (const file of files) {
        if (!(await mapFor(file, builtIn, maps))) continue;
        matches.push({
          files: [file],
          confidence: builtIn.confidence,
          evidence: [`${file.path} ${builtIn.evidence}`],
        });
      }
      return matches;
    },
  };
}

/** The map that reads a file; undefined if none does. */
async function mapFor(
  file: SourceFile,
  { header, contains = [] }: BuiltInMap,
  maps: readonly FileMap[],
): Promise<FileMap | undefined> {
  const head = await headTextOf(file);
  if (head === undefined || head === '') return undefined;
  const first = (head.split(/\r\n|[\r\n]/, 1)[0] ?? '').slice(0, MAX_HEADER);
  for (const map of maps) {
    const fits =
      map.reads === 'log'
        ? await isLog(file, head, { map, contains })
        : (header?.test(first) ?? false) && (await isTable(file, head, map));
    if (fits) return map;
  }
  return undefined;
}

type Searched = { readonly map: FileMap; readonly contains: readonly string[] };

async function isLog(file: SourceFile, head: string, searched: Searched): Promise<boolean> {
  if (NO_LOG.test(file.path)) return false;
  const mayGoOn = file.bytes > head.length || /\.gz$/i.test(file.path);
  const isText = /\.(log|txt|out|err|stdout|stderr)(\.gz)?$/i.test(file.path);
  if (matchesIn(head.split('\n'), searched) >= MIN_LINES) return true;
  if (!mayGoOn || !isText) return false;
  let found = 0;
  let read = 0;
  for await (const lines of textLines(file, noFlaws())) {
    found += matchesIn(
      lines.map(({ text }) => text),
      searched,
    );
    read += lines.reduce((sum, { text }) => sum + text.length + 1, 0);
    if (found >= MIN_LINES || read > SEARCHED_BYTES) break;
  }
  return found >= MIN_LINES;
}

function matchesIn(lines: readonly string[], { map: { patterns }, contains }: Searched): number {
  const searched = lines
    .filter((line) => contains.some((text) => line.includes(text)))
    .flatMap((line) => line.split('\r'))
    .filter((line) => line.length <= MAX_LOG_LINE);
  let found = 0;
  for (const line of searched) {
    if (patterns.some((pattern) => pattern.match(line) !== undefined)) found += 1;
    if (found >= MIN_LINES) break;
  }
  return found;
}

/** Whether a table has the columns of a map, a number as its first step, and a metric. */
async function isTable(file: SourceFile, head: string, map: FileMap): Promise<boolean> {
  const source = await fileRows(headFile(file, head), map, noFlaws(), { lines: 0, first: 0 });
  if (typeof source === 'string') return false;
  const { columns } = source;
  if (!columnsIn(map).every((column) => columns.includes(column))) return false;
  const step = map.roles.get('step');
  const index = columns.indexOf(step && 'column' in step ? step.column : '');
  for await (const rows of source.rows({ refuse: () => undefined }))
    return (
      rows.slice(0, 3).every(({ cells }) => cellOf(cells[index] ?? '', map.numbers).kind === 'number') &&
      (map.roles.has('run') || !isOfSeveralRuns(columns, rows, map))
    );
  return false;
}

/** Whether a column of runs, models or seeds has several values. Whose rows they are, only a map of the user can say. */
function isOfSeveralRuns(columns: readonly string[], rows: readonly Row[], map: FileMap): boolean {
  const profiles = profilesOf(
    columns,
    rows.map(({ cells }) => cells),
    map.numbers,
  );
  return (['run', 'model', 'seed'] as const).some((role) => {
    const name = columnFor(role, profiles);
    return profiles.some((profile) => profile.name === name && profile.distinct > 1);
  });
}

/** The importers of the maps that come with Tributary. */
export const builtInImporters: readonly Importer[] = builtInMaps.map(builtInImporter);
