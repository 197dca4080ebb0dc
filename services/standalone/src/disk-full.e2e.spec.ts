import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from '@tributary/fixtures';
import { smallDisk } from '@tributary/test-processes';
import { afterAll, describe, expect, it } from 'vitest';
import { batch, expectAll, fillAndFree, MIB, Sender } from './disk-history.fixture.ts';
import { startServer } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const DISK_MIB = 96;
/** Facts are accepted to the last byte. */
const NO_WATERMARKS = { TRIBUTARY_DISK_REFUSE_BYTES: '0', TRIBUTARY_DISK_WARN_BYTES: '0' };
const WATERMARKS = {
  TRIBUTARY_DISK_REFUSE_BYTES: String(8 * MIB),
  TRIBUTARY_DISK_WARN_BYTES: String(16 * MIB),
  TRIBUTARY_FAULT_GRACE_MS: '1500',
};

const disk = smallDisk(DISK_MIB);
afterAll(() => disk?.remove());

type Readiness = { status: number; conditions: { code: string }[]; disk: { state: string } };
async function readiness({ url }: ServerUnderTest): Promise<Readiness> {
  const response = await fetch(`${url}/ready`);
  return { conditions: [], ...JSON.parse(await response.text()), status: response.status };
}

describe.skipIf(!disk)('a server on a disk that fills (skipped where mounting is not allowed)', () => {
  if (!disk) return;
  const directory = join(disk.directory, 'data');
  const sender = new Sender();
  let server: ServerUnderTest;
  afterAll(() => server?.end('SIGKILL'));

  it('law: whatever fills and frees, what was acknowledged is there once, and room is used without a restart', async () => {
    server = await startServer(directory, NO_WATERMARKS);
    await fillAndFree(server, { sender, disk, random: randomFrom(20_261_128), steps: 40 });
    expect([...sender.refusals]).toEqual(['disk_full']);
    await expectAll(server, sender);
    expect(await readiness(server)).toMatchObject({ status: 200, disk: { state: 'ok' } });
    expect(await server.end('SIGKILL')).toBe('SIGKILL');
  });

  it('warns, then refuses new facts in the form of each protocol, and reads on', async () => {
    server = await startServer(directory, WATERMARKS);
    await expectAll(server, sender);
    disk.fill(12 * MIB);
    expect(await readiness(server)).toMatchObject({ status: 200, disk: { state: 'warn' } });
    await sender.send(server, batch(1));
    disk.fill(4 * MIB);
    await expectAll(server, sender);
    expect(await readiness(server)).toMatchObject({ status: 503, conditions: [{ code: 'disk_low' }] });
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain(
      'tributary_condition{code="disk_low"} 1',
    );
    sender.refusals.clear();
    await sender.send(server, batch(1));
    expect([...sender.refusals]).toEqual(['disk_low']);
    expect(await refusals(server)).toEqual({
      'a refused event': [507, 'application/problem+json', 'disk_low'],
      OpenLineage: [507, 'application/problem+json', 'disk_low'],
      'a blob': [507, 'application/problem+json', 'disk_low'],
      MLflow: [503, 'application/json', 'TEMPORARILY_UNAVAILABLE'],
      OTLP: [503, 'application/json', 8],
    });
    disk.makeRoom();
    await sender.retry(server);
    expect(sender.pending).toEqual([]);
    await expectAll(server, sender);
    expect(await readiness(server)).toMatchObject({ status: 200 });
  });

  it('rebuilds equal tables from what was recorded through it all', async () => {
    const { rebuild } = await server.ask<{ rebuild: object }>('mutation { rebuild { equal } }');
    expect(rebuild).toEqual({ equal: true });
    await expectAll(server, sender);
  });

  it('ends with 70 a while after its projector has died, not ready at once, and the next start fills the tables', async () => {
    const store = join(directory, 'tables', 'store');
    const exited = server.exited();
    renameSync(store, `${store}-away`);
    writeFileSync(store, 'no folder');
    await sender.send(server, batch(1));
    await expect
      .poll(async () => (await readiness(server)).conditions)
      .toMatchObject([{ code: 'tables_stopped' }]);
    await sender.send(server, batch(1));
    expect(await exited).toBe(70);
    rmSync(store);
    renameSync(`${store}-away`, store);
    server = await startServer(directory, WATERMARKS);
    await expectAll(server, sender);
    expect(await server.end('SIGTERM')).toBe(0);
  });
});

/** Status, media type and code of what each protocol is answered. */
async function refusals({ url }: ServerUnderTest): Promise<Record<string, readonly unknown[]>> {
  const json = 'application/json';
  const post = async (path: string, sent: string, body: string, method = 'POST') => {
    const response = await fetch(`${url}${path}`, { method, headers: { 'content-type': sent }, body });
    const answer = JSON.parse(await response.text());
    const type = response.headers.get('content-type')?.split(';')[0];
    return [response.status, type, answer.error_code ?? answer.code];
  };
  const lineage = {
    eventType: 'START',
    eventTime: '2026-11-28T10:00:00Z',
    producer: 'https://example.org/p',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId: '0193a3c0-0000-7000-8000-000000000001' },
    job: { namespace: 'n', name: 'j' },
  };
  return {
    'a refused event': await post('/v1/events?atomic=false', 'application/x-ndjson', '{"no":"event"}\n'),
    OpenLineage: await post('/api/v1/lineage', json, JSON.stringify(lineage)),
    'a blob': await post(`/v1/blobs/${'a'.repeat(64)}`, json, '{}', 'PUT'),
    MLflow: await post('/api/2.0/mlflow/experiments/create', json, '{"name":"e"}'),
    OTLP: await post('/v1/traces', json, JSON.stringify(TRACES)),
  };
}

const TRACES = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'nemo.run.id', value: { stringValue: 'r' } }] },
      scopeSpans: [
        {
          spans: [
            {
              name: 'megatron.train_step',
              attributes: [
                { key: 'megatron.iteration', value: { intValue: '1' } },
                { key: 'megatron.loss', value: { doubleValue: 3 } },
              ],
            },
          ],
        },
      ],
    },
  ],
};
