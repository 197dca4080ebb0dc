import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consumed, saved, started } from './contamination/leaky-run.fixture.ts';
import { fact, startGraphqlServer } from './graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from './graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

const planned = (runId: string): SentEvent =>
  fact('training.run.planned', { runId, model: { name: 'm' }, config: {}, seeds: {} });

/** What may be recorded of a run, in any order and more than once. */
const KINDS: readonly ((runId: string) => SentEvent)[] = [
  planned,
  (runId) => started(runId, 1),
  (runId) => started(runId, 2, { experimentId: 'some' }),
  (runId) => consumed(runId, 1, 1, { part: 10 }),
  (runId) => saved(runId, 1, 10),
  (runId) => fact('training.run.ended', { runId, attempt: 1, status: 'completed' }),
  (runId) => fact('training.run.annotated', { runId, params: { lr: '1' } }),
  (runId) => fact('training.run.annotated', { runId, tags: { stage: 'anneal' } }),
  (runId) => fact('training.run.annotated', { runId, name: 'calm' }),
  (runId) => fact('training.input.declared', { runId, name: 'web', digest: 'd' }),
  (runId) => fact('training.steps.recorded', { runId, attempt: 1, steps: [1], columns: { loss: [1] } }),
  (runId) => fact('training.steps.skipped', { runId, attempt: 1, steps: [4], reason: 'overflow' }),
];

type Runs = {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};

/** The ids of all pages with the totals that the pages state. */
async function pages(prefix: string, first: number, asOf: string) {
  const ids: string[] = [];
  const totals = new Set<number>();
  let after: string | null = null;
  for (let more = true; more;) {
    const { runs }: { runs: Runs } = await server.ask(
      `query ($prefix: String, $first: Int, $after: String, $asOf: Position) {
        runs(prefix: $prefix, first: $first, after: $after, asOf: $asOf) {
          totalCount nodes { id } pageInfo { hasNextPage endCursor }
        }
      }`,
      { prefix, first, after, asOf },
    );
    for (const { id } of runs.nodes) ids.push(id);
    totals.add(runs.totalCount);
    after = runs.pageInfo.endCursor;
    more = runs.pageInfo.hasNextPage;
  }
  return { ids, totals: [...totals] };
}

describe('the list of runs', () => {
  it('counts each run once, in histories of plans, starts and other facts, also as of earlier positions', async () => {
    const one = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.nat(KINDS.length - 1));
    const histories = fc.array(one, { minLength: 1, maxLength: 10 });
    const besidesPlans = KINDS.flatMap((_, kind): [number, number][] => [
      [kind, 0],
      [kind, kind],
    ]);
    let made = 0;
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 1, max: 5 }), async (history, first) => {
        made += 1;
        const prefix = `history-${made}/`;
        const half = Math.ceil(history.length / 2);
        const moments: { known: string[]; asOf: string }[] = [];
        for (const part of [history.slice(0, half), history.slice(half)]) {
          await server.record(...part.map(([run, kind]) => (KINDS[kind] ?? planned)(`${prefix}${run}`)));
          const before = moments.at(-1)?.known ?? [];
          const known = [...new Set([...before, ...part.map(([run]) => `${prefix}${run}`)])].toSorted();
          moments.push({ known, asOf: await server.caughtUp() });
          if (part.length === history.length) break;
        }
        for (const { known, asOf } of moments)
          expect(await pages(prefix, first, asOf)).toEqual({ ids: known, totals: [known.length] });
      }),
      { numRuns: 6, examples: [[besidesPlans, 5]] },
    );
  });

  it('is what groups of exposure are added up over: each run once', async () => {
    const ids = ['grouped/a', 'grouped/b'];
    await server.record(...ids.flatMap((id) => [planned(id), consumed(id, 1, 1, { part: 10 })]));
    await server.caughtUp();
    const { exposureGroups, runs } = await server.ask<{
      exposureGroups: { runs: number };
      runs: { nodes: readonly { id: string }[] };
    }>('{ exposureGroups(by: [run]) { runs } runs(first: 1000) { nodes { id } } }');
    expect(exposureGroups.runs).toBe(new Set(runs.nodes.map(({ id }) => id)).size);
  });
});

describe('the report of a run', () => {
  const MOST = 1_000;
  const report = async (run: string) => {
    const { runReport } = await server.ask<{
      runReport: { gaps: object[]; corrections: object[]; complete: boolean; reason: string | null };
    }>(`{ runReport(run: "${run}") { gaps { from } corrections { by } complete reason } }`);
    const { gaps, corrections, ...answer } = runReport;
    return { gaps: gaps.length, corrections: corrections.length, ...answer };
  };

  /** Steps with so many gaps, three after one another between two of them, in facts of 999. */
  const stepsWithGaps = (runId: string, gaps: number): SentEvent[] => {
    const steps = Array.from({ length: gaps + 1 }, (_, at) => [5 * at, 5 * at + 1, 5 * at + 2]).flat();
    const facts = Math.ceil(steps.length / 999);
    return Array.from({ length: facts }, (_, at) => steps.slice(999 * at, 999 * (at + 1))).map((some) =>
      fact('training.steps.recorded', {
        runId,
        attempt: 1,
        steps: some,
        columns: { loss: some.map(() => 1) },
      }),
    );
  };
  const corrections = (runId: string, count: number): SentEvent[] => {
    const first = consumed(runId, 1, 1, { part: 1 });
    const later = Array.from({ length: count }, (_, at) => ({
      ...consumed(runId, 1, 1, { part: at + 2 }),
      corrects: first.id,
      correctionreason: 'wrong',
      actor: 'eva',
    }));
    return [first, ...later];
  };

  it('says what it does not list of more gaps and corrections than it may have', async () => {
    for (const [run, count] of [
      ['report/all', MOST],
      ['report/more', MOST + 1],
    ] as const)
      await server.record(started(run, 1), ...stepsWithGaps(run, count), ...corrections(run, count));
    await server.caughtUp();
    const listed = { gaps: MOST, corrections: MOST };
    expect(await report('report/all')).toEqual({ ...listed, complete: true, reason: null });
    expect(await report('report/more')).toEqual({
      ...listed,
      complete: false,
      reason: `only the first ${MOST} gaps between steps are listed; only the first ${MOST} corrections are listed`,
    });
  });
});
