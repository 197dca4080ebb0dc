import { brief, count, counted } from '../text/format.ts';
import { layout } from './layout.ts';
import type { Box, Edge, Link, Node } from './layout.ts';
import { MARGIN, picture, WIDTH } from './picture.ts';
import { label, part, shortened } from './svg.ts';
import type { Part } from './svg.ts';

type DrawnEdge = Edge & {
  readonly kind: string;
  /** What it is derived from: `fact` where a fact names both ends. */
  readonly basis: string;
  readonly multiplicity: number;
  readonly consumed: readonly {
    readonly unit: string;
    readonly amount: number;
    readonly methods: readonly string[];
  }[];
};

/** A part of the graph of lineage. */
export type LineagePicture = {
  readonly node: string;
  readonly nodes: readonly (Node & { readonly name: string })[];
  readonly edges: readonly DrawnEdge[];
  /** Neighbours that were counted and not all followed. */
  readonly counts: readonly {
    readonly node: string;
    readonly kind: string;
    readonly direction: string;
    readonly neighbours: number;
  }[];
  readonly notes: readonly string[];
};

const [BOX, COLUMN, ROW, HEIGHT] = [176, 392, 46, 34];
/** Links that are drawn at most, those of most edges first. */
const MAX_LINKS = 500;

type Placed = { readonly box: Box; readonly x: number; readonly y: number };

/**
 * The graph around a node in layers as an SVG: sources to the left, what was made from them to the right. Many nodes of one
 * kind are one box with their number; what is only referenced or rests on less than a fact is dashed.
 */
export function lineagePicture(shown: LineagePicture): string {
  const { node, nodes, edges, notes } = shown;
  const { boxes, links, notDrawn } = layout(node, nodes, edges);
  const layers = [...new Set(boxes.map(({ layer }) => layer))].toSorted((one, other) => one - other);
  const tallest = boxes.reduce((most, { row }) => Math.max(most, row + 1), 1);
  const rowsIn = new Map<number, number>();
  for (const { layer } of boxes) rowsIn.set(layer, (rowsIn.get(layer) ?? 0) + 1);
  const placed = boxes.map((box): Placed => {
    const above = ((tallest - (rowsIn.get(box.layer) ?? 1)) * ROW) / 2;
    return { box, x: MARGIN + COLUMN * layers.indexOf(box.layer), y: above + ROW * box.row };
  });
  const largest = links.toSorted((one, other) => other.edges.length - one.edges.length).slice(0, MAX_LINKS);
  const leaving = new Map<number, number>();
  for (const { from } of links) leaving.set(from, (leaving.get(from) ?? 0) + 1);
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return picture({
    title: `Lineage of ${shortened(node, 80)}`,
    description: described(shown),
    width: Math.max(WIDTH, 2 * MARGIN + COLUMN * (layers.length - 1) + BOX),
    height: tallest * ROW,
    body: [
      ...largest.flatMap((link) => linkParts(link, placed, leaving.get(link.from) === 1)),
      ...placed.flatMap((one) => boxParts(one, { focus: node, names })),
    ],
    caption: [captionOf(shown, links.length - largest.length, notDrawn), ...countsOf(shown), ...notes],
  });
}

type Named = { readonly focus: string; readonly names: ReadonlyMap<string, string> };

function boxParts({ box, x, y }: Placed, { focus, names }: Named): Part[] {
  const [first] = box.nodes;
  if (!first) return [];
  const stubs = box.nodes.filter(({ stub }) => stub).length;
  const isFolded = box.nodes.length > 1;
  const name = names.get(first.id) ?? first.id;
  const missing = isFolded ? `, ${count(stubs)} only referenced` : ', only referenced';
  const classes = ['box', first.id === focus ? 'focus' : '', stubs === box.nodes.length ? 'missing' : ''];
  const text = isFolded
    ? `${counted(box.nodes.length, box.kind)}, from ${shortened(first.id, 80)} on`
    : shortened(first.id, 200);
  const kind = shortened(isFolded ? `${box.kind}, folded` : box.kind, 24);
  return [
    part('rect', { x, y, width: BOX, height: HEIGHT, rx: 4, class: classes.filter(Boolean).join(' ') }, [
      part('title', {}, text),
    ]),
    label(x + 8, y + 13, `${kind}${stubs > 0 ? missing : ''}`, 'note small'),
    label(x + 8, y + 27, isFolded ? counted(box.nodes.length, shortened(box.kind, 20)) : shortened(name, 26)),
  ];
}

