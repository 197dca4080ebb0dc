import { openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consumedBy, consumptionOf } from './graph.fixture.ts';
import { NO_IDENTITIES } from './neighbours.ts';
import type { Graph } from './neighbours.ts';
import { lineageProjection } from './projection.ts';
import { MAX_NODES, walk } from './walk.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

const SHARDS = 12;
const shards = Array.from({ length: SHARDS }, (_, at) => `part-${at}`);

it('from several nodes says that it is cut wherever it lacks a node', async () => {
  const facts = shards.flatMap((shardId, at) =>
    at % 3 === 0 ? [consumedBy(`user-${at}`, [{ slice: 'web', shardId, amount: 1 }], `exposure-${at}`)] : [],
  );
  await project(store, lineageProjection, facts);
  const recorded = new Set(
    shards.flatMap((name, at) => (at % 3 === 0 ? [`shard:${name} run:user-${at}`] : [])),
  );
  const graph: Graph = {
    reader: store.engine.reader,
    identity: async () => NO_IDENTITIES,
    consumption: async (runs, sources) =>
      runs.flatMap((run) =>
        sources
          .filter((source) => recorded.has(`${source} ${run}`))
          .map((source) => consumptionOf(run, source)),
      ),
    kinds: [],
    asOf: [1e9],
  };
  const starts = fc
    .shuffledSubarray(shards, { minLength: 1 })
    .map((some) => some.map((name) => `shard:${name}`));
  const reached = async ([from = '', ...alsoFrom]: readonly string[], maxNodes: number) => {
    const { nodes, truncation } = await walk(graph, {
      from,
      alsoFrom,
      direction: 'down',
      depth: 3,
      maxNodes,
    });
    return { runs: nodes.map(({ node }) => node).filter((node) => node.startsWith('run:')), truncation };
  };
  const sizes = fc.integer({ min: 1, max: SHARDS + 5 });
  await fc.assert(
    fc.asyncProperty(starts, sizes, async (some, maxNodes) => {
      const whole = await reached(some, MAX_NODES);
      const { runs, truncation } = await reached(some, maxNodes);
      expect(whole.truncation).toBeUndefined();
      expect(truncation === undefined).toBe(some.length + whole.runs.length <= maxNodes);
      expect(truncation === undefined ? runs : whole.runs).toEqual(whole.runs);
    }),
    { numRuns: 20, examples: [[shards.map((name) => `shard:${name}`), 4]] },
  );
});
