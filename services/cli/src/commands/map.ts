import {
  openKeys,
  previewMap,
  proposalText,
  proposeMaps,
  readablePart,
  readPaths,
} from '@tributary/importers';
import type { FilesAlike, Folder, PreviewRow } from '@tributary/importers';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { printable } from '../text/format.ts';
import { commandWord } from '../text/command-word.ts';

const ROWS = 10;

/** The beginning of each file is read. */
const MAX_FILES = 1000;

/** Files of one kind that are named; the others are counted. */
const NAMED = 20;

/** schemas/answers/map.json */
export type MapAnswer = {
  /** Of several paths: all of them, with blanks between. */
  readonly path: string;
  readonly looksLike: string;
  /** The map as YAML. */
  readonly map: string;
  /** Keys that are left open. */
  readonly missing: readonly string[];
  readonly rows: readonly PreviewRow[];
};

export function addMap(add: AddCommand, context: CliContext): void {
  add('map', 'propose how the columns of a table or the lines of a log become facts')
    .argument('<path...>', 'tables (CSV, TSV, JSON, JSON lines, Parquet) or text logs, or folders of them')
    .action(async (paths: readonly string[], options: CommonOptions) => {
      const answer = await proposed(paths);
      if (options.json) return context.print(`${JSON.stringify(answer)}\n`);
      context.print(`# ${printable(answer.path)}: ${printable(answer.looksLike)}\n${answer.map}`);
      if (!options.quiet) context.report(`${previewText(answer)}\n`);
      return undefined;
    });
}

async function proposed(paths: readonly string[]): Promise<MapAnswer> {
  const path = paths.join(' ');
  const files = await filesIn(paths);
  const [kind, ...others] = await proposeMaps(files);
  const proposal = kind?.proposal;
  const [first] = kind?.files ?? [];
  if (!kind || !first || !proposal) {
    const looksLike =
      files.length > 1 ? `${files.length} files of other kinds` : (kind?.looksLike ?? 'an empty folder');
    throw new Exit(EXIT.failed, `${path} looks like ${looksLike}: no map can be proposed`, 'no_map');
  }
  const rows = await previewMap(first, readablePart(proposal), ROWS);
  const isOne = files.length === 1;
  return {
    path,
    looksLike: isOne
      ? kind.looksLike
      : `${kind.files.length} of ${files.length} files are each ${kind.looksLike}`,
    map: isOne ? proposalText(proposal) : `${filesText(kind, others)}${proposalText(proposal)}`,
    missing: openKeys(proposal),
    rows,
  };
}

async function filesIn(paths: readonly string[]): Promise<Folder['files']> {
  const path = paths.join(' ');
  const { files } = await readPaths(paths).catch(() => {
    throw new Exit(EXIT.usage, `${path}: not every path is a file or folder that can be read`);
  });
  if (files.length <= MAX_FILES) return files;
  throw new Exit(
    EXIT.usage,
    `${path} holds ${files.length} files, more than ${MAX_FILES}: name one of each kind, and import all by its map`,
  );
}

/** Every file of several, as comments of the map: those that it is for, and what the others look like. */
function filesText({ files }: FilesAlike, others: readonly FilesAlike[]): string {
  const pathsOf = (alike: FilesAlike['files']) => {
    const more = alike.length > NAMED ? [`and ${alike.length - NAMED} more`] : [];
    return [...alike.slice(0, NAMED).map(({ path }) => path), ...more].map(
      (path) => `#   ${printable(path)}`,
    );
  };
  const rest = others.flatMap((kind) => [
    `# not for this map, ${printable(kind.looksLike)}${kind.proposal ? ', for which tributary map proposes another' : ''}:`,
    ...pathsOf(kind.files),
  ]);
  return `${['# reads:', ...pathsOf(files), ...rest].join('\n')}\n`;
}

/** The first rows before and after the map, and what is still to be said. */
export function previewText({ rows, missing, path }: MapAnswer): string {
  const lines = rows.flatMap(({ at, before, after }) => [
    `${at}: ${printable(before)}`,
    `   ${Object.entries(after)
      .map(([name, value]) => printable(`${name}=${value}`))
      .join(' ')}`,
  ]);
  const open =
    missing.length === 0
      ? `then: tributary import ${commandWord(path)} --map map.yaml`
      : `say in the map what is open (?): ${missing.join(', ')}`;
  return [...lines, printable(open)].join('\n');
}
