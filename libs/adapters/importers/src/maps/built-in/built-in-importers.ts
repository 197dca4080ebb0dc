import type { SourceFile } from '../../files/folder.ts';
import { hasLogLines } from '../../files/log-lines.ts';
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
import { noFlaws } from '../rows/text-lines.ts';
import { builtInMaps } from './built-in-maps.ts';
import type { BuiltInMap } from './built-in-maps.ts';

/** A header of many columns says within this what it is. */
const MAX_HEADER = 8192;

/** A map of the program, and how its files are recognised. */
function builtInImporter(builtIn: BuiltInMap): Importer {
  /* Patterns take longer to compile than everything else that a command loads, and most commands import nothing. */
  let compiled: readonly FileMap[] | undefined;
  const maps = () => (compiled ??= mapsOf(builtIn));
  return {
    ...readingBy((file) => mapFor(file, builtIn, maps()), { kind: builtIn.kind, isDeclared: false }),
    looksFor: builtIn.looksFor,
    takes: ['run'],
    async detect({ files }) {
      const matches: FileMatch[] = [];
      for (const file of files) {
        if (!(await mapFor(file, builtIn, maps()))) continue;
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

const mapsOf = ({ kind, maps }: BuiltInMap): readonly FileMap[] =>
  maps.map((text) => {
    const read = readMap(text);
    if (!read.ok) throw new RangeError(`${kind}: ${read.text}`);
    return read.map;
  });

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
        ? await hasLogLines(file, head, (lines) => matchesIn(lines, { map, contains }))
        : (header?.test(first) ?? false) && (await isTable(file, head, map));
    if (fits) return map;
  }
  return undefined;
}

type Searched = { readonly map: FileMap; readonly contains: readonly string[] };

function matchesIn(lines: readonly string[], { map: { patterns }, contains }: Searched): number {
  const searched = lines
    .filter((line) => contains.some((text) => line.includes(text)))
    .flatMap((line) => line.split('\r'))
    .filter((line) => line.length <= MAX_LOG_LINE);
  return searched.filter((line) => patterns.some((pattern) => pattern.match(line) !== undefined)).length;
}

/** Whether a table has the columns of a map, a number as its first step, and a metric. */
async function isTable(file: SourceFile, head: string, map: FileMap): Promise<boolean> {
  const source = await fileRows(headFile(file, head), map, noFlaws(), { lines: 0, first: 0 });
  if (typeof source === 'string' || source.unit === 'row') return false;
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
