import type { Engine } from '@tributary/clickhouse';
import { walk } from '@tributary/lineage';
import type { Graph, WalkRequest } from '@tributary/lineage';
import { shardIdentity } from '../../libs/server/graphql/src/aliases/shard-identity.ts';
import { countedConsumption } from '../../libs/server/graphql/src/counted-consumption.ts';
import { namesIn } from './graph.ts';

/** Walks from several nodes that are measured together. */
export type Question = {
  readonly title: string;
  readonly from: readonly string[];
  readonly request: Omit<WalkRequest, 'from'>;
};

/** What one walk took and found. */
export type Measured = {
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
  readonly nodes: number;
  readonly edges: number;
  /** Neighbours that were counted and not followed. */
  readonly counted: number;
};

/** The budget of nodes where a question of GraphQL names none. */
const MAX_NODES = 500;

/** Later than every position of the graph. */
const AS_OF = [2 ** 39];

/** The questions about a graph of `nodes` nodes, each from `rounds` of them. */
export async function questions(engine: Engine, nodes: number, rounds: number): Promise<readonly Question[]> {
  const starts = (generation: number, half: 'families' | 'observed') =>
    namesIn(engine, nodes, { generation, half, count: rounds });
  const up = { direction: 'up', depth: 5, maxNodes: MAX_NODES } as const;
  const down = { ...up, direction: 'down' } as const;
  const always = (node: string): string[] => Array.from({ length: rounds }, () => node);
  return [
    { title: 'up, neighbours in order', from: await starts(8, 'families'), request: up },
    { title: 'down, neighbours in order', from: await starts(1, 'families'), request: down },
    { title: 'up, neighbours anywhere', from: await starts(8, 'observed'), request: up },
    { title: 'down, neighbours anywhere', from: await starts(2, 'observed'), request: down },
    { title: 'up, 100,000 inputs', from: always('dataset:s3://hub/output'), request: up },
    { title: 'down, 100,000 readers', from: always('dataset:s3://hub/shared'), request: down },
    {
      title: 'both, no edges',
      from: always('dataset:s3://hub/lonely'),
      request: { ...up, direction: 'both' },
    },
  ];
}

/** Walks once, by the function that GraphQL calls. */
export async function measure({ reader }: Engine, { request }: Question, from: string): Promise<Measured> {
  const graph: Graph = {
    reader,
    consumption: countedConsumption(reader, AS_OF),
    identity: shardIdentity(reader, AS_OF),
    kinds: [],
    asOf: AS_OF,
  };
  const cpu = process.cpuUsage();
  const began = performance.now();
  const found = await walk(graph, { ...request, from });
  const milliseconds = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return {
    milliseconds,
    cpuMilliseconds: (user + system) / 1000,
    nodes: found.nodes.length,
    edges: found.edges.length,
    counted: found.counts.reduce((sum, { neighbours }) => sum + neighbours, 0),
  };
}
