import { execSync, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REQUEST_LIMITS } from '@tributary/capture';
import { openChdb } from '@tributary/clickhouse';
import { openLmdbLog } from '@tributary/event-log';
import { systemClock } from '@tributary/kernel';
import { embeddedSinkOf } from '@tributary/projector';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';

const directory = mkdtempSync(join(tmpdir(), 'tributary-embedded-'));
const file = join(directory, 'server.json');
afterAll(() => rmSync(directory, { recursive: true }));

let server: EmbeddedServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(port = 0, clock = systemClock): Promise<string> {
  server = await startEmbedded({ directory, host: '127.0.0.1', port, limits: REQUEST_LIMITS, clock });
  return server.url;
}

const ended = (id: string) => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: 'training.run.ended',
  data: { runId: id, attempt: 1, status: 'completed', lastStep: 1 },
});

async function post(url: string, id: string): Promise<number> {
  const headers = { 'content-type': 'application/cloudevents+json' };
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers,
    body: JSON.stringify(ended(id)),
  });
  return response.status;
}

/** Sends an event that becomes a dead letter. */
async function postRefused(url: string): Promise<number> {
  const headers = { 'content-type': 'application/cloudevents+json' };
  const body = JSON.stringify({ ...ended('refused'), data: { runId: 'x', status: 'no such status' } });
  return (await fetch(`${url}/v1/events?atomic=false`, { method: 'POST', headers, body })).status;
}

const positions = (url: string): Promise<unknown> =>
  statusOf(url, 'lag log { position } projected { position }');

