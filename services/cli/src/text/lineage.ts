import type { LineagePathsQuery, LineageQuery } from '../generated/documents.ts';
import { aligned, count, counted, footer, printable } from './format.ts';

type Lineage = NonNullable<LineageQuery['lineage']>;
type Paths = NonNullable<LineagePathsQuery['lineagePaths']>;
type Edge = Paths['paths'][number]['edges'][number];

/** A part of the graph as a table of its edges, then what is only referenced, left out or derived from itself. */
export function lineageText(lineage: Lineage): string {
  const { node, nodes, edges, frontierSize, neighbourCounts, warnings } = lineage;
  const stubs = nodes.filter(({ stub }) => stub);
  const rows = edges.map((edge) => [
    edge.source,
    edgeText(edge),
    edge.target,
    edge.basis === 'fact' ? '' : edge.basis,
  ]);
  const titles = [{ title: 'from' }, { title: 'edge' }, { title: 'to' }, { title: 'rests on' }];
  const notes = [
    ...stubs.map(
      ({ id, reason }) => `${printable(id)} is only referenced: ${printable(reason ?? 'no reason given')}`,
    ),
    ...neighbourCounts.map(
      (one) =>
        `${printable(one.node)} has ${counted(one.neighbours, 'neighbour')} ${one.direction}stream of kind ${one.kind} (${printable(one.edge)})`,
    ),
    ...warnings.map(({ text }) => printable(text)),
    ...(frontierSize > 0
      ? [`the walk did not go on from ${counted(frontierSize, 'node')} that it reached`]
      : []),
  ];
  return [
    `${printable(node)}: ${counted(nodes.length, 'node')}, ${counted(stubs.length, 'stub')}, ${counted(edges.length, 'edge')}`,
    '',
    aligned(titles, rows),
    '',
    ...notes,
    ...(notes.length > 0 ? [''] : []),
    footer(lineage),
  ].join('\n');
}

/** Paths, each with its nodes in a line of their own behind the edge that leads to them. */
export function pathsText(found: Paths): string {
  const { from, to, paths } = found;
  const title = `from ${printable(from)} to ${printable(to)}: ${counted(paths.length, 'path')}`;
  const listed = paths.flatMap(({ edges }, index) => [
    `${index + 1}. ${printable(from)}`,
    ...edges.map((edge) => `   ${edgeText(edge)} → ${printable(edge.target)}`),
    '',
  ]);
  return [title, '', ...listed, footer(found)].join('\n');
}

type Shown = Pick<Edge, 'kind' | 'multiplicity' | 'step' | 'consumed'>;

/** An edge in words: what was consumed in which steps, or at which step something was saved. */
function edgeText({ kind, multiplicity, step, consumed }: Shown): string {
  const name = multiplicity === 1 ? kind : `${kind} × ${multiplicity}`;
  if (consumed.length > 0) return `${name} ${consumed.map(consumptionText).join(', ')}`;
  return step === null ? name : `${name} at step ${count(step)}`;
}

const consumptionText = ({ unit, amount, firstStep, lastStep }: Edge['consumed'][number]): string =>
  `${unit === 'share' ? String(amount) : count(amount)} ${unit} in steps ${count(firstStep)} to ${count(lastStep)}`;
