import { copyFileSync, truncateSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { recordFigures } from '@tributary/fixtures';
import { afterAll, expect, it } from 'vitest';
import { endsWhileBusy, exitWhileBusy } from './busy-exit.fixture.ts';
import { removeDirectory, runEnded, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const DEADLINE_MS = 5_000;

const directories: string[] = [];
afterAll(() => directories.forEach(removeDirectory));

/** Makes a server die. Resolves with when it began to, by `performance.now()`. */
type Death = (server: ServerUnderTest) => Promise<number>;

const signal =
  (name: NodeJS.Signals): Death =>
  async (server) => {
    const began = performance.now();
    process.kill(server.pid, name);
    return began;
  };

const allocating = `data:text/javascript,process.on('SIGUSR2',()=>{const%20a=[];for(;;)a.push(new%20Array(1e5).fill({}))})`;
const fillsAtSignal = { NODE_OPTIONS: `--max-old-space-size=200 --import=${allocating}` };

/** The server starts to end when it has found its heap full. */
async function fillHeap(server: ServerUnderTest): Promise<number> {
  process.kill(server.pid, 'SIGUSR2');
  await expect.poll(() => server.output(), { timeout: 60_000 }).toContain('heap out of memory');
  return performance.now();
}

/** Cuts the file of the log below pages that the server has mapped, and makes it read one. */
async function truncateLog(server: ServerUnderTest): Promise<number> {
  truncateSync(logFile(server), 8192);
  const began = performance.now();
  await server.record(runEnded('after')).catch(() => undefined);
  return began;
}

const logFile = ({ directory }: ServerUnderTest): string => join(directory, 'log', 'data.mdb');

it.each<[string, Death, Readonly<Record<string, string>>]>([
  ['an abort', signal('SIGABRT'), {}],
  ['an illegal access', signal('SIGSEGV'), {}],
  ['an illegal instruction', signal('SIGILL'), {}],
  ['a bus error', signal('SIGBUS'), {}],
  ['a truncated log', truncateLog, {}],
  ['a full heap', fillHeap, fillsAtSignal],
])('is gone within five seconds of %s, and keeps what it acknowledged', async (what, kill, env) => {
  const directory = temporaryDirectory();
  directories.push(directory);
  const server = await startServer(directory, env);
  const events = Array.from({ length: 50 }, (_value, index) => runEnded(`kept-${index}`));
  const { receipts } = await server.record(...events);
  const copy = `${logFile(server)}.copy`;
  copyFileSync(logFile(server), copy);
  const began = await kill(server);
  const port = Number(new URL(server.url).port);
  await expect.poll(() => isFree(port), { timeout: DEADLINE_MS, interval: 10 }).toBe(true);
  recordFigures('from the crash to a free port', { after: what, milliseconds: millisecondsSince(began) });
  expect(await server.end('SIGCONT')).toMatch(/^SIG(ABRT|SEGV|ILL|BUS)$/);
  if (kill === truncateLog) copyFileSync(copy, logFile(server));
  const again = await startServer(directory);
  expect(await again.record(...events)).toMatchObject({ stored: 0, receipts });
  expect(await again.end('SIGTERM')).toBe(0);
});

it('exits with its own code while statements of the engine run, thirty times', async () => {
  const directory = temporaryDirectory();
  directories.push(directory);
  const kept = runEnded('kept');
  for (let round = 0; round < 30; round += 1) {
    const server = await startServer(directory, endsWhileBusy);
    expect(await server.record(kept)).toMatchObject({ stored: round === 0 ? 1 : 0 });
    const began = performance.now();
    expect(await exitWhileBusy(server)).toBe(7);
    expect(performance.now() - began).toBeLessThan(DEADLINE_MS);
  }
});

const millisecondsSince = (began: number): number => Math.round(performance.now() - began);

/** Whether nothing listens on the port. */
const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket.destroy() && false));
    socket.once('error', () => resolve(true));
  });
