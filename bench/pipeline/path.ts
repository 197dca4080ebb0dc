import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuSeconds } from './cpu.ts';
import type { Requests } from './requests.ts';

/** The server of this checkout. */
export const SERVER = join(import.meta.dirname, '../../dist/standalone.js');
const CLIENTS = 4;

/** CPU seconds of the server from the first measured request until the tables hold every event. */
export async function wholePath(
  { warmUp, measured, events }: Requests,
  program: string = SERVER,
): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const port = 20_000 + (process.pid % 20_000);
  const server = spawn(process.execPath, [program], {
    env: { ...process.env, TRIBUTARY_DATA: directory, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise((resolve) => server.stdout.once('data', resolve));
    const pid = server.pid ?? 0;
    await post(port, warmUp);
    await caughtUp(port);
    const before = cpuSeconds(pid);
    await post(port, measured);
    const head = await caughtUp(port);
    if (head !== events) throw new Error(`the tables have reached position ${head}, not ${events}`);
    return cpuSeconds(pid) - before;
  } finally {
    server.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  }
}

async function post(port: number, bodies: readonly Buffer[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
  let next = 0;
  const client = async (): Promise<void> => {
    for (let body = bodies[next++]; body; body = bodies[next++]) {
      const status = await send(agent, port, body);
      if (status !== 201) throw new Error(`the server answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  agent.destroy();
}

function send(agent: Agent, port: number, body: Buffer): Promise<number> {
  const headers = { 'content-type': 'application/x-ndjson', 'content-length': body.length };
  return new Promise((resolve, reject) => {
    const sent = request(
      { agent, port, host: '127.0.0.1', method: 'POST', path: '/v1/events', headers },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

type Status = { status: { lag: number; projected: { position: string } } };

/** Waits until the lag is 0. Resolves with the position that the tables have reached. */
async function caughtUp(port: number): Promise<number> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ status { lag projected { position } } }' }),
    });
    const { data }: { data: Status } = JSON.parse(await response.text());
    if (data.status.lag === 0) return Number(data.status.projected.position);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
