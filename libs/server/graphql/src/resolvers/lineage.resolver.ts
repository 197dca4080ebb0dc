import { Inject } from '@nestjs/common';
import { Args, Query as GraphQuery, Resolver } from '@nestjs/graphql';
import { nodes, paths, summary, unresolvedReason, walk } from '@tributary/lineage';
import type { Graph, Paths } from '@tributary/lineage';
import { unfollowedReason } from '../aliases/alias-answers.ts';
import { shardIdentity } from '../aliases/shard-identity.ts';
import { shardsAmong, unfollowedShards } from '../aliases/unfollowed-shards.ts';
import { answered, freshness, incomplete, merged } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { countedConsumption } from '../counted-consumption.ts';
import { LineageKind } from '../generated/schema.ts';
import type {
  LineageNode,
  Query,
  QueryLineageArgs,
  QueryLineageNodeArgs,
  QueryLineagePathArgs,
  QueryLineagePathsArgs,
  QueryLineageSummaryArgs,
  QueryOpenLineageRunArgs,
} from '../generated/schema.ts';
import { isNode, runRow, unknown, unstarted } from '../known.ts';
import { countOf, cycleWarnings, edgeOf, evidenceIn, nodeOf } from '../lineage-answers.ts';
import { openLineageRun } from '../open-lineage-run.ts';
import { RUNTIME } from '../runtime.ts';
import type { Runtime } from '../runtime.ts';

/** Hops and nodes where a question names none. */
const DEPTH = 3;
const NODES = 500;
const PATH_DEPTH = 10;
const PATH_NODES = 2_000;
const PATHS = 100;
const MAX_PATHS = 1_000;

@Resolver()
export class LineageResolver {
  readonly #runtime: Runtime;

  constructor(@Inject(RUNTIME) runtime: Runtime) {
    this.#runtime = runtime;
  }

  @GraphQuery('lineage')
  async lineage(@Args() args: QueryLineageArgs): Promise<Query['lineage']> {
    const fresh = await freshness(this.#runtime, args.asOf);
    const direction = args.direction ?? 'up';
    const found = await walk(this.#graph(fresh, args.kinds), {
      from: args.node,
      direction,
      depth: args.depth ?? DEPTH,
      maxNodes: args.maxNodes ?? NODES,
      maxNeighbours: args.maxNeighbours ?? undefined,
    });
    const start = found.nodes.length > 0 ? undefined : await this.#unlinkedRun(fresh, args.node);
    const evidence = merged([...found.nodes, ...found.edges].map(evidenceIn));
    const unresolved = unresolvedReason(direction === 'down' ? [] : found.nodes, found.edges);
    const unfollowed = await this.#unfollowed(fresh, {
      ...found,
      visited: found.nodes.map(({ node }) => node),
    });
    const known = incomplete(incomplete(incomplete(fresh, found.truncation), unresolved), unfollowed);
    return {
      ...answered(known, start ? { positions: start.positions } : evidence),
      node: args.node,
      nodes: start ? [start.node] : found.nodes.map((node) => nodeOf(fresh, node)),
      edges: found.edges.map(edgeOf),
      frontierSize: found.frontier.length,
      neighbourCounts: found.counts.map(countOf),
      warnings: cycleWarnings(found.edges),
    };
  }

  @GraphQuery('lineagePath')
  async path(@Args() args: QueryLineagePathArgs): Promise<Query['lineagePath']> {
    const fresh = await freshness(this.#runtime, args.asOf);
    const found = await this.#paths(fresh, { ...args, maxPaths: 1 });
    const edges = found.paths[0] ?? [];
    /* A shortest path is one of what is known; that there is none may change with what is not. */
    const known = edges.length > 0 ? fresh : incomplete(fresh, found.reason);
    return { ...answered(known, merged(edges.map(evidenceIn))), edges: edges.map(edgeOf) };
  }

  @GraphQuery('lineagePaths')
  async paths(@Args() args: QueryLineagePathsArgs): Promise<Query['lineagePaths']> {
    const fresh = await freshness(this.#runtime, args.asOf);
    const maxPaths = Math.min(Math.max(args.maxPaths ?? PATHS, 1), MAX_PATHS);
    const found = await this.#paths(fresh, { ...args, maxPaths });
    const evidence = merged(found.paths.flat().map(evidenceIn));
    return {
      ...answered(incomplete(fresh, found.reason), evidence),
      from: args.from,
      to: args.to,
      paths: found.paths.map((path) => ({ edges: path.map(edgeOf) })),
    };
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

  #graph(fresh: Freshness, kinds: QueryLineageArgs['kinds']): Graph {
    const { reader } = this.#runtime.engine;
    const consumption = countedConsumption(reader, fresh.position);
    const identity = shardIdentity(reader, fresh.position);
    return { reader, consumption, identity, kinds: kinds ?? [], asOf: fresh.position };
  }

  /** Why other addresses of the shards that were visited may lead further. Undefined where none may. */
  async #unfollowed(
    fresh: Freshness,
    { visited, doubts }: Pick<Paths, 'visited' | 'doubts'>,
  ): Promise<string | undefined> {
    const { reader } = this.#runtime.engine;
    const reached = { shards: shardsAmong(visited), doubts };
    const { unfollowed, truncation } = await unfollowedShards(reader, reached, fresh.position);
    const reasons = [truncation, unfollowedReason(unfollowed)].filter((one) => one !== undefined);
    return reasons.length > 0 ? reasons.join('; ') : undefined;
  }

  /** Paths, and why some may be missing. Throws Fault `unknown_node` where there is none and no fact mentions an end. */
  async #paths(
    fresh: Freshness,
    { from, to, depth, maxNodes, maxPaths, kinds }: QueryLineagePathArgs & { readonly maxPaths: number },
  ): Promise<Pick<Paths, 'paths'> & { readonly reason: string | undefined }> {
    const found = await paths(this.#graph(fresh, kinds), {
      from,
      to,
      depth: depth ?? PATH_DEPTH,
      maxNodes: maxNodes ?? PATH_NODES,
      maxPaths,
    });
    if (found.paths.length === 0) await this.#requireNodes(fresh, [from, to]);
    const open = found.upstream.filter(({ node }) => node !== from);
    const unfollowed = await this.#unfollowed(fresh, found);
    const reasons = [found.truncation, unresolvedReason(open, found.consumption), unfollowed];
    const reason = reasons.filter((one) => one !== undefined).join('; ');
    return { paths: found.paths, reason: reason === '' ? undefined : reason };
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
