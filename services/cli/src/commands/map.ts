import {
  openKeys,
  previewMap,
  proposalText,
  proposeMap,
  readablePart,
  readFolder,
} from '@tributary/importers';
import type { PreviewRow } from '@tributary/importers';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import type { CliContext, CommonOptions } from '../context.ts';
import { printable } from '../text/format.ts';

const ROWS = 10;

/** schemas/answers/map.json */
export type MapAnswer = {
  readonly path: string;
  readonly looksLike: string;
  /** The map as YAML. */
  readonly map: string;
  /** Keys that are left open. */
  readonly missing: readonly string[];
  readonly rows: readonly PreviewRow[];
};

const EXAMPLES = `
Examples:
  tributary map losses.csv > map.yaml
  tributary import losses.csv --map map.yaml --dry-run
`;

export function addMap(add: AddCommand, context: CliContext): void {
  add('map', 'propose how the columns of a table or the lines of a log become facts')
    .argument('<path>', 'a table (CSV, TSV, JSON lines, Parquet) or a text log')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: CommonOptions) => {
      const answer = await proposed(path);
      if (options.json) return context.print(`${JSON.stringify(answer)}\n`);
      context.print(`# ${printable(answer.path)}: ${printable(answer.looksLike)}\n${answer.map}`);
      if (!options.quiet) context.report(`${previewText(answer)}\n`);
      return undefined;
    });
}

async function proposed(path: string): Promise<MapAnswer> {
  const { files } = await readFolder(path).catch(() => {
    throw new Exit(EXIT.usage, `${path} is no file that can be read`);
  });
  const [file, second] = files;
  if (!file || second)
    throw new Exit(
      EXIT.usage,
      `${path} holds ${files.length} files: name one of them, and import all by its map`,
    );
  const { looksLike, proposal } = await proposeMap(file);
  if (!proposal)
    throw new Exit(EXIT.failed, `${path} looks like ${looksLike}: no map can be proposed`, 'no_map');
  const rows = await previewMap(file, readablePart(proposal), ROWS);
  return { path, looksLike, map: proposalText(proposal), missing: openKeys(proposal), rows };
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
      ? `then: tributary import ${path} --map map.yaml`
      : `say in the map what is open (?): ${missing.join(', ')}`;
  return [...lines, printable(open)].join('\n');
}
