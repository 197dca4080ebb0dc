import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '@tributary/kernel';
import fc from 'fast-check';
import { afterAll, expect, it, TestRunner } from 'vitest';
import { startEmbedded } from './embedded.ts';
import { verifyDirectory } from './verify/verify-directory.ts';

const HISTORIES = 20;
const REFUSALS = ['tables_of_another_log', 'log_behind_tables'];

const root = mkdtempSync(join(tmpdir(), 'tributary-copies-'));
const path = (name: string): string => join(root, name);
const copy = (from: string, to: string): void => cpSync(path(from), path(to), { recursive: true });
const remove = (name: string): void => rmSync(path(name), { recursive: true, force: true });
afterAll(() => rmSync(root, { recursive: true }));

type Runs = { complete: boolean; nodes: { id: string }[] };

/** Serves a directory for as long as `work` takes. */
async function serving<Result>(name: string, work: (url: string) => Promise<Result>): Promise<Result> {
  const server = await startEmbedded({ directory: path(name), host: '127.0.0.1', port: 0 });
  try {
    return await work(server.url);
  } finally {
    await server.close();
  }
}

async function runsAt(url: string): Promise<Runs> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ runs { complete nodes { id } } }' }),
  });
  const { data } = (await response.json()) as { data: { runs: Runs } };
  return data.runs;
}

/** Records ends of runs, and waits until an answer has them. */
const goOn = (name: string, ids: readonly string[]): Promise<void> =>
  serving(name, async (url) => {
    for (const id of ids) {
      const data = { runId: id, attempt: 1, status: 'completed', lastStep: 1 };
      const response = await fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents+json' },
        body: JSON.stringify({
          specversion: '1.0',
          id,
          source: 'urn:test',
          type: 'training.run.ended',
          data,
        }),
      });
      expect(response.status).toBe(201);
    }
    await expect.poll(async () => (await runsAt(url)).complete, { timeout: 60_000 }).toBe(true);
  });

const BASE = ['base-1', 'base-2'];

/** Whose log and whose tables are put together after `own` and `other`, copies of `base`, have gone on. */
const SWAPS: Record<string, readonly [log: Part, tables: Part]> = {
  nothing: ['own', 'own'],
  'the tables of the other copy': ['own', 'other'],
  'the log of the other copy': ['other', 'own'],
  'older tables': ['own', 'base'],
  'an older log': ['base', 'own'],
};
type Part = 'base' | 'own' | 'other';

const aHistory = fc.record({
  own: fc.subarray(['x', 'y', 'z'], { minLength: 1 }),
  other: fc.subarray(['x', 'y', 'w'], { minLength: 1 }),
  swap: fc.constantFrom(...Object.keys(SWAPS)),
});

it('no answer over swapped tables or logs says that it is complete and is not', async () => {
  const outcomes = new Map<string, number>();
  let count = 0;
  await goOn('base', BASE);
  await fc.assert(
    fc.asyncProperty(aHistory, async ({ own, other, swap }) => {
      /* The engine remembers the parts of a path for as long as the process lives, so each history has paths of its own. */
      const at = (name: string): string => `${(count += 1)}-${name}`;
      const names = { base: 'base', own: at('own'), other: at('other') };
      const added = { base: [], own, other };
      copy('base', names.own);
      copy('base', names.other);
      await goOn(names.own, own);
      await goOn(names.other, other);
      const [log, tables] = SWAPS[swap] ?? ['own', 'own'];
      const mixed = at('mixed');
      copy(names[log], mixed);
      remove(`${mixed}/tables`);
      copy(`${names[tables]}/tables`, `${mixed}/tables`);
      const isSame = added[log].join() === added[tables].join();
      const verified = await verifyDirectory(path(mixed), 16, () => undefined);
      expect({ ok: verified.ok, verified }).toMatchObject({ ok: isSame });
      const outcome = await served(mixed, [...BASE, ...added[log]].toSorted());
      expect({ isSame, outcome }).toEqual({ isSame, outcome: isSame ? 'complete' : outcome });
      for (const name of [names.own, names.other, mixed]) remove(name);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }),
    { numRuns: HISTORIES, endOnFailure: true },
  );
  const figures = { histories: HISTORIES, ...Object.fromEntries(outcomes) };
  console.log(figures);
  Object.assign(TestRunner.getCurrentTest()?.meta ?? {}, { figures });
});

/** The code of the refusal to start, or whether the first answer was complete. A complete answer has exactly these runs. */
async function served(name: string, wanted: readonly string[]): Promise<string> {
  try {
    return await serving(name, async (url) => {
      let runs = await runsAt(url);
      const first = runs.complete ? 'complete' : 'filled again';
      for (; !runs.complete; runs = await runsAt(url)) continue;
      expect(runs.nodes.map(({ id }) => id).toSorted()).toEqual(wanted);
      return first;
    });
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    if (!REFUSALS.includes(fault.code)) throw fault;
    return fault.code;
  }
}
