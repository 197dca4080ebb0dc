import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Service = 'ingest' | 'projector' | 'api' | 'attribution';

/** A line that a process wrote about itself. */
type Told = { readonly event?: string; readonly url?: string };

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
  /** Both streams so far. */
  output(): string;
  isAlive(): boolean;
  ready(): Promise<Ready>;
  /** Resolves when `/ready` answers 200, or with a condition of the code. */
  becomes(state: 'ready' | { readonly condition: string }, seconds?: number): Promise<Ready>;
  /** Resident memory in bytes. */
  memory(): Promise<number>;
  /** Sends a signal and resolves when the process has ended, with its code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

/** They go with the test, however it ends; a signal that cannot be caught leaves them to whoever sent it. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

const services = join(import.meta.dirname, '../../services');

/** Starts a service; resolves when it answers, ready or not. */
export async function startProcess(
  service: Service,
  env: Readonly<Record<string, string>>,
): Promise<ProcessUnderTest> {
  const child = spawn(process.execPath, [join(services, service, 'dist/main.js')], {
    env: { PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const url = await announced(child, () => text);
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

/** Processes say where they answer in a line of their log. */
function announced(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}: ${output()}`)));
    if (!child.stdout) return reject(new Error('the process has no output'));
    createInterface(child.stdout).on('line', (line) => {
      const told = toldIn(line);
      if (told?.event === 'process.waiting' && told.url !== undefined) resolve(told.url);
    });
  });
}

function toldIn(line: string): Told | undefined {
  try {
    return JSON.parse(line) as Told;
  } catch {
    return undefined;
  }
}

async function memoryOf(pid: number): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) * 1024;
}
