import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openLmdbLog } from '@tributary/event-log';
import { Fault, START, systemClock } from '@tributary/kernel';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startEmbedded } from '../embedded.ts';
import type { EmbeddedServer } from '../embedded.ts';
import { verifyDirectory } from '../verify/verify-directory.ts';
import { scrubDirectory } from './scrub-directory.ts';
import { requireScrubbed, stagedFolder, writePlan } from './scrub-plan.ts';

/* One process opens the tables of one path only, so every test puts its copy there. */
const root = mkdtempSync(join(tmpdir(), 'tributary-scrub-'));
const directory = join(root, 'data');
const planted = join(root, 'planted');

/** Each holds the canary, which the test looks for in the bytes of every file. */
const CANARY = 'cAnArY7f3e';
const HF = `hf_${CANARY}ABCDEFGHIJ0123456789`;
/** Of no form: only its owner knows that it is a secret. */
const NAMED = `zx9 "LiStEd8b\\ü`;

/** As many as are planted. */
const EVENTS = 7;

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const raw = `lr: 0.1\npassword: ${CANARY}\n`;
const zipped = gzipSync(Buffer.from(`{"hub_token": "${HF}"}`));
const clean = 'lr: 0.1\ntokenizer: gpt2\n';

/** Files with the canary in them, whatever they are. */
const filesWith = (text: string, folder = directory): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text));

const start = () => startEmbedded({ directory, host: '127.0.0.1', port: 0 });

const event = (id: string, type: string, data: object) => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type,
  data,
});
const started = (runId: string, config: object) =>
  event(`started-${runId}`, 'training.run.started', {
    runId,
    attempt: 1,
    model: { name: 'm' },
    config,
    seeds: {},
  });

const LONG = started('long', { notes: 'x'.repeat(70_000), wandb: { api_key: CANARY } });

const QUOTED = started('quoted', { 'hub token': HF, command: `train --api_key ${CANARY} --lr 3` });

async function record(url: string, body: string, type = 'application/x-ndjson'): Promise<Response> {
  return fetch(`${url}/v1/events?atomic=false`, { method: 'POST', headers: { 'content-type': type }, body });
}

async function settled(url: string): Promise<void> {
  const head = async () => {
    const query = '{ status { lag } }';
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data }: { data: { status: { lag: number } } } = JSON.parse(await response.text());
    return data.status.lag;
  };
  await vi.waitFor(async () => expect(await head()).toBe(0), { timeout: 30_000, interval: 100 });
}

