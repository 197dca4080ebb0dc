import type { Fact } from '@tributary/contracts';
import { aFact, insertRows, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { cyclesIn } from './cycles.ts';
import { dataset, facet, RUN, runEvent } from './openlineage/events.fixture.ts';
import { consumedBy, consumptionOf, pretrainingFacts, run, saved, score, snapshot } from './graph.fixture.ts';
import { NO_IDENTITIES } from './neighbours.ts';
import type { Graph } from './neighbours.ts';
import { paths } from './paths.ts';
import { lineageProjection } from './projection.ts';
import { neighbours, summary } from './queries.ts';
import { readEdges } from './read-edges.ts';
import { unresolvedReason } from './unresolved.ts';
import { walk } from './walk.ts';
import type { WalkRequest } from './walk.ts';

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
});
afterEach(() => runtime.renew());
afterAll(() => runtime.remove());

const load = (...facts: Fact[]) => project(runtime, lineageProjection, facts);

/** The graph, where every recorded consumption counts from its first step. */
const graph = (more: Partial<Graph> = {}): Graph => ({
  reader: runtime.engine.reader,
  identity: async () => NO_IDENTITIES,
  consumption: (runs, sources) =>
    Promise.resolve(runs.flatMap((name) => sources.map((source) => consumptionOf(name, source)))),
  kinds: [],
  asOf: [1e9],
  ...more,
});

type Asked = Partial<WalkRequest & Graph>;

const lineageOf = (from: string, { kinds = [], asOf = [1e9], ...more }: Asked = {}) =>
  walk(graph({ kinds, asOf }), { from, direction: 'up', depth: 10, maxNodes: 100, ...more });

const arrowsOf = async (from: string, more: Asked = {}) =>
  (await lineageOf(from, more)).edges.map(({ source, target }) => `${source} > ${target}`).toSorted();

const observed = (event: object, id = 'event-1') =>
  aFact('lineage.run.observed', { subject: RUN, kind: 'run', eventTime: '2026-11-24T10:00:00Z', event }, id);

const pretraining = () => load(...pretrainingFacts());

describe('facts of all contexts', () => {
  it('lead from a score up to everything that it was made from', async () => {
    await pretraining();
    const { nodes, truncation } = await lineageOf('score:eval-1');
    expect(nodes.map(({ node, depth, is_registered }) => [node, depth, is_registered])).toEqual([
      ['score:eval-1', 0, 1],
      ['checkpoint:merged', 1, 1],
      ['run:fork', 1, 1],
      ['checkpoint:base-1', 2, 1],
      ['checkpoint:fork-1', 2, 1],
      ['run:base', 3, 1],
      ['mixture:mix', 4, 0],
      ['snapshot:pile', 4, 1],
      ['shard:shard-1', 5, 0],
      ['snapshot:books', 5, 0],
      ['uri:s3://raw', 5, 0],
    ]);
    expect(truncation).toBeUndefined();
  });

  it('lead from a shard down to the scores that it may have affected', async () => {
    await pretraining();
    const { nodes } = await lineageOf('shard:shard-1', {
      direction: 'down',
      kinds: ['snapshot', 'run', 'score'],
    });
    expect(nodes.map(({ node }) => node)).toEqual(['shard:shard-1', 'snapshot:pile', 'run:base']);
    const all = (await lineageOf('shard:shard-1', { direction: 'down' })).nodes;
    expect(all.map(({ node }) => node)).toContain('score:eval-1');
  });

  it('have multiplicities, the reasons of stubs, and evidence', async () => {
    await pretraining();
    const { nodes, edges } = await lineageOf('snapshot:pile');
    expect(edges.map(({ source, times, evidence }) => [source, times, evidence])).toEqual([
      ['shard:shard-1', 4, [2]],
      ['snapshot:books', 2, [1]],
      ['uri:s3://raw', 1, [1]],
    ]);
    expect(nodes.find(({ node }) => node === 'snapshot:books')?.last_reason).toBe('not registered here');
  });

  it('register a stub when its fact arrives, and do not change earlier positions', async () => {
    await load(run('base', { snapshotId: 'pile' }), snapshot('pile'));
    const stubs = async (as_of: number) =>
      (await runtime.engine.reader.all(summary, { kinds: [], as_of: [as_of] })).map((row) => row.stubs);
    expect(await stubs(1)).toEqual([1]);
    expect(await stubs(2)).toEqual([0]);
  });

  it('are summarised, as a whole or for some kinds of nodes', async () => {
    await pretraining();
    const [all] = await runtime.engine.reader.all(summary, { kinds: [], as_of: [100] });
    expect(all).toEqual({ nodes: 11, stubs: 4, edges: 13, max_fan_out: 3, evidence_total: 9 });
    const kinds = ['snapshot', 'run', 'score'];
    const [some] = await runtime.engine.reader.all(summary, { kinds, as_of: [100] });
    expect(some).toMatchObject({ nodes: 5, stubs: 1, edges: 3, max_fan_out: 1 });
  });

  it('have a shortest path between two nodes, or none', async () => {
    await pretraining();
    const between = async (from: string, to: string) =>
      (await paths(graph(), { from, to, depth: 10, maxNodes: 100, maxPaths: 1 })).paths
        .flat()
        .map(({ source }) => source);
    expect(await between('uri:s3://raw', 'score:eval-1')).toEqual([
      'uri:s3://raw',
      'snapshot:pile',
      'run:base',
      'checkpoint:base-1',
      'checkpoint:merged',
    ]);
    expect(await between('score:eval-1', 'uri:s3://raw')).toEqual([]);
  });
});

