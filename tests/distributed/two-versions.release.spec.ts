import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { randomFrom, recordFigures } from '@tributary/fixtures';
import { connectTopic } from '@tributary/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsOf } from '../chaos/dead-letters.fixture.ts';
import { ask } from '../chaos/tables.fixture.ts';
import { clusterUnavailable, startCluster, topicAt } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import { olderVersion } from './older-version.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { fact, started } from './requests.fixture.ts';
import type { Sent } from './requests.fixture.ts';

const missing = clusterUnavailable();
const ROUNDS = 12;
const FACTS = 40;
const LATER_TYPE = 'training.run.annotated';
const LATER_MINOR = 'mixture.experiment.assigned';

const annotated = (run: string): Sent => fact(LATER_TYPE, { runId: run, tags: { stage: 'anneal' } });
const assigned = (experiment: string): Sent =>
  fact(LATER_MINOR, {
    experimentId: experiment,
    design: 'controlled_ablation',
    assignment: 'randomised',
    control: 'full',
    arms: [{ arm: 'full', mixtureId: 'full', role: 'train' }],
  });

type Answer = { readonly status: number; readonly stored: number; readonly text: string };

/** Sends one event, in whatever version of the intake, and returns what the answer says. */
async function post({ url }: ProcessUnderTest, event: Sent): Promise<Answer> {
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: `${JSON.stringify(event)}\n`,
  });
  const text = await response.text();
  const { stored = 0 }: { stored?: number } = JSON.parse(text);
  return { status: response.status, stored, text };
}

describe.skipIf(missing)(`two versions side by side${missing ? `, skipped: ${missing}` : ''}`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'two-versions-'));
  const random = randomFrom(7);
  let older: string;
  let cluster: Cluster;
  let projector: ProcessUnderTest;
  let intakes: { readonly older: ProcessUnderTest; readonly newer: ProcessUnderTest };
  const acknowledged = new Set<string>();
  const figures = { facts: 0, retries: 0, 'stops of the older projector': 0, 'steps back': 0 };

  beforeAll(async () => {
    const minors = [{ type: LATER_MINOR, newest: '1.1', before: '1.0' }];
    older = olderVersion(directory, { types: [LATER_TYPE], minors });
    cluster = await startCluster({ partitions: 3 });
    projector = await cluster.start('projector', {}, older);
    await projector.becomes('ready');
    intakes = {
      older: await cluster.start('ingest', {}, older),
      newer: await cluster.start('ingest'),
    };
    await intakes.older.becomes('ready');
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Sends an event until it is acknowledged: a replica of the other process may be a moment behind. */
  const acknowledge = async (intake: ProcessUnderTest, event: Sent): Promise<number> => {
    for (let attempt = 0; ; attempt += 1) {
      const { status, stored, text } = await post(intake, event);
      if (status === 200 || status === 201) {
        acknowledged.add(event.id);
        return stored;
      }
      if (attempt > 100) throw new Error(`${event.id} was not taken: ${status} ${text}`);
      await pause(50);
    }
  };
  /** Facts of all kinds, first to one that can accept them, then again to either, some at once. */
  const exchange = async (round: number): Promise<void> => {
    const either = () => (random.below(2) === 0 ? intakes.older : intakes.newer);
    for (let n = 0; n < FACTS; n += 1) {
      const name = `${round}-${n % 9}`;
      const event = [() => started(`run-${round}-${n}`), () => annotated(name), () => assigned(name)][
        random.below(3)
      ]?.();
      if (!event) continue;
      const first = event['type'] === LATER_TYPE ? intakes.newer : either();
      const again = Array.from({ length: random.below(3) }, either);
      const stored =
        event['type'] === LATER_TYPE
          ? [
              await acknowledge(first, event),
              ...(await Promise.all(again.map((one) => acknowledge(one, event)))),
            ]
          : await Promise.all([first, ...again].map((one) => acknowledge(one, event)));
      /* Two processes that do not know of each other may both say that they stored it; the tables count. */
      expect(stored.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(1);
      figures.facts += 1;
      figures.retries += again.length;
    }
  };
  const become = async (bundles: string | undefined): Promise<void> => {
    await projector.end('SIGKILL');
    projector = await cluster.start('projector', {}, bundles);
  };
  /** How often the tables have each event, by id. */
  const inTables = async () => {
    const rows = await ask(cluster.clickhouse, 'SELECT id, count() FROM tributary.log_event GROUP BY id');
    return rows.map(([id, count]) => ({ id: String(id), count: Number(count) }));
  };

  it('a newer writer waits for the projectors, stores nothing meanwhile, and goes on by itself', async () => {
    /* The first commit of the group says which contract it reads. */
    await acknowledge(intakes.older, started('first'));
    await intakes.newer.becomes({ condition: 'projector_older' });
    expect(await post(intakes.newer, annotated('first'))).toMatchObject({
      status: 503,
      text: expect.stringContaining('replace the projectors first'),
    });
    await become(undefined);
    await intakes.newer.becomes('ready');
    expect(await acknowledge(intakes.newer, annotated('first'))).toBe(1);
  });

  it('lose nothing, store nothing twice and refuse nothing, in random histories with retries through either', async () => {
    let isOlder = false;
    for (let round = 0; round < ROUNDS; round += 1) {
      if (random.below(2) === 0) {
        isOlder = !isOlder;
        if (isOlder) figures['steps back'] += 1;
        await become(isOlder ? older : undefined);
      }
      await exchange(round);
      if (!isOlder) continue;
      await projector.becomes({ condition: 'contract_newer' });
      figures['stops of the older projector'] += 1;
    }
    await become(undefined);
    await projector.becomes('ready');
    const counted = async () => (await inTables()).map(({ id, count }) => `${id} ${count}`).toSorted();
    const once = [...acknowledged].map((id) => `${id} 1`).toSorted();
    await expect.poll(counted, { timeout: 60_000 }).toEqual(once);

    const refused = await connectTopic(topicAt(cluster, cluster.deadLetters));
    const endpoints = (await recordsOf(refused)).flatMap(({ headers }) =>
      headers.flatMap(([name, text]) => (name === 'endpoint' ? [Buffer.from(text).toString()] : [])),
    );
    await refused.close();
    expect(endpoints.filter((endpoint) => endpoint.startsWith('kafka'))).toEqual([]);
    const verified = execFileSync(
      process.execPath,
      [join(import.meta.dirname, '../../dist/projector.js'), 'rebuild', '--verify'],
      { env: cluster.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    expect(verified).not.toContain('DIFFERENT');
    expect(verified).toMatch(new RegExp(`^training_tag: [1-9]\\d* rows, .*, equal$`, 'm'));
    recordFigures('two versions side by side', figures);
  });
});
