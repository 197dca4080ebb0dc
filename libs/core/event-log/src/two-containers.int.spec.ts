import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '@tributary/test-processes';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openLmdbLog } from './lmdb-log.ts';

/** A PID namespace of its own, which ends with the process that made it. */
const CONTAINER = ['--pid', '--fork', '--kill-child=SIGKILL', '--mount-proc'];
const noNamespaces = spawnSync('unshare', [...CONTAINER, 'true']).status !== 0;

const directory = mkdtempSync(join(tmpdir(), 'two-containers-'));
let writing = '';
beforeAll(async () => {
  writing = await bundle(new URL('commit-until-killed.crash.ts', import.meta.url));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** Appends all the time in a container, with the number `number` there. */
class Writer {
  /** The last position that it has acknowledged. */
  acknowledged = 0;
  said = '';
  readonly ended: Promise<unknown>;
  readonly #process: ChildProcess;

  constructor(number: 1 | 2) {
    const command = [process.execPath, writing, directory];
    const named = number === 1 ? command : ['sh', '-c', `"$@"; exit $?`, 'sh', ...command];
    this.#process = spawn('unshare', [...CONTAINER, ...named], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.acknowledged = Number(text.trimEnd().split('\n').at(-1));
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
    this.ended = once(this.#process, 'close');
  }

  hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async goesOn(): Promise<void> {
    const before = this.acknowledged;
    await vi.waitUntil(() => this.acknowledged > before + 5 || this.hasEnded(), { timeout: 30_000 });
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
  }
}

it.skipIf(noNamespaces)(
  `of two containers that write to one directory, where nothing kept the second one out, one ends, and nothing acknowledged is lost or stored twice${noNamespaces ? ' (skipped where no namespace can be made)' : ''}`,
  async () => {
    const first = new Writer(1);
    await first.goesOn();
    rmSync(join(directory, 'writer.lock'));
    const second = new Writer(2);
    await vi.waitUntil(() => first.hasEnded() || second.hasEnded(), { timeout: 60_000 });
    const [dead, alive] = first.hasEnded() ? [first, second] : [second, first];
    expect(dead.said).toMatch(/log_taken|another process/);
    await alive.goesOn();
    expect(alive.hasEnded()).toBe(false);
    await alive.kill();
    const log = await openLmdbLog({ directory });
    expect(Number(log.head())).toBeGreaterThanOrEqual(Math.max(dead.acknowledged, alive.acknowledged));
    expect(await log.verify()).toMatchObject({ ok: true, events: Number(log.head()) });
    await log.close();
  },
);
