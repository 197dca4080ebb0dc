import type { Stamp } from '@tributary/contracts';
import type { ColumnarRows, TableRows } from '@tributary/kernel';
import type { LineageAssertion, Edge } from './edge.ts';
import { kindOf } from './node.ts';
import type { GraphNode } from './node.ts';
import type { GraphSink } from './openlineage/facet-context.ts';

type Cell = string | number;

/** Rows of one table by column: an event of a hundred thousand inputs makes no object of each row. */
class Columns<Item> {
  readonly #columns: Readonly<Record<string, Cell[]>>;
  readonly #cells: Readonly<Record<string, (item: Item) => Cell>>;
  count = 0;

  constructor(cells: Readonly<Record<string, (item: Item) => Cell>>) {
    this.#cells = cells;
    this.#columns = Object.fromEntries(Object.keys(cells).map((name) => [name, []]));
  }

  add(item: Item): void {
    for (const name in this.#cells) {
      const cell = this.#cells[name]?.(item);
      if (cell !== undefined) this.#columns[name]?.push(cell);
    }
    this.count += 1;
  }

  rows(stamp: Stamp): ColumnarRows {
    return { count: this.count, columns: { ...stamp, ...this.#columns } };
  }
}

/** Turns parts of the graph into rows. */
export class GraphRows implements GraphSink {
  readonly #nodes = new Columns<GraphNode>({
    node: ({ id }) => id,
    kind: ({ id }) => kindOf(id),
    name: ({ name }) => name,
    registered: ({ reason }) => (reason === undefined ? 1 : 0),
    reason: ({ reason = '' }) => reason,
  });
  readonly #edges = new Columns<Edge>({
    source: ({ source }) => source,
    target: ({ target }) => target,
    source_kind: ({ source }) => kindOf(source),
    target_kind: ({ target }) => kindOf(target),
    kind: ({ kind }) => kind,
    multiplicity: ({ multiplicity = 1 }) => multiplicity,
    rank: ({ rank = 0 }) => rank,
    via: ({ via = '' }) => via,
    facet: ({ facet = '' }) => facet,
    emission: ({ moment = '' }) => moment,
    source_field: ({ sourceField = '' }) => sourceField,
    target_field: ({ targetField = '' }) => targetField,
    transformation: ({ transformation = '' }) => transformation,
  });
  readonly #assertions = new Columns<LineageAssertion>({
    via: ({ via }) => via,
    facet: ({ facet }) => facet,
    emission: ({ moment }) => moment,
    target: ({ target }) => target,
    rank: ({ rank }) => rank,
  });

  /** How many there are by now. */
  get edges(): number {
    return this.#edges.count;
  }

  node(node: GraphNode): void {
    this.#nodes.add(node);
  }

  edge(edge: Edge): void {
    this.#edges.add(edge);
  }

  assertion(assertion: LineageAssertion): void {
    this.#assertions.add(assertion);
  }

  rows(stamp: Stamp): TableRows {
    return {
      lineage_node: this.#nodes.rows(stamp),
      lineage_edge_by_source: this.#edges.rows(stamp),
      lineage_claim: this.#assertions.rows(stamp),
    };
  }
}