const pathsOf = async (from: string, to: string, more: Partial<Graph> = {}) => {
  const found = await paths(graph(more), { from, to, depth: 10, maxNodes: 100, maxPaths: 10 });
  return found.paths.map((path) => [from, ...path.map(({ target }) => target)].join(' > '));
};

describe('recorded consumption', () => {
  const part = { slice: 'web', shardId: 'part', amount: 10 };
  const before = (step: number) => ({
    ...saved(`at-${step}`, 'base'),
    data: { ...saved(`at-${step}`, 'base').data, step },
  });

  it('leads from a shard to the runs that consumed it, and to what they made at or after that step', async () => {
    await load(consumedBy('base', [part]), before(10), before(50));
    const from50 = {
      consumption: (runs: readonly string[], sources: readonly string[]) =>
        Promise.resolve(runs.flatMap((name) => sources.map((source) => consumptionOf(name, source, 50)))),
    };
    const down = await walk(graph(from50), {
      from: 'shard:part',
      direction: 'down',
      depth: 3,
      maxNodes: 100,
    });
    expect(down.nodes.map(({ node }) => node)).toEqual(['shard:part', 'run:base', 'checkpoint:at-50']);
    expect(await pathsOf('shard:part', 'checkpoint:at-50', from50)).toEqual([
      'shard:part > run:base > checkpoint:at-50',
    ]);
    expect(await pathsOf('shard:part', 'checkpoint:at-10', from50)).toEqual([]);
    const up = await walk(graph(from50), {
      from: 'checkpoint:at-10',
      direction: 'up',
      depth: 3,
      maxNodes: 100,
    });
    expect(up.nodes.map(({ node }) => node)).toEqual(['checkpoint:at-10', 'run:base']);
  });

  it('is no edge where none of its steps counts', async () => {
    await load(consumedBy('base', [part]), before(10));
    expect(await pathsOf('shard:part', 'run:base', { consumption: async () => [] })).toEqual([]);
  });

  it('of a slice may have been of any of its shards, which makes the answer incomplete', async () => {
    const registered = { uri: 'file:part', split: 'train' as const };
    await load(
      aFact('corpus.shard.registered', { shardId: 'part', slice: 'web/clean', ...registered }),
      consumedBy('base', [{ slice: 'web', amount: 10 }]),
    );
    const { nodes, edges } = await lineageOf('shard:part', { direction: 'down' });
    expect(nodes.map(({ node }) => node)).toEqual(['shard:part', 'slice:web/clean', 'slice:web', 'run:base']);
    expect(unresolvedReason([], edges)).toBe('consumed without naming shards: slice:web by run:base');
  });
});

