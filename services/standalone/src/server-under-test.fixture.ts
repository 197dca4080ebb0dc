import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The built server, as users run it. */
const MAIN = join(import.meta.dirname, '../../../dist/standalone.js');

const NDJSON = 'application/x-ndjson';

export type Reply = { readonly status: number; readonly type: string; readonly text: string };

type Receipt = {
  readonly id: string;
  readonly position: string;
  readonly hash: string;
  readonly stream: string;
  readonly streamSequence: number;
};

/** The answer of POST /v1/events where every event is stored or known. */
export type Accepted = {
  readonly stored: number;
  readonly duplicates: number;
  readonly receipts: readonly Receipt[];
};

/** An event as a producer sends it. */
export type SentEvent = { readonly id: string; readonly type: string } & Readonly<Record<string, unknown>>;

export type ServerUnderTest = {
  readonly url: string;
  readonly pid: number;
  readonly directory: string;
  /** Both output streams so far. */
  output(): string;
  send(
    body: string | Uint8Array,
    more?: { type?: string; encoding?: string; query?: string },
  ): Promise<Reply>;
  /** Sends events as NDJSON; throws unless all of them are in the log then. */
  record(...events: readonly SentEvent[]): Promise<Accepted>;
  /** The bytes of a GraphQL answer. */
  askText(query: string, variables?: Record<string, unknown>): Promise<string>;
  /** The data of a GraphQL answer; throws where it has errors. */
  ask<Answer>(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** The position of the durable end of the log. */
  logEnd(): Promise<string>;
  /** The same position, when the tables have reached it. */
  caughtUp(): Promise<string>;
  /** Resolves with the exit code when the process ends by itself. */
  exited(): Promise<number | NodeJS.Signals>;
  /** Sends a signal and resolves with the exit code, or with the name of the signal that ended the process. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
};

let made = 0;

/** A fact of the type under a new id. */
export function fact(type: string, data: object, id?: string): SentEvent {
  made += 1;
  return { specversion: '1.0', id: id ?? `fact-${made}`, source: 'urn:test', type, data };
}

/** The end of a new run, so that every event starts a stream. */
export const runEnded = (id: string, data: object = {}, more: object = {}): SentEvent => ({
  ...fact(
    'training.run.ended',
    { runId: `run-${id}`, attempt: 1, status: 'completed', lastStep: 1, ...data },
    id,
  ),
  ...more,
});

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), 'tributary-e2e-'));

export const removeDirectory = (directory: string): void =>
  rmSync(directory, { recursive: true, force: true });

type LogEnd = { status: { log: { position: string } } };

/** Starts the built server for a directory on a free port, and resolves when it answers. */
export const startServer = (directory: string, more: Record<string, string> = {}): Promise<ServerUnderTest> =>
  serverOf(spawnServer(directory, more), directory);

/** The server in a process that was started, when it answers. */
export async function serverOf(
  { child, output }: SpawnedServer,
  directory: string,
): Promise<ServerUnderTest> {
  const url = await announcedUrl(child, output);
  const askText = async (query: string, variables = {}): Promise<string> =>
    (await post(`${url}/graphql`, { body: JSON.stringify({ query, variables }), type: 'application/json' }))
      .text;
  const send: ServerUnderTest['send'] = (body, { type = NDJSON, encoding, query = '' } = {}) =>
    post(`${url}/v1/events${query}`, { body, type, encoding });
  const ask = async <Answer>(query: string, variables?: Record<string, unknown>): Promise<Answer> =>
    dataOf(await askText(query, variables));
  const logEnd = async () => (await ask<LogEnd>('{ status { log { position } } }')).status.log.position;
  return {
    url,
    pid: child.pid ?? 0,
    directory,
    output,
    send,
    record: async (...events) => accepted(await send(ndjson(events))),
    askText,
    ask,
    logEnd,
    caughtUp: async () => {
      const asOf = await logEnd();
      await ask('query ($asOf: Position) { runs(asOf: $asOf, first: 1) { pageInfo { endCursor } } }', {
        asOf,
      });
      return asOf;
    },
    exited: () => exitOf(child),
    end: (signal) => end(child, signal),
  };
}

async function exitOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode ?? child.signalCode ?? 0;
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
  const exited = exitOf(child);
  child.kill(signal);
  return exited;
}

export type SpawnedServer = { readonly child: ChildProcess; readonly output: () => string };

/** Starts the built server without waiting for it. */
export function spawnServer(directory: string, more: Record<string, string> = {}): SpawnedServer {
  const { command, env } = serverProcess(directory, more);
  const [program, ...args] = command;
  return withOutput(spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }));
}

/** How the built server is started for a directory on a free port. */
export const serverProcess = (directory: string, more: Record<string, string> = {}) => ({
  command: [process.execPath, MAIN] as const,
  env: { TRIBUTARY_DATA: directory, PORT: '0', ...more },
});

/** A started process with what it has written to its output streams so far. */
export function withOutput(child: ChildProcess): SpawnedServer {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += String(chunk)));
  return { child, output: () => text };
}

/** Resolves with the first line of the server, which has written its address by then. */
function announcedUrl(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      reject(new Error(`the server ended with ${code} before it answered: ${output()}`)),
    );
    if (!child.stdout) return reject(new Error('the server has no output'));
    createInterface(child.stdout).on('line', (line) => {
      const url = /listens on (http:\S+?),/.exec(line)?.[1];
      if (url) resolve(url);
    });
  });
}

/** The content of `<directory>/server.json`. */
export const serverFile = (directory: string): { url: string; pid: number } =>
  JSON.parse(readFileSync(join(directory, 'server.json'), 'utf8'));

export const ndjson = (events: readonly unknown[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('');

type Sent = { body: string | Uint8Array; type: string; encoding?: string | undefined };

async function post(url: string, { body, type, encoding }: Sent): Promise<Reply> {
  const headers = {
    'content-type': type,
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  };
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
  };
}

function accepted({ status, text }: Reply): Accepted {
  if (status !== 200 && status !== 201)
    throw new Error(`POST /v1/events answered ${status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}

function dataOf<Answer>(text: string): Answer {
  const { data, errors }: { data: Answer; errors?: { message: string }[] } = JSON.parse(text);
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}

/** The answer to a body that is announced and not sent, because sending it would race with the refusal. */
export async function announce(
  url: string,
  headers: Readonly<Record<string, string | number>>,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const announcing = request(url, { method: 'POST', headers });
  announcing.flushHeaders();
  const [response]: IncomingMessage[] = await once(announcing, 'response');
  if (!response) throw new Error('no answer came');
  const text = Buffer.concat(await response.toArray()).toString('utf8');
  announcing.destroy();
  return { status: response.statusCode ?? 0, body: JSON.parse(text) };
}