async function plant({ url }: EmbeddedServer): Promise<void> {
  const events = [
    started('plain', { lr: 0.1, tokenizer: 'gpt2' }),
    QUOTED,
    LONG,
    event('ended', 'training.run.ended', { runId: 'plain', attempt: 1, status: 'completed' }),
    started('listed', { note: NAMED }),
  ];
  const stored = await record(url, events.map((one) => `${JSON.stringify(one)}\n`).join(''));
  expect(stored.status).toBe(201);
  const lineage = JSON.stringify({
    eventTime: '2026-01-01T00:00:00Z',
    eventType: 'COMPLETE',
    producer: 'https://example.org',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: {
      runId: '0190f3c2-7a51-7c3e-8a11-5f2b7c9d1e10',
      facets: {
        x: { _producer: 'https://p', _schemaURL: 'https://s', rows: 'BIG', env: `DB_PASSWORD=${CANARY}` },
      },
    },
    job: { namespace: 'n', name: 'j' },
  }).replace('"BIG"', '123456789012345678901234567890.10');
  const observed = await fetch(`${url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: lineage,
  });
  expect(observed.status).toBeLessThan(300);
  const broken = { ...started('broken', { secret: CANARY }), type: 'training.run.begun' };
  await record(url, `${JSON.stringify(started('next', {}))}\n${JSON.stringify(broken)}\n`);
  for (const content of [raw, zipped, clean])
    expect(
      (
        await fetch(`${url}/v1/blobs/${sha256(content)}?secrets=keep`, {
          method: 'PUT',
          headers: { 'content-type': 'application/octet-stream' },
          body: new Uint8Array(Buffer.from(content)),
        })
      ).status,
    ).toBe(201);
  await settled(url);
}

const recorded = async () => {
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  const events = await log.read({ after: START, limit: 1_000, maxBytes: 1e9 });
  const { logId } = log;
  await log.close();
  return { logId, events };
};

const scrub = (more: Partial<Parameters<typeof scrubDirectory>[0]> = {}) =>
  scrubDirectory({
    directory,
    actor: 'ada',
    reason: 'a token was in a configuration',
    dryRun: false,
    step: () => undefined,
    ...more,
  });

const putPlanted = (): void => {
  rmSync(directory, { recursive: true, force: true });
  cpSync(planted, directory, { recursive: true });
};

beforeAll(async () => {
  const server = await start();
  await plant(server);
  await server.close();
  cpSync(directory, planted, { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('a scrub', () => {
  it('of a dry run finds what there is and changes nothing', async () => {
    putPlanted();
    expect(filesWith(CANARY).length).toBeGreaterThanOrEqual(3);
    const found = await scrub({ dryRun: true });
    expect(found).toMatchObject({ completed: false, events: ['2', '3', '6'], deadLetters: 1 });
    expect(new Set(found.blobs)).toEqual(new Set([sha256(raw), sha256(zipped), found.blobs[0]]));
    expect(found.blobs).toHaveLength(3);
    expect(found.position).toBeUndefined();
    expect(filesWith(CANARY).length).toBe(filesWith(CANARY, planted).length);
  });

  it('leaves no byte of a secret, keeps ids, positions, sequences and times, and says what it did', async () => {
    putPlanted();
    const before = await recorded();
    const found = await scrub({});
    expect(filesWith(CANARY)).toEqual([]);
    expect(filesWith('LiStEd8b')).not.toEqual([]);
    /* What only its owner knows to be a secret is found by name. */
    const listed = await scrub({ secrets: [NAMED] });
    expect(listed).toMatchObject({ events: ['5'], blobs: [], deadLetters: 0, kinds: { listed: 1 } });
    expect(filesWith('LiStEd8b')).toEqual([]);
    const after = await recorded();
    expect(after.logId).toBe(before.logId);
    const kept = after.events.slice(0, before.events.length);
    const identity = (events: typeof kept) =>
      events.map(({ source, id, type, stream, position, streamSequence, recordTime }) => [
        source,
        id,
        type,
        stream,
        position,
        streamSequence,
        recordTime,
      ]);
    expect(identity(kept)).toEqual(identity(before.events));
    for (const [index, { hash, position }] of kept.entries())
      expect([position, hash === before.events[index]?.hash]).toEqual([
        position,
        !['2', '3', '5', '6'].includes(position),
      ]);
    const lineage = Buffer.from(kept[5]?.bytes ?? []).toString();
    expect(lineage).toContain('"rows":123456789012345678901234567890.10');
    expect(lineage).toContain('DB_PASSWORD=[redacted:named_secret]');
    const facts = after.events
      .slice(before.events.length)
      .map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()));
    expect(facts).toMatchObject([
      { type: 'audit.log.scrubbed', data: { actor: 'ada', deadLetters: 1, part: 1, parts: 1 } },
      {
        type: 'audit.log.scrubbed',
        data: { kinds: ['listed'], events: [{ position: '5', hash: kept[4]?.hash }] },
      },
    ]);
    expect(facts[0].data.blobs).toEqual(found.blobs);
    expect(found.position).toBe(String(before.events.length + 1));
  });

  it('leaves a directory that serves, fills its tables without the secrets, and is as it was written', async () => {
    putPlanted();
    await scrub();
    await scrub({ secrets: [NAMED] });
    /* As a scrub leaves it that is killed before its plan is written. */
    mkdirSync(stagedFolder(directory, 'log'));
    const server = await start();
    expect(existsSync(stagedFolder(directory, 'log'))).toBe(false);
    await settled(server.url);
    const gone = await fetch(`${server.url}/v1/blobs/${sha256(raw)}`);
    expect(gone.status).toBe(410);
    expect(await gone.json()).toMatchObject({
      code: 'blob_removed',
      detail: expect.stringContaining('scrubbed'),
    });
    expect((await fetch(`${server.url}/v1/blobs/${sha256(raw)}`, { method: 'HEAD' })).status).toBe(410);
    const again = await fetch(`${server.url}/v1/blobs/${sha256(raw)}?secrets=keep`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: raw,
    });
    expect(again.status).toBe(410);
    expect((await fetch(`${server.url}/v1/blobs/${sha256(clean)}`)).status).toBe(200);
    const sent = await record(
      server.url,
      `${JSON.stringify(started('plain', { lr: 0.1, tokenizer: 'gpt2' }))}\n`,
    );
    expect(await sent.json()).toMatchObject({ duplicates: 1 });
    const secret = await record(server.url, `${JSON.stringify(QUOTED)}\n`);
    expect([secret.status, await secret.json()]).toEqual([
      207,
      { stored: 0, duplicates: 0, storedByType: {}, receipts: [expect.objectContaining({ position: '2' })] },
    ]);
    const removed = await record(server.url, `${JSON.stringify(LONG)}\n`);
    expect([removed.status, await removed.json()]).toMatchObject([410, { code: 'blob_removed' }]);
    await server.close();
    expect(await verifyDirectory(directory, 8, () => undefined)).toMatchObject({ ok: true });
    expect(filesWith(CANARY)).toEqual([]);
  });

  it('finds nothing twice', async () => {
    putPlanted();
    await scrub();
    expect(await scrub()).toEqual({ completed: false, events: [], blobs: [], deadLetters: 0, kinds: {} });
  });
});

/** The code of the fault that a check throws. */
function refusalOf(check: () => void): unknown {
  try {
    check();
    return undefined;
  } catch (fault) {
    return fault instanceof Fault ? fault.code : fault;
  }
}

describe('a scrub that is interrupted', () => {
  it('is no directory to serve or to verify', async () => {
    putPlanted();
    writePlan(directory, { removed: [], reason: 'r' });
    await expect(start()).rejects.toMatchObject({ code: 'scrub_unfinished' });
    await expect(verifyDirectory(directory, 8, () => undefined)).rejects.toMatchObject({
      code: 'scrub_unfinished',
    });
  });

  it('is completed by the next one, wherever it was, and nothing starts in between', async () => {
    const steps: string[] = [];
    putPlanted();
    await scrub({ step: (text) => steps.push(text) });
    const last = steps.lastIndexOf('done');
    expect(steps.filter((text) => text.startsWith('exchanging'))).toHaveLength(2);
    for (let at = 0; at <= last; at += 1) {
      putPlanted();
      let count = -1;
      const killed = scrub({
        step: () => {
          count += 1;
          if (count === at) throw new Error('killed');
        },
      });
      await expect(killed).rejects.toThrow('killed');
      const hasBegun = existsSync(join(directory, 'unfinished-scrub.json'));
      const begun = hasBegun ? 'scrub_unfinished' : undefined;
      expect(refusalOf(() => requireScrubbed(directory))).toBe(begun);
      expect(await scrub()).toMatchObject({ completed: hasBegun });
      expect([at, filesWith(CANARY)]).toEqual([at, []]);
      expect((await recorded()).events.length).toBe(EVENTS + 1);
    }
  });
});