describe('corrected facts', () => {
  it('give no edges and no nodes once they are corrected', async () => {
    const wrong = run('base', { snapshotId: 'wrong' });
    await load({ ...wrong, id: 'first' }, { ...run('base', { snapshotId: 'right' }), id: 'second' });
    const correction = { corrected_position: 1, type: wrong.type, stream: 'run/base', reason: '', actor: '' };
    await insertRows(runtime.engine, 'corrected', [
      { log_correction: [{ ...correction, _position: 2, recorded_at: 2 }] },
    ]);
    expect(await arrowsOf('run:base', { asOf: [1] })).toEqual(['snapshot:wrong > run:base']);
    expect(await arrowsOf('run:base')).toEqual(['snapshot:right > run:base']);
    expect((await lineageOf('snapshot:wrong')).nodes).toEqual([]);
    const [row] = await runtime.engine.reader.all(summary, { kinds: [], as_of: [2] });
    expect(row).toMatchObject({ nodes: 2, edges: 1 });
  });
});

describe('decisions, retractions and answers', () => {
  it('are edges from who decided and to what was answered', async () => {
    const estimator = { id: 'welch', version: '1' };
    const answered = { questionId: 'q', estimator, inputPosition: '9', resultDigest: '0'.repeat(64) };
    await load(
      aFact('mixture.plan.approved', { mixtureId: 'mix', approvedBy: 'eva' }),
      aFact('mixture.plan.superseded', { mixtureId: 'old', supersededBy: 'mix', reason: 'r', actor: 'ada' }),
      aFact('corpus.shard.retracted', { shardId: 'part', reason: 'r', actor: 'ada' }),
      aFact('corpus.source.retracted', { kind: 'package', ref: 'npm/x@1', reason: 'r', actor: 'ada' }),
      aFact('attribution.question.answered', {
        ...answered,
        result: { effect: 1 },
        uses: ['score:eval-1', 'x:y'],
      }),
      aFact('attribution.question.answered', { ...answered, result: { effect: 2 } }),
    );
    const { edges } = await lineageOf('actor:ada', { direction: 'down' });
    expect(edges.map(({ kind, target }) => `${kind} ${target}`).toSorted()).toEqual([
      'retracted shard:part',
      'retracted source:npm/x@1',
      'superseded_by mixture:mix',
    ]);
    expect(await arrowsOf('mixture:mix')).toEqual([
      'actor:ada > mixture:mix',
      'actor:eva > mixture:mix',
      'mixture:old > mixture:mix',
    ]);
    const used = (await lineageOf('score:eval-1', { direction: 'down' })).nodes.at(-1)?.node;
    expect(used).toMatch(/^answer:[0-9a-f]{64}$/);
    const both = await lineageOf('question:q', { direction: 'down' });
    const other = both.nodes.find(({ node }) => node.startsWith('answer:') && node !== used);
    const sources = await lineageOf(other?.node ?? '', { depth: 1 });
    expect(unresolvedReason(sources.nodes, sources.edges)).toContain(`unknown:${other?.node.slice(7)}`);
  });
});

