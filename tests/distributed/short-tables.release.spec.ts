import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { connectTopic } from '@tributary/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterUnavailable, startCluster, topicAt } from './cluster.fixture.ts';
import type { Cluster } from './cluster.fixture.ts';
import type { ProcessUnderTest } from './process-under-test.fixture.ts';
import { ask, fact, logPositionWith, send, started } from './requests.fixture.ts';

const missing = clusterUnavailable();
const main = join(import.meta.dirname, '../../dist/projector.js');
/** Only the api looks at the tables, and nothing is done about them. */
const UNFILLED = { TRIBUTARY_REFILL_TABLES: 'false' };

const steps = (run: string) =>
  fact('training.steps.recorded', {
    runId: run,
    attempt: 1,
    steps: Array.from({ length: 20 }, (_, step) => step + 1),
    columns: { loss: Array.from({ length: 20 }, (_, step) => 5 / (step + 1)) },
  });

/** Spans of the steps of a run. */
const telemetry = (numbers: readonly number[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'nemo.run.id', value: { stringValue: 'traced' } }] },
      scopeSpans: [
        {
          spans: numbers.map((number) => ({
            name: 'megatron.train_step',
            endTimeUnixNano: '1764000000000000000',
            attributes: [
              { key: 'megatron.iteration', value: { intValue: String(number) } },
              { key: 'megatron.loss', value: { doubleValue: 1 } },
            ],
          })),
        },
      ],
    },
  ],
});

type Answer = { readonly runs: { readonly complete: boolean; readonly reason: string | null } };
const QUESTION =
  'query ($asOf: Position) { runs(first: 500, asOf: $asOf) { nodes { id } complete reason } curve(run: "run-7", asOf: $asOf) { points { step mean } } }';

