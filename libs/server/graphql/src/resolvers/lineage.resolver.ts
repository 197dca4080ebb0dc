import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { nodes, path, summary, walk } from '@tributary/lineage';
import type { WalkedEdge, WalkedNode } from '@tributary/lineage';
import { answered, evidenceOf, freshness, incomplete, merged } from '../answer.ts';
import type { Evidence, Freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { LineageKind } from '../generated/schema.ts';
import type {
  LineageBasis,
  LineageEdge,
  LineageNode,
  Query,
  QueryLineageArgs,
  QueryLineageNodeArgs,
  QueryLineagePathArgs,
  QueryLineageSummaryArgs,
  QueryOpenLineageRunArgs,
} from '../generated/schema.ts';
import { isNode, runRow, unknown, unstarted } from '../known.ts';
import { openLineageRun } from '../open-lineage-run.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

/** Hops and nodes where a question names none. */
const DEPTH = 3;
const NODES = 500;
const PATH_DEPTH = 10;
const PATH_NODES = 2_000;

@Resolver()
export class LineageResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('lineage')
  async lineage(@Args() args: QueryLineageArgs): Promise<Query['lineage']> {
    const fresh = await freshness(this.#runtime, args.asOf);
    const found = await walk(this.#runtime.engine.reader, {
      from: args.node,
      direction: args.direction ?? 'up',
      depth: args.depth ?? DEPTH,
      maxNodes: args.maxNodes ?? NODES,
      kinds: args.kinds ?? [],
      asOf: fresh.position,
    });
    const start = found.nodes.length > 0 ? undefined : await this.#unlinkedRun(fresh, args.node);
    const evidence = merged([...found.nodes, ...found.edges].map(evidenceIn));
    return {
      ...answered(incomplete(fresh, found.truncation), start ? { positions: start.positions } : evidence),
      node: args.node,
      nodes: start ? [start.node] : found.nodes.map((node) => nodeOf(fresh, node)),
      edges: found.edges.map(edgeOf),
    };
  }

  @GraphQuery('lineagePath')
  async path(@Args() args: QueryLineagePathArgs): Promise<Query['lineagePath']> {
    const fresh = await freshness(this.#runtime, args.asOf);
    const found = await path(this.#runtime.engine.reader, {
      from: args.from,
      to: args.to,
      depth: args.depth ?? PATH_DEPTH,
      maxNodes: args.maxNodes ?? PATH_NODES,
      kinds: args.kinds ?? [],
      asOf: fresh.position,
    });
    const evidence = merged(found.edges.map(evidenceIn));
    if (found.edges.length === 0) await this.#requireNodes(fresh, [args.from, args.to]);
    return { ...answered(incomplete(fresh, found.truncation), evidence), edges: found.edges.map(edgeOf) };
  }

  @GraphQuery('lineageSummary')
  async summary(@Args() { kinds, asOf }: QueryLineageSummaryArgs): Promise<Query['lineageSummary']> {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { kinds: [...(kinds ?? [])], as_of: fresh.position };
    const [row] = await this.#runtime.engine.reader.all(summary, params);
    return {
      ...answered(fresh, { positions: [], total: row?.evidence_total ?? 0 }),
      nodes: row?.nodes ?? 0,
      stubs: row?.stubs ?? 0,
      edges: row?.edges ?? 0,
      maxFanOut: row?.max_fan_out ?? 0,
    };
  }

  @GraphQuery('lineageNode')
  async node(@Args() { id, asOf }: QueryLineageNodeArgs): Promise<Query['lineageNode']> {
    const fresh = await freshness(this.#runtime, asOf);
    const params = { nodes: [id], as_of: fresh.position };
    const [row] = await this.#runtime.engine.reader.all(nodes, params);
    return row ? nodeOf(fresh, { ...row, depth: 0 }) : (await this.#unlinkedRun(fresh, id)).node;
  }

  @GraphQuery('openLineageRun')
  async openLineageRun(@Args() { id, asOf }: QueryOpenLineageRunArgs): Promise<Query['openLineageRun']> {
    const fresh = await freshness(this.#runtime, asOf);
    const run = await openLineageRun(this.#runtime, fresh, id);
    if (!run) throw unknown('run', id, fresh);
    return run;
  }

  /**
   * The stub of a run that no edge of the graph touches: only what it consumed or measured is recorded. Throws Fault
   * `unknown_node` for any other node.
   */
  async #unlinkedRun(
    fresh: Freshness,
    id: string,
  ): Promise<{ node: LineageNode; positions: readonly number[] }> {
    const name = id.startsWith('run:') ? id.slice('run:'.length) : '';
    const row = name === '' ? undefined : await runRow(this.#runtime.engine.reader, fresh, name);
    if (!row) throw unknown('node', id, fresh);
    const { evidence: positions, mentions: total } = row;
    const stub = { id, kind: LineageKind.Run, name, depth: 0, stub: true, stubReason: unstarted(name) };
    return { node: { ...answered(fresh, { positions, total }), ...stub }, positions };
  }

  async #requireNodes(fresh: Freshness, ids: readonly string[]): Promise<void> {
    for (const id of ids)
      if (!(await isNode(this.#runtime.engine.reader, fresh, id))) await this.#unlinkedRun(fresh, id);
  }
}

const evidenceIn = (row: { readonly evidence: number[]; readonly evidence_total: number }): Evidence => ({
  positions: row.evidence,
  total: row.evidence_total,
});

const nodeOf = (fresh: Freshness, row: WalkedNode): LineageNode => ({
  ...answered(fresh, evidenceIn(row)),
  id: row.node,
  kind: valueOf(LineageKind, row.node_kind, 'the kind of a node'),
  name: row.label,
  depth: row.depth,
  stub: row.is_registered === 0,
  stubReason: row.is_registered === 0 ? row.last_reason : null,
});

const edgeOf = (row: WalkedEdge): LineageEdge => ({
  source: row.source,
  target: row.target,
  kind: row.kind,
  via: row.via || null,
  basis: BASIS[row.edge_rank] ?? 'fact',
  multiplicity: row.times,
  fields: row.fields.map(([source, target, transformation]) => ({ source, target, transformation })),
  evidence: evidenceOf(row.evidence),
  evidenceTotal: row.evidence_total,
});

/** What an edge is derived from, by its rank: `edge_rank` of the queries. */
const BASIS: readonly LineageBasis[] = ['fact', 'explicit', 'columns', 'product'];