describe('a walk', () => {
  it('stops at its budget and gives the reason', async () => {
    const uri = (index: number) => ({ kind: 'uri' as const, ref: `u${index}`, multiplicity: 1 });
    await load(
      snapshot(
        'wide',
        Array.from({ length: 50 }, (_, index) => uri(index)),
      ),
    );
    const { nodes, truncation } = await lineageOf('snapshot:wide', { maxNodes: 10 });
    expect(nodes).toHaveLength(10);
    expect(truncation).toContain('more than 10 nodes');
  });

  it('of a node with very many neighbours follows some and counts them all', async () => {
    const many = Array.from({ length: 30 }, (_, index) => saved(`c${index}`, 'base'));
    await load(run('base'), ...many, score('base', 'c1', 'eval'));
    const few = await lineageOf('run:base', { direction: 'down', maxNeighbours: 5 });
    expect(few.nodes.length).toBeLessThan(10);
    expect(few.truncation).toBe('run:base has more than 5 neighbours, which are counted and not followed');
    expect(few.counts).toEqual([
      { node: 'run:base', way: 'down', kind: 'saved', neighbour_kind: 'checkpoint', neighbours: 30 },
      { node: 'run:base', way: 'down', kind: 'scored', neighbour_kind: 'score', neighbours: 1 },
    ]);
  });

  it('reads the same edges at once as where a node has too many mentions for that', async () => {
    const twice = Array.from({ length: 12 }, (_, index) => saved(`c${index % 9}`, `run-${index % 2}`));
    await load(...twice, score('run-0', 'c1', 'eval'), run('run-0', { snapshotId: 'pile' }));
    const nodes = ['run:run-0', 'run:run-1'];
    for (const limits of [2, 100].map((fan) => ({ fan, first: 3 * fan - 3 })))
      for (const way of ['up', 'down'] as const) {
        const wanted = { way, nodes, kinds: [], ...limits, asOf: [1e9] };
        const split = await readEdges(runtime.engine.reader, { ...wanted, atOnce: 1 });
        expect(split).toEqual(await readEdges(runtime.engine.reader, wanted));
      }
  });

  it('names what is derived from itself', async () => {
    const from = (ref: string) => [{ kind: 'snapshot' as const, ref, multiplicity: 1 }];
    await load(snapshot('a', from('b')), snapshot('b', from('a')), snapshot('self', from('self')));
    expect(cyclesIn((await lineageOf('snapshot:a')).edges)).toEqual([['snapshot:a', 'snapshot:b']]);
    expect(cyclesIn((await lineageOf('snapshot:self')).edges)).toEqual([['snapshot:self']]);
    expect(await pathsOf('snapshot:b', 'snapshot:a')).toEqual(['snapshot:b > snapshot:a']);
  });

  it('ends in a cycle, and at the requested depth', async () => {
    const from = (ref: string) => [{ kind: 'snapshot' as const, ref, multiplicity: 1 }];
    await load(snapshot('a', from('b')), snapshot('b', from('c')), snapshot('c', from('a')));
    expect((await lineageOf('snapshot:a')).edges).toHaveLength(3);
    expect((await lineageOf('snapshot:a', { depth: 1 })).nodes.map(({ node }) => node)).toEqual([
      'snapshot:a',
      'snapshot:b',
    ]);
  });

  it('of a node without edges does not read a whole table', async () => {
    const count = 250_000;
    const name = (prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}:${index}`);
    const builder = (await runtime.engine.encoder('tributary.lineage_edge_by_source')).builder();
    builder.addColumns({ source: name('uri'), target: name('dataset'), kind: 'reads' }, count);
    await runtime.engine.insert({ token: 'many', block: builder.finish() });
    for (const way of ['up', 'down'] as const) {
      const sql = `EXPLAIN ESTIMATE ${neighbours[way].sql}`;
      const none = ['run'].slice(1);
      const params = { nodes: ['snapshot:lonely'], kinds: none, ends: none, most: 1_000_000, as_of: [1e9] };
      const read = await runtime.engine.reader.all<typeof params, { rows?: unknown }>(
        { ...neighbours[way], sql, row: { parse: (row) => Object(row) } },
        params,
      );
      expect(read.reduce((sum, { rows }) => sum + Number(rows), 0)).toBeLessThan(count / 4);
    }
    expect((await lineageOf('snapshot:lonely')).edges).toEqual([]);
  });
});

describe('OpenLineage events', () => {
  const columns = (name: string, source: string) =>
    dataset(name, {
      facets: {
        columnLineage: facet({ fields: { x: { inputFields: [{ ...dataset(source), field: 'y' }] } } }),
      },
    });
  const explicit = (target: string, source: string) => ({
    namespace: 'ns',
    name: 'job',
    facets: {
      lineage: facet({
        entries: [{ ...dataset(target), type: 'DATASET', inputs: [{ ...dataset(source), type: 'DATASET' }] }],
      }),
    },
  });
  const inputs = [dataset('a'), dataset('b')];
  const at = (name: string) => `dataset:s3://lake/${name}`;

  it('lead through the run without other lineage', async () => {
    await load(observed(runEvent({ inputs, outputs: [dataset('out')] })));
    expect(await arrowsOf(at('out'))).toEqual([
      `${at('a')} > ${RUN}`,
      `${at('b')} > ${RUN}`,
      `job:ns/job > ${RUN}`,
      `${RUN} > ${at('out')}`,
    ]);
  });

  it('are decided by precedence for each output, in both directions', async () => {
    const outputs = [columns('one', 'a'), columns('two', 'a'), dataset('three')];
    await load(observed(runEvent({ job: explicit('one', 'b'), inputs, outputs })));
    expect(await arrowsOf(at('one'))).toEqual([`${at('b')} > ${at('one')}`]);
    expect(await arrowsOf(at('two'))).toEqual([`${at('a')} > ${at('two')}`]);
    expect(await arrowsOf(at('three'), { depth: 1 })).toEqual([`${RUN} > ${at('three')}`]);
    expect(await arrowsOf(RUN, { direction: 'down' })).toEqual([`${RUN} > ${at('three')}`]);
    expect(await arrowsOf(at('b'), { direction: 'down', depth: 1 })).toEqual([
      `${at('b')} > ${at('one')}`,
      `${at('b')} > ${RUN}`,
    ]);
  });

  it('follow the newest emission of a facet, in any order of arrival', async () => {
    const event = (second: number, source: string) =>
      observed(
        runEvent({
          eventTime: `2026-11-24T10:00:0${second}Z`,
          job: explicit('out', source),
          inputs,
          outputs: [dataset('out')],
        }),
        `event-${second}`,
      );
    await load(event(2, 'b'), event(1, 'a'));
    expect(await arrowsOf(at('out'))).toEqual([`${at('b')} > ${at('out')}`]);
    expect(await arrowsOf(at('out'), { asOf: [1] })).toEqual([`${at('b')} > ${at('out')}`]);
    const [row] = await runtime.engine.reader.all(summary, { kinds: ['dataset'], as_of: [2] });
    expect(row).toMatchObject({ edges: 1 });
  });

  it('follow symlinks without counting a hop', async () => {
    const symlinks = facet({ identifiers: [{ namespace: 'hive', name: 'db.out', type: 'TABLE' }] });
    const outputs = [dataset('out', { facets: { symlinks } })];
    await load(observed(runEvent({ inputs: [dataset('a')], outputs })));
    const { nodes } = await lineageOf('dataset:hive/db.out', { depth: 1 });
    expect(nodes.map(({ node, depth }) => [node, depth])).toEqual([
      ['dataset:hive/db.out', 0],
      [at('out'), 0],
      [RUN, 1],
    ]);
  });

  it('that are invalid add nothing', async () => {
    await load(observed({ eventTime: 'never' }));
    expect(await runtime.engine.reader.all(summary, { kinds: [], as_of: [9] })).toMatchObject([
      { nodes: 0, edges: 0 },
    ]);
  });
});