async function statusOf(url: string, fields: string): Promise<unknown> {
  const query = `{ status { ${fields} } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { data: { status: unknown } };
  return data.status;
}

const HOUR = 3_600_000_000;

describe('the embedded application', () => {
  it('accepts an event, brings it to the tables, and answers questions', async () => {
    const url = await start(0, () => systemClock() + HOUR);
    expect(await post(url, 'a')).toBe(201);
    await expect
      .poll(() => positions(url))
      .toEqual({ lag: 0, log: { position: '1' }, projected: { position: '1' } });
    const ready = await fetch(`${url}/ready`);
    expect(await ready.json()).toMatchObject({
      status: 'ready',
      position: '1',
      deadLetters: 0,
      warnings: [],
    });
  });

  it('writes its address for its owner, and removes it at the end', async () => {
    const url = await start();
    const health = await (await fetch(`${url}/health`)).json();
    const { instance, logId } = health as Record<string, unknown>;
    const { dev, ino } = statSync(directory, { bigint: true });
    const announced = { pid: process.pid, url, instance, logId, inode: `${dev}:${ino}` };
    expect(health).toEqual({ status: 'ok', instance, logId, directory });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(announced);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await server?.close();
    server = undefined;
    expect(existsSync(file)).toBe(false);
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
  });

  it('has after a restart what it acknowledged before, and says that its clock was ahead then', async () => {
    const url = await start();
    const warnings = [{ code: 'clock_behind' }];
    expect(server?.warnings).toEqual([expect.stringContaining('ahead of the clock of this machine')]);
    const ready = await fetch(`${url}/ready`);
    expect(await ready.json()).toMatchObject({ status: 'ready', warnings });
    expect(await statusOf(url, 'readinessConditions { code }')).toEqual({ readinessConditions: warnings });
    expect(await post(url, 'a')).toBe(200);
    expect(await post(url, 'b')).toBe(201);
    await server?.close();
    const again = await start();
    expect(await positions(again)).toMatchObject({ log: { position: '2' } });
  });
});

type Runs = { totalCount: number; complete: boolean; reason: string | null; lag: number };

async function textOf(url: string, query: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  return response.text();
}

async function askRuns(url: string): Promise<Runs> {
  const answer = JSON.parse(await textOf(url, '{ runs { totalCount complete reason lag } }'));
  const { data } = answer as { data: { runs: Runs } };
  return data.runs;
}

const EVERYTHING = `{
  runs { totalCount complete reason lag asOf { position time } nodes { id status lastStep attempt tokens } }
  run(id: "a") { id started status lastStep complete reason asOf { position time } }
  event(position: "2") { id stream type recordTime hash json }
  deadLetters { nodes { id } }
  status { lag complete log { position } projected { position } deadLetters { parked } }
}`;

/** Deletes what can be made again. */
function keepLogAndBlobs(): void {
  for (const name of readdirSync(directory))
    if (!['log', 'blobs'].includes(name)) rmSync(join(directory, name), { recursive: true });
}

const REFILL = 'rows are missing in the tables (they were filled with 0 of the ';

describe('everything but the log and the blobs that was deleted', () => {
  it('is made again by itself, byte for byte, and no answer calls itself complete before', async () => {
    const first = await start();
    expect((await askRuns(first)).totalCount).toBe(2);
    const before = await textOf(first, EVERYTHING);
    expect(before).not.toContain('"errors"');
    await server?.close();
    keepLogAndBlobs();
    const url = await start();
    const answers = [await askRuns(url)];
    while (answers.at(-1)?.complete !== true) answers.push(await askRuns(url));
    const runs = answers.pop();
    /* None where the server had filled them before the first question. */
    const reasons = answers.map(({ reason }) => reason?.slice(0, 63));
    expect(new Set([...reasons, REFILL])).toEqual(new Set([REFILL]));
    expect(runs).toEqual({ totalCount: 2, complete: true, reason: null, lag: 0 });
    expect(await textOf(url, EVERYTHING)).toBe(before);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
  });

  it('is made again in a directory of a version before too, which noted dead letters where there were none', async () => {
    const deadLetters = join(directory, 'dead-letters');
    const log = await openLmdbLog({ directory: join(directory, 'log') });
    mkdirSync(join(deadLetters, 'log-id'), { recursive: true });
    writeFileSync(join(deadLetters, 'log-id', log.logId), '');
    await log.folders.add('dead-letters');
    await log.close();
    await start();
    await server?.close();
    keepLogAndBlobs();
    const url = await start();
    await expect.poll(() => askRuns(url)).toMatchObject({ totalCount: 2, complete: true });
  });
});

describe('a fact that a later version wrote', () => {
  it('stops the tables before it, and refuses nothing', async () => {
    const versionOf = () => '1.7';
    const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock, versionOf });
    const bytes = Buffer.from(JSON.stringify({ ...ended('later'), type: 'training.run.dreamt' }));
    const event = {
      source: 'urn:test',
      id: 'later',
      type: 'training.run.dreamt',
      stream: 'run/later',
      bytes,
    };
    await log.append([event], { atomic: true });
    await log.close();

    const url = await start();
    expect(server?.outdated).toContain('does not read (training.run.dreamt 1.7), and the tables stop');
    const conditions = [{ code: 'contract_newer', detail: expect.stringContaining('the event at 3 is a') }];
    await expect.poll(async () => (await fetch(`${url}/ready`)).json()).toMatchObject({ conditions });
    expect(await post(url, 'after')).toBe(201);
    expect(await positions(url)).toMatchObject({ lag: 2, projected: { position: '2' } });
    expect(await askRuns(url)).toMatchObject({
      complete: false,
      reason: '2 recorded events are not in the tables yet',
    });
  });
});

describe('a start that fails', () => {
  it('names the directory that another server uses, and leaves that server alone', async () => {
    const url = await start();
    await expect(startEmbedded({ directory, host: '127.0.0.1', port: 0 })).rejects.toMatchObject({
      code: 'directory_in_use',
      message: expect.stringContaining(`${directory} is in use`),
    });
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(existsSync(file)).toBe(true);
  });

  it('says that the clock cannot be right, so that no fact gets its time', async () => {
    const in2096 = (): number => Date.UTC(2096) * 1000;
    await expect(start(0, in2096)).rejects.toMatchObject({ code: 'clock_wrong' });
  });

  it('names the port that is taken, and frees the directory', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(start(port)).rejects.toMatchObject({
      code: 'port_taken',
      message: `port ${port} is taken; choose another one (PORT or --port; METRICS_PORT of the metrics)`,
    });
    other.close();
    expect(await start()).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

const detachedParts = {
  name: 'test',
  sql: "SELECT name FROM system.detached_parts WHERE database = 'tributary'",
  params: { parse: (): Record<string, never> => ({}) },
  row: { parse: (value: unknown) => value },
};

describe('tables whose files are damaged', () => {
  it('that the engine does not open are named with the way out', async () => {
    const tables = join(directory, 'tables');
    const table = join(tables, 'metadata/tributary/training_exposure.sql');
    const definition = readFileSync(table);
    writeFileSync(table, 'no definition\n');
    await expect(start()).rejects.toMatchObject({
      code: 'engine_not_opened',
      message: expect.stringContaining(
        `If no other process has ${tables} open, delete that directory, and only it: the tables are filled again from the log`,
      ),
    });
    writeFileSync(table, definition);
  });

  it('have no parts that are set aside any more once they were emptied', async () => {
    const aside = mkdtempSync(join(tmpdir(), 'tributary-aside-'));
    const engine = await openChdb({ directory: aside, threads: 16 });
    const detached = async () => (await engine.reader.all(detachedParts, {})).length;
    await engine.command('CREATE TABLE tributary.one (a UInt8) ENGINE = MergeTree ORDER BY a');
    await engine.command('INSERT INTO tributary.one VALUES (1)');
    await engine.command("ALTER TABLE tributary.one DETACH PART 'all_1_1_0'");
    expect(await detached()).toBe(1);
    await embeddedSinkOf(engine).empty('tributary.one');
    expect(await detached()).toBe(0);
    await engine.close();
    rmSync(aside, { recursive: true });
  });
});

describe('a folder that is not there', () => {
  /** A disk of 8 MiB, where this user may mount one. */
  const disk = mkdtempSync(join(tmpdir(), 'small-disk-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0;
  afterAll(() => {
    if (isMounted) execSync(`umount -l ${disk}`);
    rmSync(disk, { recursive: true });
  });
  const paths = { blobs: join(directory, 'blobs'), deadLetters: join(directory, 'dead-letters') };
  const parts = [
    [paths.blobs, 'blobs_missing'],
    [paths.deadLetters, 'dead_letters_missing'],
  ] as const;
  const accepted: string[] = [];
  beforeAll(async () => {
    await postRefused(await start());
    await server?.close();
  });

  it.each(parts)('%s: the start is refused until it is back or its loss is accepted', async (path, code) => {
    const begin = () => start().catch((fault: unknown) => fault);
    renameSync(path, `${path}-before`);
    expect(await begin()).toMatchObject({ code, message: expect.stringContaining(`${path} is missing; it`) });
    expect(existsSync(path)).toBe(false);
    mkdirSync(path);
    const newer = await begin();
    expect(newer).toMatchObject({ code, message: expect.stringContaining('that this log has used, but a') });
    mkdirSync(join(path, 'log-id'));
    writeFileSync(join(path, 'log-id', 'another'), '');
    expect(await begin()).toMatchObject({ code, message: expect.stringContaining('another log (another)') });
    rmSync(path, { recursive: true });
    renameSync(`${path}-before`, path);
    accepted.push(/accept the loss by: (.+)$/.exec(String(newer))?.[1] ?? '');
  });

  it('goes on without it once that is accepted, and watches the disk that it has then', async () => {
    for (const path of Object.values(paths)) renameSync(path, `${path}-before`);
    symlinkSync(disk, paths.blobs);
    for (const command of accepted) execSync(command);
    const url = await start();
    expect(await statusOf(url, 'deadLetters { parked }')).toEqual({ deadLetters: { parked: 0 } });
    expect(await post(url, 'no room')).toBe(isMounted ? 507 : 201);
    for (const path of Object.values(paths)) renameSync(path, `${path}-moved`);
    const conditions = parts.map(([, code]) => expect.objectContaining({ code }));
    const ready = await (await fetch(`${url}/ready`)).json();
    expect(ready).toMatchObject({ conditions: expect.arrayContaining(conditions) });
    await server?.close();
    server = undefined;
    for (const path of Object.values(paths)) renameSync(`${path}-before`, path);
  });

  it('is not written to where it was deleted while it was open, and the server ends', async () => {
    const url = await start();
    expect(await statusOf(url, 'deadLetters { parked }')).toEqual({ deadLetters: { parked: 1 } });
    await server?.close();
    rmSync(paths.deadLetters, { recursive: true });
    execSync(accepted[1] ?? 'false');
    const empty = await start();
    rmSync(paths.deadLetters, { recursive: true });
    expect(await postRefused(empty)).toBe(503);
    const conditions = ['dead_letters_missing', 'dead_letters_stopped'].map((code) =>
      expect.objectContaining({ code }),
    );
    const ready = await (await fetch(`${empty}/ready`)).json();
    expect(ready).toMatchObject({ conditions: expect.arrayContaining(conditions) });
  });
});
