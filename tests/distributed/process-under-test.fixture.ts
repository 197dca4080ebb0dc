import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Service = 'ingest' | 'projector' | 'api' | 'attribution';

/** The fields that tests read from a line of a process's log. */
type LogLine = { readonly event?: string; readonly url?: string };

type Ready = {
  readonly status: number;
  readonly body: { readonly conditions?: readonly { code: string; detail: string }[] } & Record<
    string,
    unknown
  >;
};

/** A built service in a process of its own. */
export type ProcessUnderTest = {
  readonly service: Service;
  readonly url: string;
  readonly pid: number;
  /** The text of stdout and stderr so far. */
  output(): string;
  isAlive(): boolean;
  ready(): Promise<Ready>;
  /** Resolves when `/ready` answers 200, or when it has a condition with the given code. */
  becomes(state: 'ready' | { readonly condition: string }, seconds?: number): Promise<Ready>;
  /** Resident memory in bytes. */
  memory(): Promise<number>;
  /** Resolves with the exit code when the process ends by itself. */
  exited(): Promise<number | null>;
  /** Sends a signal. Resolves with the exit code when the process has ended. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/** Processes are killed when the test process exits. SIGKILL of the test process leaves them running. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

const bundles = join(import.meta.dirname, '../../dist');

/** Starts a service of the bundles in a folder. Resolves when its HTTP server listens, which may be before it is ready. */
export async function startProcess(
  service: Service,
  env: Readonly<Record<string, string>>,
  folder = bundles,
): Promise<ProcessUnderTest> {
  const child = spawn(process.execPath, [join(folder, `${service}.js`)], {
    env: { PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const url = await addressFromLog(child, () => text);
  const ready = async (): Promise<Ready> => {
    const response = await fetch(`${url}/ready`);
    return { status: response.status, body: (await response.json()) as Ready['body'] };
  };
  return {
    service,
    url,
    pid: child.pid ?? 0,
    output: () => text,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    ready,
    async becomes(state, seconds = 60) {
      const until = performance.now() + seconds * 1000;
      let last: unknown;
      while (performance.now() < until) {
        const now = await ready().catch((error: unknown) => void (last = error));
        if (now) last = now;
        if (now && isIn(now, state)) return now;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(
        `${service} did not become ${JSON.stringify(state)}; last: ${JSON.stringify(last)}\n${text}`,
      );
    },
    exited: async () => {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
    memory: async () => memoryOf(child.pid ?? 0),
    async end(signal) {
      const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}

const isIn = ({ status, body }: Ready, state: 'ready' | { readonly condition: string }): boolean =>
  state === 'ready'
    ? status === 200
    : status === 503 && (body.conditions ?? []).some(({ code }) => code === state.condition);

/** The address that a process writes to its log once its HTTP server listens. */
function addressFromLog(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      reject(new Error(`the process exited with code ${code} before it listened: ${output()}`)),
    );
    if (!child.stdout) return reject(new Error('the process has no stdout'));
    createInterface(child.stdout).on('line', (line) => {
      const entry = parseLogLine(line);
      if (entry?.event === 'process.waiting' && entry.url !== undefined) resolve(entry.url);
    });
  });
}

function parseLogLine(line: string): LogLine | undefined {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}

async function memoryOf(pid: number): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}