describe.skipIf(missing)(`tables on servers that lack rows${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: Cluster;
  let engine: Engine;
  let ingest: ProcessUnderTest;
  let projector: ProcessUnderTest;
  let clean: { readonly asOf: string; readonly answer: Answer };

  beforeAll(async () => {
    cluster = await startCluster({ partitions: 2 });
    engine = await connectServer({ url: cluster.clickhouse.url });
    projector = await cluster.start('projector', UNFILLED);
    ingest = await cluster.start('ingest');
    const api = await cluster.start('api');
    for (const one of [projector, ingest, api]) await one.becomes('ready');
    await record(api, 10);
    await engine.command('CREATE TABLE tributary.older CLONE AS tributary.training_step');
    const asOf = await record(api, 10);
    clean = { asOf, answer: await ask<Answer>(api, QUESTION, { asOf }) };
    await api.end('SIGTERM');
  });
  afterAll(async () => {
    await engine?.close();
    await cluster?.stop();
  });

  let recorded = 0;
  /** Records runs, and waits until the tables have them. Resolves with the position of the log. */
  const record = async (api: ProcessUnderTest, more: number): Promise<string> => {
    const runs = Array.from({ length: more }, (_, n) => `run-${recorded + n}`);
    recorded += more;
    await send(
      ingest,
      runs.flatMap((run) => [started(run), steps(run)]),
    );
    const asOf = await logPositionWith(api, 2 * recorded);
    await ask(api, QUESTION, { asOf });
    return asOf;
  };
  const aPart = async (table: string): Promise<string> => {
    const sql = `SELECT min(name) FROM system.parts WHERE active AND database = 'tributary' AND table = '${table}'`;
    const response = await fetch(cluster.clickhouse.url, { method: 'POST', body: sql });
    return (await response.text()).trim();
  };
  const command = async (args: readonly string[], env = {}) => {
    const child = spawn(process.execPath, [main, ...args], { env: { ...cluster.env, ...env } });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    await once(child, 'close');
    return { code: child.exitCode, output };
  };
  const rebuild = (flags: readonly string[] = [], env = {}) => command(['rebuild', ...flags], env);
  /** Another projector takes over. */
  const projectWith = async (env = {}): Promise<void> => {
    await projector.end('SIGTERM');
    projector = await cluster.start('projector', env);
    await projector.becomes('ready', 150);
  };

  it.each<[string, string, RegExp]>([
    [
      'a table was emptied',
      'TRUNCATE TABLE tributary.training_step',
      /training_step has 0 of \d+ rows at positions (?:1:)?1 to /,
    ],
    [
      'a part of a table was lost',
      "ALTER TABLE tributary.training_run DROP PART '{part}'",
      /training_run has \d+ of \d+ rows at positions /,
    ],
    [
      'a table was exchanged for an older copy',
      'EXCHANGE TABLES tributary.training_step AND tributary.older',
      /training_step has \d+ of \d+ rows at positions /,
    ],
    [
      'a rollup was emptied',
      'TRUNCATE TABLE tributary.training_step_per_64',
      /training_step_per_64 is not what its source says/,
    ],
    ['the counts were lost', 'TRUNCATE TABLE tributary.log_range', /log_range counts 0 of \d+ positions/],
    ['the register of events was emptied', 'TRUNCATE TABLE tributary.log_event', /they hold 0 of \d+ events/],
  ])(
    'where %s: the api says so, no answer is complete, and a projector fills them again by itself while facts arrive',
    async (_what, damage, detail) => {
      await engine.command(damage.replace('{part}', await aPart('training_run')));
      const api = await cluster.start('api');
      const { body } = await api.becomes({ condition: 'tables_short' });
      expect(body.conditions?.map((one) => one.detail).join()).toMatch(detail);
      const { runs } = await ask<Answer>(api, QUESTION, { asOf: clean.asOf });
      expect(runs.complete).toBe(false);
      expect(runs.reason).toMatch(detail);
      expect(await command(['verify'])).toMatchObject({
        code: 1,
        output: expect.stringContaining('`rebuild`'),
      });

      const isProjecting = projectWith();
      const more = await record(api, 5);
      await isProjecting;
      await expect.poll(() => projector.output(), { timeout: 60_000 }).toContain('projector.refilled');
      expect(await command(['verify'])).toMatchObject({ code: 0 });
      await api.becomes('ready', 150);
      expect(await ask<Answer>(api, QUESTION, { asOf: more })).toMatchObject({
        runs: { complete: true, reason: null },
      });
      await projectWith(UNFILLED);
      expect(clean.answer.runs).toMatchObject({ complete: true, reason: null });
      expect(await ask(api, QUESTION, { asOf: clean.asOf })).toEqual(clean.answer);
      expect(await api.end('SIGTERM')).toBe(0);
    },
  );

  it('where steps are lost: telemetry that is sent again in another grouping is refused until they are filled again', async () => {
    const send = async (...numbers: number[]): Promise<number> => {
      const body = JSON.stringify(telemetry(numbers));
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${ingest.url}/v1/traces`, { method: 'POST', headers, body })).status;
    };
    expect(await send(1, 2)).toBe(200);
    expect(await send(2, 3)).toBe(200);
    await engine.command('TRUNCATE TABLE tributary.training_step');
    expect(await send(1, 2, 3, 4)).toBe(503);
    await projectWith();
    await expect.poll(() => projector.output(), { timeout: 60_000 }).toContain('projector.refilled');
    await expect.poll(() => send(1, 2, 3, 4), { timeout: 60_000 }).toBe(200);
    const sql =
      "SELECT groupArray(step) FROM (SELECT step FROM tributary.training_step WHERE run_id = 'traced' ORDER BY step)";
    const recordedSteps = async () =>
      (await (await fetch(cluster.clickhouse.url, { method: 'POST', body: sql })).text()).trim();
    await expect.poll(recordedSteps, { timeout: 30_000 }).toBe('[1,2,3,4]');
    await projectWith(UNFILLED);
  });

  it('where a table is emptied under running projectors: they fill it again within minutes, and lose nothing', async () => {
    const api = await cluster.start('api');
    await projectWith();
    const other = await cluster.start('projector');
    for (const one of [api, other]) await one.becomes('ready');
    await engine.command('TRUNCATE TABLE tributary.training_step');
    const refilled = () => /projector.refilled/.test(projector.output() + other.output());
    while (!refilled()) await record(api, 1);
    const asOf = await record(api, 1);
    for (const one of [projector, other, api]) await one.becomes('ready', 150);
    expect(await ask(api, QUESTION, { asOf: clean.asOf })).toEqual(clean.answer);
    const { runs } = await ask<Answer>(api, QUESTION, { asOf });
    expect(runs).toMatchObject({ complete: true, reason: null });
    expect(await rebuild(['--verify'])).toMatchObject({ code: 0 });
    for (const one of [other, api]) expect(await one.end('SIGTERM')).toBe(0);
    await projectWith(UNFILLED);
  });

  it('where they hold an event that the topic lacks: a rebuild loses it only where that is accepted', async () => {
    await engine.command(
      "INSERT INTO tributary.log_event (id_key, source, id, type, stream, hash, _position) VALUES (1, 'urn:other', 'elsewhere', 't', 's', '', 1)",
    );
    const refused = await rebuild();
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringContaining('event elsewhere of urn:other'),
    });
    expect(refused.output).toContain('--accept-missing');
    const accepted = await rebuild(['--accept-missing']);
    expect(accepted.output).toMatch(
      /log_event: .*DIFFERENT[^]*some tables are DIFFERENT from what the log says/,
    );
    expect(await rebuild(['--verify'])).toMatchObject({ code: 0 });
  });

  it('where the topic has lost records: a rebuild says so at once, and fills the tables from what is left where that is accepted', async () => {
    await projector.end('SIGTERM');
    const topic = await connectTopic(topicAt(cluster));
    const commits = await topic.commits(cluster.group);
    const beyond = commits.map((commit) => ({ metadata: '', ...commit, offset: 1_000 }));
    await topic.moveGroup(cluster.group, beyond);
    await topic.close();
    const refused = await rebuild();
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringMatching(/have read up to 1000, and \S+ ends at \d+/),
    });
    expect(refused.output).toContain('set KAFKA_GROUP to a new name');
    const left = `${cluster.topic}-left`;
    const create = { partitions: 2, replicas: 1, config: { 'retention.ms': '-1' } };
    const created = await connectTopic({ ...topicAt(cluster, left), create });
    await created.close();
    const env = { KAFKA_TOPIC: left, KAFKA_GROUP: `${cluster.group}-left` };
    const lacking = await rebuild([], env);
    expect(lacking).toMatchObject({ code: 1, output: expect.stringMatching(/would lack \d+ facts/) });
    expect((await rebuild(['--accept-missing'], env)).output).toContain('The new tables are the live ones');
    const [next, api] = [await cluster.start('projector', env), await cluster.start('api', env)];
    for (const one of [next, api]) await one.becomes('ready');
    const { runs } = await ask<Answer>(api, '{ runs { totalCount complete } }');
    expect(runs).toMatchObject({ totalCount: 0, complete: true });
  });
});