function linkParts(link: Link<DrawnEdge>, placed: readonly Placed[], isAloneAtSource: boolean): Part[] {
  const [source, target] = [placed[link.from], placed[link.to]];
  if (!source || !target) return [];
  const [x1, y1] = [source.x + BOX, source.y + HEIGHT / 2];
  const [x2, y2] = [target.x - 5, target.y + HEIGHT / 2];
  const bend = Math.max(40, Math.abs(x2 - x1) / 2);
  const d = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  const isCertain = link.edges.every(({ basis }) => basis === 'fact') && hasSource(source);
  const text = textOf(link.edges);
  return [
    part('path', { d, class: isCertain ? 'edge' : 'edge missing' }, [part('title', {}, text)]),
    part('path', { d: `M${x2} ${y2 - 3.5}L${x2 + 5} ${y2}L${x2} ${y2 + 3.5}Z`, class: 'head' }),
    isAloneAtSource
      ? label(x1 + 6, y1 - 4, shortened(text, 42), 'note small')
      : label(x2 - 4, y2 - 4, shortened(text, 42), 'note small end'),
  ];
}

const hasSource = ({ box }: Placed): boolean => box.nodes.some(({ stub }) => !stub);

/** Kinds of edges with their number, and what was consumed along them. */
function textOf(edges: readonly DrawnEdge[]): string {
  const kinds = new Map<string, number>();
  for (const { kind, multiplicity } of edges) kinds.set(kind, (kinds.get(kind) ?? 0) + multiplicity);
  const names = [...kinds].map(([kind, times]) => (times === 1 ? kind : `${kind} × ${count(times)}`));
  const consumed = consumptionOf(edges);
  return consumed === '' ? names.join(', ') : `${names.join(', ')}: ${consumed}`;
}

function consumptionOf(edges: readonly DrawnEdge[]): string {
  const sums = new Map<string, { amount: number; readonly methods: Set<string> }>();
  for (const { consumed } of edges)
    for (const { unit, amount, methods } of consumed) {
      const sum = sums.get(unit) ?? { amount: 0, methods: new Set<string>() };
      sums.set(unit, sum);
      sum.amount += amount;
      for (const method of methods) sum.methods.add(method);
    }
  return [...sums]
    .map(([unit, { amount, methods }]) => {
      const number = unit === 'share' ? brief(amount) : count(amount);
      return `${number} ${unit}, ${[...methods].toSorted().join(' and ')}`;
    })
    .join('; ');
}

function captionOf({ nodes, edges }: LineagePicture, linksLeft: number, notDrawn: number): string {
  const stubs = nodes.filter(({ stub }) => stub).length;
  return [
    `${counted(nodes.length, 'node')} and ${counted(edges.length, 'edge')}, counted as they are recorded.`,
    ...(edges.some(({ consumed }) => consumed.length > 0)
      ? ['What a run consumed is that of all of its steps that count.']
      : []),
    `Dashed: only referenced (${count(stubs)}), or an edge from there or that rests on less than a fact.`,
    ...(linksLeft > 0 ? [`${counted(linksLeft, 'link')} between boxes of fewer edges are not drawn.`] : []),
    ...(notDrawn > 0
      ? [`${counted(notDrawn, 'edge')} inside of a box or out of the part are not drawn.`]
      : []),
  ].join(' ');
}

/** Nodes with more neighbours than are followed, at most three by name. */
function countsOf({ counts }: LineagePicture): string[] {
  const named = counts
    .slice(0, 3)
    .map(
      (one) =>
        `${shortened(one.node, 60)} has ${count(one.neighbours)} ${one.direction}stream of kind ${one.kind}`,
    );
  const more = counts.length > 3 ? `, and ${counts.length - 3} more such counts` : '';
  return named.length === 0 ? [] : [`Not all neighbours are drawn: ${named.join('; ')}${more}.`];
}

function described({ node, nodes, edges }: LineagePicture): string {
  const kinds = new Map<string, number>();
  for (const { kind } of nodes) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const list = [...kinds.keys()]
    .toSorted()
    .map((kind) => counted(kinds.get(kind) ?? 0, kind))
    .join(', ');
  return `The graph around ${shortened(node, 80)}: ${list}, and ${counted(edges.length, 'edge')}.`;
}
