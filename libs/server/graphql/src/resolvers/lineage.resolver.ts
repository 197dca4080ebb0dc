import { Inject } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { nodes, path, summary, walk } from '@tributary/lineage';
import type { Direction, WalkedEdge, WalkedNode } from '@tributary/lineage';
import { evidenceOf, freshness } from '../freshness.ts';
import type { Freshness } from '../freshness.ts';
import { foldedRun } from '../folded-run.ts';
import type { Runtime } from '../runtime.ts';
import { RUNTIME } from '../runtime.ts';

type Bounds = { depth: number; maxNodes: number; kinds?: readonly string[]; asOf?: string };
type WalkArgs = Bounds & { node: string; direction: Direction };
type PathArgs = Bounds & { from: string; to: string };

@Resolver()
export class LineageResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @Query('lineage')
  async lineage(@Args() { node, asOf, kinds = [], ...args }: WalkArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const request = { ...args, from: node, kinds: kinds ?? [], asOf: fresh.places };
    const found = await walk(this.#runtime.engine.reader, request);
    return {
      node,
      nodes: found.nodes.map(nodeOf),
      edges: found.edges.map(edgeOf),
      ...withTruncation(fresh, found.truncation),
    };
  }

  @Query('lineagePath')
  async path(@Args() { asOf, kinds = [], ...args }: PathArgs) {
    const fresh = await freshness(this.#runtime, asOf);
    const found = await path(this.#runtime.engine.reader, {
      ...args,
      kinds: kinds ?? [],
      asOf: fresh.places,
    });
    return { edges: found.edges.map(edgeOf), ...withTruncation(fresh, found.truncation) };
  }

  @Query('lineageSummary')
  async summary(@Args() { kinds = [], asOf }: { kinds?: readonly string[]; asOf?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const [row] = await this.#runtime.engine.reader.all(summary, {
      kinds: [...(kinds ?? [])],
      as_of: fresh.places,
    });
    return {
      nodes: row?.nodes ?? 0,
      stubs: row?.stubs ?? 0,
      edges: row?.edges ?? 0,
      maxFanOut: row?.max_fan_out ?? 0,
      ...fresh,
    };
  }

  @Query('lineageNode')
  async node(@Args() { id, asOf }: { id: string; asOf?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const [row] = await this.#runtime.engine.reader.all(nodes, { nodes: [id], as_of: fresh.places });
    return row ? nodeOf({ ...row, depth: 0 }) : null;
  }

  @Query('openLineageRun')
  async openLineageRun(@Args() { id, asOf }: { id: string; asOf?: string }) {
    const fresh = await freshness(this.#runtime, asOf);
    const folded = await foldedRun(this.#runtime, id, fresh.places);
    return folded ? { ...folded, ...fresh } : null;
  }
}

const nodeOf = (row: WalkedNode) => ({
  id: row.node,
  kind: row.node_kind,
  name: row.label,
  depth: row.depth,
  stub: row.is_registered === 0,
  reason: row.is_registered === 0 ? row.last_reason : null,
  evidence: evidenceOf(row.evidence),
});

const edgeOf = (row: WalkedEdge) => ({
  source: row.source,
  target: row.target,
  kind: row.kind,
  via: row.via || null,
  basis: BASIS[row.edge_rank] ?? 'fact',
  multiplicity: row.times,
  fields: row.fields.map(([source, target, transformation]) => ({ source, target, transformation })),
  evidence: evidenceOf(row.evidence),
});

const BASIS = ['fact', 'explicit', 'columns', 'product'];

/** An answer that its budget cut short is not complete, whatever the tables hold. */
const withTruncation = (fresh: Freshness, truncation: string | undefined) =>
  truncation === undefined ? fresh : { ...fresh, complete: false, reason: truncation };
