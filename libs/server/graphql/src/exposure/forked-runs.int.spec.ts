import { afterAll, beforeAll, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

async function recorded(...events: readonly SentEvent[]): Promise<string> {
  await server.record(...events);
  return server.caughtUp();
}

const started = (runId: string, attempt: number, more: object = {}): SentEvent =>
  fact('training.run.started', { runId, attempt, model: { name: 'm' }, config: {}, seeds: {}, ...more });

/** One token a step of the slice. */
const consumed = (
  runId: string,
  attempt: number,
  slice: string,
  steps: readonly [number, number],
): SentEvent => {
  const [firstStep, lastStep] = steps;
  const amounts = [{ slice, amount: lastStep - firstStep + 1 }];
  const unit = { unit: 'token', method: 'measured' };
  return fact('training.exposure.recorded', { runId, attempt, firstStep, lastStep, ...unit, amounts });
};

const saved = (runId: string, attempt: number, step: number): SentEvent =>
  fact('training.checkpoint.saved', { runId, attempt, checkpointId: `${runId}-${attempt}-${step}`, step });

const replaced = (wrong: SentEvent, right: SentEvent): SentEvent => ({
  ...right,
  corrects: wrong.id,
  correctionreason: 'a typo',
  actor: 'ada',
});

type Exposure = {
  readonly complete: boolean;
  readonly reason: string | null;
  readonly rows: readonly { readonly slice: string; readonly amount: number }[];
};

const exposureOf = async (named: string): Promise<Exposure> => {
  const asked = `{ exposure(${named}, by: slice) { complete reason rows { slice amount } } }`;
  return (await server.ask<{ exposure: Exposure }>(asked)).exposure;
};

const sumsOf = ({ rows }: Exposure): Record<string, number> =>
  Object.fromEntries(rows.map(({ slice, amount }) => [slice, amount]));

it('inherits what its parent had consumed when it was forked, although its start, or one of its parent, was corrected since', async () => {
  const fork = { forkedFrom: { runId: 'parent', step: 100 } };
  const start = started('fork', 1, fork);
  const second = started('parent', 2, { resumedFrom: { attempt: 1, step: 50 } });
  const first = started('parent', 1);
  await recorded(first, consumed('parent', 1, 'a', [1, 100]), start, consumed('fork', 1, 'c', [101, 120]));
  const before = await exposureOf('run: "fork"');
  expect(sumsOf(before)).toEqual({ a: 100, c: 20 });
  await recorded(second, consumed('parent', 2, 'b', [51, 120]));
  await recorded(replaced(start, started('fork', 1, { ...fork, config: { lr: 1 } })));
  await recorded(replaced(first, started('parent', 1, { config: { lr: 1 } })));
  expect(await exposureOf('run: "fork"')).toEqual(before);
  expect(sumsOf(await exposureOf('run: "parent"'))).toEqual({ a: 50, b: 70 });
});

it('is as old as its own start, whatever a withdrawn import had said of it', async () => {
  const fork = started('again-forked', 1, { forkedFrom: { runId: 'trained', step: 100 } });
  const importId = 'wrong-folder';
  const begun = fact('lineage.import.started', { importId, paths: ['a'], program: 'test' }, importId);
  const [first] = (await server.record(begun)).receipts;
  const { receipts } = await server.record(
    started('trained', 1),
    consumed('trained', 1, 'a', [1, 100]),
    fork,
  );
  const position = receipts.at(-1)?.position ?? '';
  const stored = [{ first: position, last: position }];
  const named = { importId, began: first?.position ?? '', stored };
  await recorded(
    fact('lineage.import.progressed', { ...named, part: 1, announced: [], repeated: [] }),
    fact('lineage.import.withdrawn', { ...named, reason: 'wrong folder', actor: 'ada' }),
  );
  await recorded(
    started('trained', 2, { resumedFrom: { attempt: 1, step: 50 } }),
    consumed('trained', 2, 'b', [51, 100]),
    started('again-forked', 1, { forkedFrom: { runId: 'trained', step: 100 } }),
    consumed('again-forked', 1, 'c', [101, 120]),
  );
  expect(sumsOf(await exposureOf('run: "again-forked"'))).toEqual({ a: 50, b: 50, c: 20 });
});

it('is not complete where nothing says whether an attempt of its parent began before it', async () => {
  const fork = { forkedFrom: { runId: 'loose', step: 150 } };
  await recorded(
    started('loose', 1),
    consumed('loose', 1, 'a', [1, 200]),
    consumed('loose', 2, 'b', [101, 200]),
    started('twig', 1, fork),
    consumed('twig', 1, 'c', [151, 160]),
  );
  const { complete, reason } = await exposureOf('run: "twig"');
  expect(complete).toBe(false);
  expect(reason).toBe(
    'no start of attempt 2 of run loose is recorded, so nothing says whether it was before the fork',
  );
});

it('is not complete where only a checkpoint names an attempt of its parent', async () => {
  await recorded(
    started('named', 1),
    consumed('named', 1, 'a', [1, 400]),
    saved('named', 2, 300),
    started('heir', 1, { forkedFrom: { runId: 'named', step: 350 } }),
    consumed('heir', 1, 'c', [351, 400]),
  );
  expect(await exposureOf('run: "named", step: 350')).toMatchObject({ complete: false });
  expect(await exposureOf('run: "heir"')).toMatchObject({ complete: false });
});

it('answers as of a position what it answered then, whatever attempts came later', async () => {
  const end = await recorded(
    started('base', 1),
    consumed('base', 1, 'a', [1, 1000]),
    saved('base', 1, 1000),
    started('late', 1, { parentCheckpointId: 'base-1-1000' }),
    consumed('late', 1, 'b', [1001, 2000]),
  );
  const asked = `run: "late", step: 500, inherited: true, asOf: "${end}"`;
  const then = await exposureOf(asked);
  await recorded(started('late', 2), consumed('late', 2, 'b', [1501, 1600]), saved('late', 3, 1700));
  expect(await exposureOf(asked)).toEqual(then);
});

it('says that the start of its newest attempt was never recorded, whose status it does not have', async () => {
  const ended = (attempt: number, status: string, lastStep: number) =>
    fact('training.run.ended', { runId: 'again', attempt, status, lastStep });
  await recorded(
    started('again', 1),
    consumed('again', 1, 'a', [1, 300]),
    ended(1, 'failed', 300),
    consumed('again', 2, 'a', [301, 600]),
    ended(2, 'completed', 600),
  );
  const asked = '{ run(id: "again") { attempt status lastStep complete reason } }';
  expect(await server.ask(asked)).toMatchObject({
    run: {
      attempt: 1,
      status: 'failed',
      lastStep: 300,
      complete: false,
      reason: 'attempt 2 of run again is recorded without its start',
    },
  });
});
