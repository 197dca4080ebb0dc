import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blockFiles } from '@tributary/clickhouse';
import type { EmulatorConfig } from './http-emulator.ts';
import { BLOCK_ROOTS } from './sessions.ts';

export type ClickHouseOptions = Partial<EmulatorConfig> & {
  /** It is kept after `stop`. Default: a temporary directory, which is deleted. */
  readonly directory?: string;
  readonly port?: number;
};

export type ClickHouse = {
  readonly url: string;
  readonly port: number;
  readonly directory: string;
  readonly pid: number;
  /** Sends SIGKILL. Acknowledged rows are on the disk, as far as the operating system has written them. */
  kill(): Promise<void>;
  /** Kills the process if it runs, and starts it again on the same port and directory. */
  restart(): Promise<void>;
  /** Ends the process and removes its temporary directory. */
  stop(): Promise<void>;
};

/** The size of libuv's thread pool: more than the sessions of the process. */
const THREADS = '16';
const DEFAULTS: EmulatorConfig = {
  users: { default: '' },
  keepAliveMillis: 3000,
  maxBodyBytes: 256 * 1024 ** 2,
};

/** Starts a process that emulates a ClickHouse server with chDB. Resolves when it listens. */
export async function startClickHouse(options: ClickHouseOptions = {}): Promise<ClickHouse> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'tributary-clickhouse-')));
  const config = { ...DEFAULTS, ...options, directory };
  let running = await spawnEmulator({ ...config, port: options.port ?? 0 });
  const { port } = running;
  const kill = async (): Promise<void> => end(running.child, () => running.child.kill('SIGKILL'));
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    directory,
    get pid() {
      return running.child.pid ?? 0;
    },
    kill,
    async restart() {
      await kill();
      running = await spawnEmulator({ ...config, port });
    },
    async stop() {
      await end(running.child, () => running.child.disconnect());
      // A killed process leaves its block files in memory.
      await (await blockFiles(directory, BLOCK_ROOTS)).close();
      if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

type Running = { readonly child: ChildProcess; readonly port: number };

/** The compiled module starts three times as fast as its source. */
const EMULATOR = join(import.meta.dirname, '../../dist/clickhouse-emulator/http-emulator.main.js');

async function spawnEmulator(config: EmulatorConfig & { directory: string; port: number }): Promise<Running> {
  const child = spawn(process.execPath, [EMULATOR, JSON.stringify(config)], {
    env: { UV_THREADPOOL_SIZE: THREADS, TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk) => (errors = `${errors}${String(chunk)}`.slice(-4000)));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', (code) =>
      reject(new Error(`ClickHouse ended with ${code} before it listened: ${errors}`)),
    );
  });
  return { child, port };
}

async function end(child: ChildProcess, how: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  how();
  await exited;
}
