import { InvalidArgumentError, Option } from 'commander';
import { LineageDocument, LineagePathsDocument } from '../generated/documents.ts';
import type { LineageDirection, LineageKind } from '../generated/documents.ts';
import { EXIT, Exit } from '../exit.ts';
import type { AddCommand } from '../program.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { lineagePlot, plotOption, writePicture } from './plot.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { lineageText, pathsText } from '../text/lineage.ts';

type LineageOptions = CommonOptions & {
  readonly direction: LineageDirection;
  readonly depth?: number;
  readonly maxNodes?: number;
  readonly maxNeighbours?: number;
  readonly kinds?: readonly LineageKind[];
  readonly from?: string;
  readonly to?: string;
  readonly paths: number;
  readonly at?: string;
  readonly plot?: string;
};

export function addLineage(add: AddCommand, context: CliContext): void {
  add('lineage', 'what a node was made from, or what was made from it')
    .argument('[node]', 'kind and id, such as run:7b-1, snapshot:pile or dataset:s3://bucket/path')
    .addOption(
      new Option('--direction <way>', 'up: what it was made from; down: what was made from it')
        .choices(['up', 'down', 'both'])
        .default('up'),
    )
    .addOption(new Option('--from <node>', 'with --to: all paths of data from this node'))
    .addOption(new Option('--to <node>', 'with --from: to this one, such as a score or an answer'))
    .addOption(
      new Option('--paths <n>', 'paths that are listed, shortest first, at most 1000')
        .argParser(wholeFrom(1000))
        .default(20),
    )
    .addOption(
      new Option('--depth <hops>', 'hops, at most 10; 3 where absent, 10 for paths').argParser(wholeFrom(10)),
    )
    .addOption(
      new Option('--max-nodes <n>', 'nodes, at most 2000; 500 where absent, 2000 for paths').argParser(
        wholeFrom(2000),
      ),
    )
    .addOption(
      new Option(
        '--max-neighbours <n>',
        'neighbours of one node that are followed; the others are counted',
      ).argParser(wholeFrom(2000)),
    )
    .addOption(new Option('--kinds <kind...>', 'only nodes of these kinds'))
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .addOption(plotOption('draw the graph around the node').conflicts(['from', 'to']))
    .action(async (node: string | undefined, options: LineageOptions) => {
      const { from, to } = options;
      if (from !== undefined && to !== undefined && node === undefined)
        return showPaths(context, from, to, options);
      if (node === undefined || from !== undefined || to !== undefined)
        throw new Exit(EXIT.usage, 'name one node, or the ends of a path with --from and --to');
      return showWalk(context, node, options);
    });
}

async function showWalk(context: CliContext, node: string, options: LineageOptions): Promise<void> {
  const { direction, maxNeighbours, at } = options;
  const limits = { depth: options.depth ?? 3, maxNodes: options.maxNodes ?? 500, maxNeighbours };
  const variables = { node, direction, ...limits, kinds: kindsOf(options), asOf: at };
  const lineage = await withServer(options, async (url) =>
    present((await ask(url, LineageDocument, variables)).lineage, url),
  );
  if (options.plot !== undefined) writePicture(options.plot, lineagePlot(lineage));
  context.print(`${options.json ? JSON.stringify(lineage) : lineageText(lineage)}\n`);
}

async function showPaths(
  context: CliContext,
  from: string,
  to: string,
  options: LineageOptions,
): Promise<void> {
  const limits = { depth: options.depth ?? 10, maxNodes: options.maxNodes ?? 2000, maxPaths: options.paths };
  const variables = { from, to, ...limits, kinds: kindsOf(options), asOf: options.at };
  const found = await withServer(options, async (url) =>
    present((await ask(url, LineagePathsDocument, variables)).lineagePaths, url),
  );
  context.print(`${options.json ? JSON.stringify(found) : pathsText(found)}\n`);
}

/** The server refuses what is no kind. */
const kindsOf = ({ kinds }: LineageOptions) => kinds && [...kinds];

const wholeFrom =
  (most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`It is an integer from 1 to ${most}.`);
  };
