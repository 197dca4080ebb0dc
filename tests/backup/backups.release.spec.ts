import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it, TestRunner } from 'vitest';
import {
  fact,
  removeDirectory,
  runEnded,
  startServer,
  temporaryDirectory,
} from '../../services/standalone/src/server-under-test.fixture.ts';
import type { SentEvent, ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';

const HISTORIES = 12;
const KILLS = 30;

const cli = join(import.meta.dirname, '../../dist/cli.js');
const root = temporaryDirectory();
const servers: ServerUnderTest[] = [];
afterAll(async () => {
  for (const server of servers) await server.end('SIGKILL');
  removeDirectory(root);
});

async function serving(name: string): Promise<ServerUnderTest> {
  const server = await startServer(join(root, name));
  servers.push(server);
  return server;
}

/** Runs a command; `killAfter` milliseconds later it is killed. Resolves with the exit code and the output. */
function tributary(
  words: readonly string[],
  killAfter?: number,
): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, [cli, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out }));
  });
}

const QUESTIONS = [
  'runs(first: 1000, asOf: $at) { complete reason totalCount evidence nodes { id status attempt lastStep tokens } }',
  'entities(kind: run, first: 1000, asOf: $at) { complete nodes { id name registered firstRecorded details { key value } } }',
  'lineageSummary(asOf: $at) { complete nodes stubs edges evidenceTotal }',
  'search(text: "a", first: 1000, asOf: $at) { complete totalCount nodes { id field excerpt evidence } }',
  'shards(first: 1000, asOf: $at) { complete nodes { id slice uri evidence } }',
  'scores(first: 1000, asOf: $at) { complete nodes { run benchmark value evidence } }',
];

/** The bytes of the answers as of a position. */
const answersAt = (server: ServerUnderTest, at: string): Promise<string[]> =>
  Promise.all(QUESTIONS.map((question) => server.askText(`query ($at: Position) { ${question} }`, { at })));

const runId = fc.constantFrom('a', 'b', 'c');
/** Facts of a few runs and shards. Configurations are blobs where they are large. */
const aFact: fc.Arbitrary<SentEvent> = fc.oneof(
  runId.map((id) => runEnded(`${id}-${Math.random()}`, { runId: id })),
  fc.record({ runId, large: fc.boolean(), attempt: fc.constantFrom(1, 2) }).map(({ large, ...data }) =>
    fact('training.run.started', {
      ...data,
      model: { name: 'm' },
      config: { text: 'x'.repeat(large ? 100_000 : 3) },
      seeds: {},
    }),
  ),
  fc
    .record({ shardId: fc.constantFrom('s1', 's2'), slice: fc.constantFrom('web', 'code') })
    .map((data) => fact('corpus.shard.registered', { ...data, uri: `file:${data.shardId}`, split: 'train' })),
  fc.record({ runId, value: fc.double({ min: 0, max: 1, noNaN: true }) }).map((data) =>
    fact('evaluation.score.recorded', {
      ...data,
      step: 1,
      capability: 'c',
      benchmark: 'b',
      metric: 'm',
      unit: 'share',
      higherIsBetter: true,
      harness: { name: 'h', version: '1' },
      method: 'measured',
    }),
  ),
);

/** Sends facts one by one until it is told to stop, and counts what was acknowledged. */
function goOn(server: ServerUnderTest, facts: readonly SentEvent[]) {
  const state = { ids: [] as string[], stop: false };
  const done = (async () => {
    for (const event of facts) {
      if (state.stop) return;
      await server.record(event);
      state.ids.push(event.id);
    }
  })();
  return { state, done };
}

it('a backup that is made while facts are recorded has all that were acknowledged before, and answers alike', async () => {
  const server = await serving('original');
  const figures = { histories: 0, events: 0, meanwhile: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(aFact, { minLength: 20, maxLength: 60 }), async (facts) => {
      figures.histories += 1;
      const [backup, restored] = [join(root, `backup-${figures.histories}`), `restored-${figures.histories}`];
      const { state, done } = goOn(server, facts);
      await expect.poll(() => state.ids.length).toBeGreaterThan(10);
      const before = state.ids.length;
      const all = await server.logEnd();
      const made = await tributary(['backup', backup, '--data', server.directory, '--json']);
      state.stop = true;
      await done;
      const { position, events } = JSON.parse(made.out);
      expect(Number(position)).toBeGreaterThanOrEqual(Number(all));
      figures.events = events;
      figures.meanwhile += state.ids.length - before;
      const ended = await tributary(['restore', backup, '--data', join(root, restored)]);
      expect(ended.code).toBe(0);
      const verified = await tributary(['verify', '--data', join(root, restored)]);
      expect(verified).toMatchObject({
        code: 0,
        out: expect.stringContaining('everything is as it was written'),
      });
      const copy = await serving(restored);
      await copy.caughtUp();
      await server.caughtUp();
      expect(await answersAt(copy, position)).toEqual(await answersAt(server, position));
      await copy.end('SIGTERM');
      removeDirectory(join(root, restored));
    }),
    { numRuns: HISTORIES, endOnFailure: true },
  );
  Object.assign(TestRunner.getCurrentTest()?.meta ?? {}, { figures });
});

it('a backup that is killed is there whole or not at all', async () => {
  const data = servers[0]?.directory ?? '';
  const figures = { kills: 0, complete: 0 };
  for (let kill = 0; kill < KILLS; kill += 1) {
    const target = join(root, `killed-${kill}`);
    const { code } = await tributary(['backup', target, '--data', data], 150 + 15 * kill);
    figures.kills += Number(code === null);
    figures.complete += Number(existsSync(target));
    const left = readdirSync(root).filter((name) => name.startsWith(`killed-${kill}`));
    for (const name of left) {
      const to = join(root, `${name}-restored`);
      const { code: restored } = await tributary(['restore', join(root, name), '--data', to]);
      expect({ name, restored }).toEqual({ name, restored: name.includes('unfinished') ? 1 : 0 });
      removeDirectory(to);
    }
    for (const name of left) removeDirectory(join(root, name));
  }
  Object.assign(TestRunner.getCurrentTest()?.meta ?? {}, { figures });
});

it('a restore that is killed is finished by the next one, or is complete', async () => {
  const data = servers[0]?.directory ?? '';
  const backup = join(root, 'whole');
  const figures = { kills: 0, complete: 0 };
  const { out } = await tributary(['backup', backup, '--data', data, '--json']);
  const { position } = JSON.parse(out);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const target = join(root, `restored-${kill}`);
    const { code } = await tributary(['restore', backup, '--data', target], 150 + 15 * kill);
    figures.kills += Number(code === null);
    const again = await tributary(['restore', backup, '--data', target]);
    figures.complete += Number(again.code !== 0);
    const copy = await serving(`restored-${kill}`);
    expect(await copy.logEnd()).toBe(position);
    await copy.end('SIGTERM');
    removeDirectory(target);
  }
  Object.assign(TestRunner.getCurrentTest()?.meta ?? {}, { figures });
});
