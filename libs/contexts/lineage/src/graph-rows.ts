import type { Stamp } from '@tributary/contracts';
import { valueIn } from '@tributary/kernel';
import type { ColumnarRows, TableRows } from '@tributary/kernel';
import type { LineageAssertion, Edge } from './edge.ts';
import { kindOf } from './node.ts';
import type { GraphNode } from './node.ts';
import type { GraphSink } from './openlineage/facet-context.ts';

type ColumnValue = string | number | null;

/** Rows of one table by column, without an object for each row: an event can have a hundred thousand inputs. */
class Columns<Item> {
  readonly #columns: Readonly<Record<string, ColumnValue[]>>;
  readonly #cells: Readonly<Record<string, (item: Item) => ColumnValue>>;
  count = 0;

  constructor(cells: Readonly<Record<string, (item: Item) => ColumnValue>>) {
    this.#cells = cells;
    this.#columns = Object.fromEntries(Object.keys(cells).map((name) => [name, []]));
  }

  add(item: Item): void {
    for (const name in this.#cells) {
      const cell = this.#cells[name]?.(item);
      if (cell !== undefined) valueIn(this.#columns, name)?.push(cell);
    }
    this.count += 1;
  }

  rows(stamp: Stamp): ColumnarRows {
    return { count: this.count, columns: { ...stamp, ...this.#columns } };
  }
}

/** Collects parts of the graph as rows of the lineage tables. */
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
    step: ({ step }) => step ?? null,
  });
  readonly #assertions = new Columns<LineageAssertion>({
    via: ({ via }) => via,
    facet: ({ facet }) => facet,
    emission: ({ moment }) => moment,
    target: ({ target }) => target,
    rank: ({ rank }) => rank,
  });

  /** Number of edges so far. */
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
