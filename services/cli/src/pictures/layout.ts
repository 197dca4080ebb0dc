/** A node of a graph. */
export type Node = { readonly id: string; readonly kind: string; readonly stub: boolean };
/** An edge from where data comes to where it goes. */
export type Edge = { readonly source: string; readonly target: string };

/** Nodes of one kind in one layer that are drawn as one. */
export type Box = {
  readonly layer: number;
  readonly kind: string;
  readonly nodes: readonly Node[];
  /** Index in its layer, from the top. */
  row: number;
};

/** The edges between two boxes, by the indices of the boxes. */
export type Link<E extends Edge> = { readonly from: number; readonly to: number; readonly edges: E[] };

export type Layout<E extends Edge> = {
  readonly boxes: readonly Box[];
  readonly links: readonly Link<E>[];
  /** Edges with an end that is no node of the graph, or inside of a box. */
  readonly notDrawn: number;
};

/** More nodes of one kind in a layer are drawn as one box. */
const FOLDED_ABOVE = 6;
/** Layers on each side of the first node; what is further away is drawn in the outermost one to the left. */
const MAX_LAYER = 12;

/**
 * A graph in layers around a node: what it was made from to the left, what was made from it to the right, by hops. The
 * same graph has the same layout, in whichever order its nodes and edges are listed.
 */
export function layout<E extends Edge>(
  focus: string,
  nodes: readonly Node[],
  edges: readonly E[],
): Layout<E> {
  const sorted = nodes.toSorted((one, other) => compared(one.id, other.id));
  const layers = layersOf(focus, edges);
  const groups = new Map<string, Node[]>();
  for (const node of sorted)
    append(groups, JSON.stringify([layers.get(node.id) ?? -MAX_LAYER, node.kind, node.id === focus]), node);
  const boxes = [...groups].flatMap(([key, members]): Box[] => {
    const [layer, kind]: [number, string, boolean] = JSON.parse(key);
    if (members.length > FOLDED_ABOVE) return [{ layer, kind, nodes: members, row: 0 }];
    return members.map((node) => ({ layer, kind, nodes: [node], row: 0 }));
  });
  const { links, notDrawn } = linksOf(boxes, edges);
  assignRows(boxes, links);
  return { boxes, links, notDrawn };
}

const compared = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/**
 * Hops from the first node by the longest way: below 0 for what it was made from, above for what was made from it. So an
 * edge leads to the right, unless it belongs to a cycle.
 */
function layersOf(focus: string, edges: readonly Edge[]): Map<string, number> {
  const [up, down] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { source, target } of edges) {
    append(up, target, source);
    append(down, source, target);
  }
  const sources = longestFrom(focus, up, new Map([[focus, 0]]));
  const layers = longestFrom(focus, down, sources);
  return new Map([...layers].map(([node, hops]) => [node, sources.has(node) ? -hops : hops]));
}

/** The longest ways from a node to each that is not known yet, of at most so many hops as there are layers. */
function longestFrom(
  focus: string,
  neighbours: ReadonlyMap<string, readonly string[]>,
  known: ReadonlyMap<string, number>,
): Map<string, number> {
  const found = new Map(known);
  let frontier = [focus];
  for (let hops = 1; hops <= MAX_LAYER && frontier.length > 0; hops += 1) {
    const reached = new Set(frontier.flatMap((node) => neighbours.get(node) ?? []));
    frontier = [...reached].filter((node) => !known.has(node));
    for (const node of frontier) found.set(node, hops);
  }
  return found;
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  list.push(value);
}

function linksOf<E extends Edge>(boxes: readonly Box[], edges: readonly E[]) {
  const boxOf = new Map(boxes.flatMap(({ nodes }, at) => nodes.map(({ id }): [string, number] => [id, at])));
  const links = new Map<string, Link<E>>();
  let notDrawn = 0;
  for (const edge of edges) {
    const [from, to] = [boxOf.get(edge.source), boxOf.get(edge.target)];
    if (from === undefined || to === undefined || from === to) {
      notDrawn += 1;
      continue;
    }
    const key = `${from} ${to}`;
    const link = links.get(key) ?? { from, to, edges: [] };
    links.set(key, link);
    link.edges.push(edge);
  }
  const ordered = [...links.values()].toSorted((one, other) => one.from - other.from || one.to - other.to);
  return { links: ordered, notDrawn };
}

/** Assigns rows to boxes, layer by layer from the first node outwards: each near the boxes that it is linked to. */
function assignRows<E extends Edge>(boxes: readonly Box[], links: readonly Link<E>[]): void {
  const layers = new Map<number, number[]>();
  for (const [at, { layer }] of boxes.entries()) append(layers, layer, at);
  const linked = new Map<number, number[]>();
  for (const { from, to } of links) {
    append(linked, from, to);
    append(linked, to, from);
  }
  const nearest = [...layers].toSorted(([one], [other]) => Math.abs(one) - Math.abs(other) || one - other);
  for (const [layer, members] of nearest) {
    const inner = (at: number) => Math.abs(boxes[at]?.layer ?? 0) < Math.abs(layer);
    const wanted = new Map(members.map((at) => [at, meanRow(boxes, (linked.get(at) ?? []).filter(inner))]));
    const ordered = members.toSorted(
      (one, other) => (wanted.get(one) ?? 0) - (wanted.get(other) ?? 0) || one - other,
    );
    for (const [row, at] of ordered.entries()) {
      const box = boxes[at];
      if (box) box.row = row;
    }
  }
}

function meanRow(boxes: readonly Box[], at: readonly number[]): number {
  const rows = at.map((index) => boxes[index]?.row ?? 0);
  return rows.length === 0 ? Infinity : rows.reduce((sum, row) => sum + row, 0) / rows.length;
}
