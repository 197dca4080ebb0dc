import { InvalidArgumentError, Option } from 'commander';
import { LineageDocument } from '../generated/documents.ts';
import type { LineageDirection, LineageQuery } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { aligned, counted, footer, printable } from '../text/format.ts';

type Lineage = NonNullable<LineageQuery['lineage']>;

type LineageOptions = CommonOptions & {
  readonly direction: LineageDirection;
  readonly depth: number;
  readonly maxNodes: number;
  readonly at?: string;
};

export function addLineage(add: AddCommand, context: CliContext): void {
  add('lineage', 'what a node was made from, or what was made from it')
    .argument('<node>', 'kind and id, such as run:7b-1, snapshot:pile or dataset:s3://bucket/path')
    .addOption(
      new Option('--direction <way>', 'up: what it was made from; down: what was made from it')
        .choices(['up', 'down', 'both'])
        .default('up'),
    )
    .addOption(new Option('--depth <hops>', 'hops, at most 10').argParser(wholeFrom(10)).default(3))
    .addOption(new Option('--max-nodes <n>', 'nodes, at most 2000').argParser(wholeFrom(2000)).default(500))
    .addOption(new Option('--at <position>', 'answer as of this position of the log'))
    .action(async (node: string, { direction, depth, maxNodes, at, ...options }: LineageOptions) => {
      const variables = { node, direction, depth, maxNodes, asOf: at };
      const lineage = await withServer(options, async (url) =>
        present((await ask(url, LineageDocument, variables)).lineage, url),
      );
      context.print(`${options.json ? JSON.stringify(lineage) : lineageText(lineage)}\n`);
    });
}

const wholeFrom =
  (most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`It is an integer from 1 to ${most}.`);
  };

function lineageText(lineage: Lineage): string {
  const { node, nodes, edges } = lineage;
  const stubs = nodes.filter(({ stub }) => stub);
  const rows = edges.map(({ source, target, kind, basis, multiplicity }) => [
    source,
    multiplicity === 1 ? kind : `${kind} × ${multiplicity}`,
    target,
    basis === 'fact' ? '' : basis,
  ]);
  const titles = [{ title: 'from' }, { title: 'edge' }, { title: 'to' }, { title: 'rests on' }];
  return [
    `${printable(node)}: ${counted(nodes.length, 'node')}, ${counted(stubs.length, 'stub')}, ${counted(edges.length, 'edge')}`,
    '',
    aligned(titles, rows),
    '',
    ...stubs.map(
      ({ id, reason }) => `${printable(id)} is only referenced: ${printable(reason ?? 'no reason given')}`,
    ),
    ...(stubs.length > 0 ? [''] : []),
    footer(lineage),
  ].join('\n');
}
