import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { membersOf } from './members.ts';

const SERVER = fileURLToPath(new URL('../sandbox/server.py', import.meta.url));

/** A program to run, and what of it to report. Recorded states are no part of it: no process of the sandbox sees them. */
export type Request = {
  readonly code: string;
  readonly stdin: string;
  readonly call: string | null;
  readonly names: readonly string[];
  readonly events: readonly string[];
  readonly moment: 'before' | 'after';
};

/** How the process of a program ended, by its supervisor: `closed` where by itself; and what it had reported. */
export type Answer = { readonly how: string; readonly reported: string };

/** Runs programs, one after the other. */
export type Sandbox = {
  /** Version of Python. */
  readonly python: string;
  /** The namespaces that programs are in; empty where there are none. */
  readonly isolation: readonly string[];
  run(request: Request): Promise<Answer>;
  close(): Promise<void>;
};

export type SandboxOptions = {
  /** Python 3.8 or newer. */
  readonly python: string;
  /** Where programs such as Python are looked for. */
  readonly path: string | undefined;
  readonly home: string | undefined;
  /** Runs programs with limits alone, which can then reach the network and files of the user. */
  readonly isIsolated: boolean;
};

type OpenedSandbox =
  | { readonly ok: true; readonly sandbox: Sandbox }
  | {
      readonly ok: false;
      readonly refusal: 'python_missing' | 'not_isolated';
      readonly text: string;
    };

/** Longer than a supervisor lets a program run, on a machine that is busy. */
const ANSWER_WITHIN_MS = 60_000;

/** Without packages and variables of the user. */
const FLAGS = ['-s', '-S', '-B'];

/**
 * Starts the server of programs. Refuses `python_missing`, and `not_isolated` where the system gives it no namespaces. A
 * server that is ended by something is started again with the next program.
 */
export async function openSandbox(options: SandboxOptions): Promise<OpenedSandbox> {
  const root = await mkdtemp(join(tmpdir(), 'tributary-traces-'));
  const removeRoot = () => rm(root, { recursive: true, force: true });
  const first = await start(root, options);
  if (typeof first === 'string' || 'why' in first) {
    await removeRoot();
    return typeof first === 'string'
      ? { ok: false, refusal: 'python_missing', text: `${options.python} cannot be used: ${first}` }
      : { ok: false, refusal: 'not_isolated', text: first.why };
  }
  let server: Server | undefined = first;
  const run = async (request: Request): Promise<Answer> => {
    if (server?.isOver()) await server.end().then(() => (server = undefined));
    server ??= await start(root, options).then((next) =>
      typeof next === 'string' || 'why' in next ? undefined : next,
    );
    const answer = await server?.ask(JSON.stringify(request));
    if (answer !== undefined) return answerIn(answer);
    await server?.end();
    server = undefined;
    return { how: 'the sandbox ended', reported: '' };
  };
  const close = async () => {
    await server?.end();
    await removeRoot();
  };
  return { ok: true, sandbox: { python: first.python, isolation: first.isolation, run, close } };
}

function answerIn(line: string): Answer {
  const members = membersOf(line);
  return { how: String(members?.get('how')), reported: String(members?.get('reported')) };
}

type Server = {
  readonly python: string;
  readonly isolation: readonly string[];
  isOver(): boolean;
  /** The line that answers; undefined where the server ended or was too slow. */
  ask(line: string): Promise<string | undefined>;
  end(): Promise<void>;
};

/** A server that is ready; or why it has no isolation; or why it does not run. */
async function start(
  root: string,
  { python, path, home, isIsolated }: SandboxOptions,
): Promise<Server | { readonly why: string } | string> {
  const child = spawn(python, [...FLAGS, SERVER, root, ...(isIsolated ? [] : ['--without-isolation'])], {
    cwd: '/',
    /* A group of its own, so that it can be ended as a whole. Hashes are the same each time. */
    detached: true,
    env: { ...environmentOf({ PATH: path, HOME: home }), PYTHONHASHSEED: '0' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const { next, ended, isOver, complaint } = linesOf(child);
  const end = () => endOf(child, ended);
  const hello = membersOf((await next(ANSWER_WITHIN_MS)) ?? '');
  const why = hello?.get('why');
  if (typeof why === 'string' && (isIsolated || hello?.get('python') === '')) {
    await end();
    return { why };
  }
  if (hello === undefined) {
    await end();
    return complaint();
  }
  const ask = async (request: string): Promise<string | undefined> => {
    child.stdin.write(`${request}\n`);
    return next(ANSWER_WITHIN_MS);
  };
  return {
    python: String(hello.get('python')),
    isolation: textsIn(hello.get('isolation')),
    isOver,
    ask,
    end,
  };
}

const environmentOf = (variables: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));

const textsIn = (list: unknown): readonly string[] => (Array.isArray(list) ? list.map(String) : []);

const COMPLAINT_LENGTH = 300;

function linesOf(child: ChildProcessWithoutNullStreams) {
  const lines: string[] = [];
  let [wake, said, isOver] = [() => {}, '', false];
  const over = (why = '') => {
    isOver = true;
    said ||= why;
    wake();
  };
  const ended = new Promise<void>((resolve) => {
    child.once('error', ({ message }) => resolve(over(message)));
    child.once('close', () => resolve(over()));
    /* Its pipes stay open as long as the supervisor of a program that it leaves behind. */
    child.once('exit', () => over());
  });
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-COMPLAINT_LENGTH);
  });
  createInterface({ input: child.stdout, crlfDelay: Infinity }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  const next = async (within: number): Promise<string | undefined> => {
    const timer = setTimeout(() => over('it does not answer'), within);
    while (lines.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve));
    clearTimeout(timer);
    return lines.shift();
  };
  return { next, ended, isOver: () => isOver, complaint: () => said.trim().split('\n').at(-1) || 'it ended' };
}

/** Ends a server: by the end of its input, or the whole group of processes where that is not enough. */
async function endOf(child: ChildProcessWithoutNullStreams, ended: Promise<void>): Promise<void> {
  child.stdin.end();
  const timer = setTimeout(() => killGroup(child.pid), 2000);
  await ended;
  clearTimeout(timer);
  killGroup(child.pid);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    /* All of it has ended. */
  }
}
