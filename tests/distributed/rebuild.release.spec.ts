import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { connectTopic } from '@tributary/kafka';
import type { Topic } from '@tributary/event-log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, fact, send, started, logPositionWith } from './requests.fixture.ts';
import { clusterUnavailable, startCluster, topicAt } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { runRebuild } from './rebuild-command.fixture.ts';
import type { Cue } from './rebuild-command.fixture.ts';

const missing = clusterUnavailable();
const RUNS = 60;
const HOLDS = 'comparing';
const steps = (run: string) =>
  fact('training.steps.recorded', {
    runId: run,
    attempt: 1,
    steps: Array.from({ length: 50 }, (_, step) => step + 1),
    columns: { loss: Array.from({ length: 50 }, (_, step) => 5 / (step + 1)) },
  });

describe.skipIf(missing)(
  `a rebuild beside running projectors${missing ? `, skipped: ${missing}` : ''}`,
  () => {
    let cluster: Cluster;
    let ingest: ProcessUnderTest;
    let projector: ProcessUnderTest;
    let api: ProcessUnderTest;
    let engine: Engine;
    let topic: Topic;
    let sent = 0;
    /** Before a row was changed. */
    let clean: { readonly asOf: string; readonly answered: unknown };

    beforeAll(async () => {
      cluster = await startCluster({ partitions: 4 });
      engine = await connectServer({ url: cluster.clickhouse.url });
      topic = await connectTopic(topicAt(cluster));
      projector = await cluster.start('projector');
      ingest = await cluster.start('ingest');
      api = await cluster.start('api');
      for (const one of [projector, ingest, api]) await one.becomes('ready');
      await record(Array.from({ length: RUNS }, (_, n) => `run-${n}`));
      await caughtUp();
    });
    afterAll(async () => {
      await Promise.all([engine?.close(), topic?.close()]);
      await cluster?.stop();
    });

    const record = async (runs: readonly string[]): Promise<void> => {
      const { stored } = await send(
        ingest,
        runs.flatMap((run) => [started(run), steps(run)]),
      );
      sent += stored;
    };
    const caughtUp = async (): Promise<string> => {
      const asOf = await logPositionWith(api, sent);
      await answer(asOf);
      return asOf;
    };
    /** As of a position, so that the query waits for the tables. */
    const answer = (asOf: string) =>
      ask<{ runs: { nodes: { id: string }[]; complete: boolean } }>(
        api,
        'query ($asOf: Position) { runs(first: 500, asOf: $asOf) { nodes { id } asOf { position } complete } curve(run: "run-7", asOf: $asOf) { points { step mean } } }',
        { asOf },
      );
    const rebuild = (flags: readonly string[], cue?: Cue) => runRebuild(cluster.env, flags, cue);

    it('names the event of a row that was changed', async () => {
      const asOf = await caughtUp();
      clean = { asOf, answered: await answer(asOf) };
      await engine.command(
        "ALTER TABLE tributary.training_step UPDATE loss = 9 WHERE run_id = 'run-7' AND step = 3",
      );
      const { code, out } = await rebuild(['--verify']);
      expect(code).toBe(1);
      expect(out).toMatch(/^training_step: .*DIFFERENT$/m);
      expect(out).toMatch(/^training_step begins to differ at position \S+, training.steps.recorded$/m);
      expect(out).toMatch(/^ {2}only before: .*"run-7".*"loss":9/m);
      expect(out).toMatch(/^ {2}only after: .*"run-7"/m);
    });

    it('lets no projector write to tables of another version, and replaces them', async () => {
      expect(await projector.end('SIGTERM')).toBe(0);
      const commits = await topic.commits(cluster.group);
      const older = commits.map((commit) => ({
        offset: commit?.offset ?? 0,
        metadata: (commit?.metadata ?? '')
          .replace(/@\w+:/, '@older:')
          .replace(/"version":"\w+"/, '"version":"older"'),
      }));
      await topic.moveGroup(cluster.group, older);
      projector = await cluster.start('projector');
      await projector.becomes({ condition: 'tables_version' });
      await expect.poll(async () => (await answer(clean.asOf)).runs.complete).toBe(false);

      expect(await rebuild([], { line: HOLDS, act: (kill) => kill() })).toMatchObject({ code: null });
      await record(['after']);
      const { code, out, output } = await rebuild([]);
      expect(output).toContain('resuming where the last run was interrupted');
      expect(out).toMatch(/^training_step: .*DIFFERENT$/m);
      expect(out).toContain('The new tables are the live ones');
      expect(code).toBe(0);

      expect(await answer(clean.asOf)).toEqual(clean.answered);
      await projector.becomes('ready');
      const later = await caughtUp();
      expect((await answer(later)).runs.nodes.map(({ id }) => id)).toContain('after');
      expect(await rebuild(['--verify'])).toMatchObject({ code: 0 });
    });
  },
);
