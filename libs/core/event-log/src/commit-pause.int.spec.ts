import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processMark } from '@tributary/kernel';
import { bundle } from '@tributary/test-processes';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLmdbLog } from './lmdb-log.ts';
import { anEvent } from './log-under-test.fixture.ts';
import { allTokensOf, newToken, put, remove, tokensOf } from './pause-files.ts';
import { whileCommitsPause } from './while-commits-pause.ts';
import { lockForWriting } from './writer-lock.ts';

const OPENINGS = 12;
/** Of openings without a pause, one in a few stops whoever commits. */
const MOST_OPENINGS = 60;
const DELAY_MICROS = 40_000;
const canDelay = spawnSync('strace', ['-e', 'inject=getpid:delay_exit=1', 'true']).status === 0;

let directory = '';
let writing = '';
let opening = '';
let starting = '';
beforeAll(async () => {
  writing = await bundle(new URL('commit-until-killed.crash.ts', import.meta.url));
  starting = await bundle(new URL('start-again.crash.ts', import.meta.url));
  opening = await bundle(new URL('open-to-read.crash.ts', import.meta.url));
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'commit-pause-'));
});
/** The rest of the name of a file that a process made for this directory. */
const nameOf = (mark: string, word: string): string =>
  encodeURIComponent(`${mark} ${statSync(directory).dev}:${statSync(directory).ino} ${word}`);
const foreign = (word: string): string => nameOf('7 7 pid:[1]', word);
const empty = (name: string): void => writeFileSync(join(directory, name), '');
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A process that commits all the time, with the last position that it has acknowledged. */
class Committer {
  acknowledged = 0;
  said = '';
  readonly #process: ChildProcess;

  constructor() {
    this.#process = spawn(process.execPath, [writing, directory], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.acknowledged = Number(text.trimEnd().split('\n').at(-1));
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.said += text));
  }

  async goesOn(): Promise<void> {
    const before = this.acknowledged;
    await vi.waitUntil(() => this.acknowledged > before + 2, { timeout: 100_000 });
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process.kill(signal);
  }

  /** By an error or, where LMDB follows pages that were used again, by a signal. */
  hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  async kill(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}

/** Opens the file in another process that is slow between its look at the file and what it makes of it. */
function openSlowly(mode: 'asking' | 'not asking'): void {
  const slow = ['-f', '-qq', '-o', '/dev/null', '-P', join(directory, 'data.mdb')];
  const inject = ['-e', 'trace=pread64', '-e', `inject=pread64:delay_exit=${DELAY_MICROS}`];
  const { status, stderr } = spawnSync(
    'strace',
    [...slow, ...inject, process.execPath, opening, directory, mode],
    {
      encoding: 'utf8',
    },
  );
  expect([status, stderr]).toEqual([0, '']);
}

describe('a log that another process opens while it is written', () => {
  it.skipIf(!canDelay)(
    'commits on after every opening, with all that it acknowledged (needs strace)',
    async () => {
      const committer = new Committer();
      await committer.goesOn();
      for (let n = 0; n < OPENINGS; n += 1) {
        openSlowly('asking');
        await committer.goesOn();
      }
      await committer.kill();
      expect(committer.said).toBe('');
      const log = await openLmdbLog({ directory });
      expect(Number(log.head())).toBeGreaterThanOrEqual(committer.acknowledged);
      expect(await log.verify()).toMatchObject({ ok: true });
      await log.close();
    },
  );

  it.skipIf(!canDelay)('would stop where it did not pause, which shows that the law can fail', async () => {
    const committer = new Committer();
    await committer.goesOn();
    for (let n = 0; n < MOST_OPENINGS && !committer.hasEnded(); n += 1) {
      openSlowly('not asking');
      await pause(50);
    }
    expect(committer.hasEnded()).toBe(true);
  });

  it('waits for its writer as long as it was told to, and leaves nothing behind', async () => {
    const committer = new Committer();
    await committer.goesOn();
    committer.signal('SIGSTOP');
    const opened = whileCommitsPause(directory, () => 'opened', { timeout: 300 });
    await expect(opened).rejects.toMatchObject({ code: 'commits_go_on' });
    expect(tokensOf(directory, 'pause')).toEqual([]);
    committer.signal('SIGCONT');
    await committer.goesOn();
    await committer.kill();
    expect(await whileCommitsPause(directory, () => 'opened')).toBe('opened');
  });
});

describe('a process that opens a log', () => {
  const opened = (timeout = 100): Promise<string> =>
    whileCommitsPause(directory, () => 'opened', { timeout });
  const refused = { code: 'commits_go_on' };

  it('does not beside one of an earlier version, which has its lock and does not pause', async () => {
    const lock = await lockForWriting(directory);
    await expect(opened()).rejects.toMatchObject(refused);
    lock.release();
    writeFileSync(join(directory, 'writer.lock'), '7 7 pid:[1]');
    await expect(opened()).rejects.toMatchObject(refused);
    expect(await opened(10_000)).toBe('opened');
  });

  it('does not beside one of another container that has its number, for which LMDB would take it', async () => {
    const name = `committing-${nameOf(`${process.pid} 7 pid:[1]`, 'word')}`;
    empty(name);
    const beat = setInterval(() => utimesSync(join(directory, name), new Date(), new Date()), 50);
    try {
      await expect(opened(20_000)).rejects.toMatchObject({
        ...refused,
        message: expect.stringContaining('number'),
      });
    } finally {
      clearInterval(beat);
    }
    expect(await opened(20_000)).toBe('opened');
  });

  it('asks nobody to pause while one that has its number may be alive', async () => {
    empty(`committing-${nameOf(`${process.pid} 7 pid:[1]`, 'dead')}`);
    let isOpened = false;
    const asked = opened(20_000).then(() => (isOpened = true));
    while (!isOpened) {
      expect(tokensOf(directory, 'pause')).toEqual([]);
      await pause(20);
    }
    await asked;
  });

  it('looks at the lock and at who commits at the same time: one that is dead delays it for five seconds once', async () => {
    empty(`committing-${foreign('dead')}`);
    writeFileSync(join(directory, 'writer.lock'), '7 7 pid:[1]');
    expect(await opened(8_000)).toBe('opened');
  });

  it('does not beside one of another container that touches the lock of a copy of its directory', async () => {
    const { dev, ino } = statSync(directory);
    empty(`committing-${encodeURIComponent(`7 7 pid:[1] ${dev}:${ino + 1} word`)}`);
    const lock = join(directory, 'writer.lock');
    writeFileSync(lock, '7 7 pid:[1]');
    const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), 50);
    try {
      await expect(opened(8_000)).rejects.toMatchObject(refused);
    } finally {
      clearInterval(beat);
    }
  });

  it('does so at once where a name was made for a directory of the same number on another disk', async () => {
    const { dev, ino } = statSync(directory);
    empty(`committing-${encodeURIComponent(`${processMark()} ${dev + 1}:${ino} word`)}`);
    expect(await opened(0)).toBe('opened');
  });

  it('does so at once beside a log, whatever a dead process with the mark of its process has left', async () => {
    empty(`committing-${nameOf(processMark(), 'dead')}`);
    const log = await openLmdbLog({ directory });
    expect(tokensOf(directory, 'committing')).toHaveLength(1);
    await log.close();
    expect(await opened(0)).toBe('opened');
  });

  it('does so at once in a copy of a directory in which a process commits', async () => {
    const log = await openLmdbLog({ directory });
    const copy = `${directory}-copy`;
    cpSync(directory, copy, { recursive: true });
    expect(allTokensOf(copy, 'committing')).toHaveLength(1);
    expect(await whileCommitsPause(copy, () => 'opened', { timeout: 0 })).toBe('opened');
    rmSync(copy, { recursive: true });
    await log.close();
  });

  it('is not misled by names that no token makes', async () => {
    for (const name of ['committing-%zz', 'committing-', 'pause-', 'paused-%']) empty(name);
    expect(await opened()).toBe('opened');
  });

  it('gives up where it is told to', async () => {
    empty(`committing-${foreign('word')}`);
    const asked = whileCommitsPause(directory, () => 'opened', { signal: AbortSignal.abort('enough') });
    await expect(asked).rejects.toBe('enough');
  });
});

describe('a process that commits', () => {
  const append = (log: Awaited<ReturnType<typeof openLmdbLog>>, id: string): Promise<unknown> =>
    log.append([anEvent({ id })], { atomic: true });

  it('waits for one that opens the file, in this container or in another, and not for a dead one', async () => {
    const log = await openLmdbLog({ directory });
    empty(`pause-${nameOf('999999999 1', 'dead')}`);
    await append(log, 'beside a dead one');
    const asked = join(directory, `pause-${foreign('word')}`);
    empty(`pause-${foreign('word')}`);
    await expect.poll(() => existsSync(join(directory, `paused-${foreign('word')}`))).toBe(true);
    let done = false;
    const appended = append(log, 'beside a living one').then(() => (done = true));
    await pause(300);
    expect(done).toBe(false);
    rmSync(asked);
    await appended;
    await log.close();
    expect(readdirSync(directory).filter((name) => /^(pause|committing)/.test(name))).toEqual([]);
  });

  it('forgets one, of another container or stopped, that has not touched its file for five seconds', async () => {
    const log = await openLmdbLog({ directory });
    empty(`pause-${nameOf(processMark(), 'stopped')}`);
    empty(`pause-${foreign('silent')}`);
    await expect.poll(() => existsSync(join(directory, `paused-${foreign('silent')}`))).toBe(true);
    await append(log, 'after it');
    expect(tokensOf(directory, 'pause')).toEqual([]);
    await log.close();
  });

  it('goes on where requests come and go between its looks', async () => {
    const starter = spawn(process.execPath, [starting, directory], { stdio: ['ignore', 'pipe', 'inherit'] });
    const until = performance.now() + 45_000;
    for (let n = 0; starter.exitCode === null && performance.now() < until; n += 1) {
      const token = newToken(directory);
      put(directory, 'pause', token);
      if (n % 2 === 0) await new Promise(setImmediate);
      remove(directory, 'pause', token);
    }
    starter.kill('SIGKILL');
    expect(starter.exitCode).toBe(0);
  });

  it('says again that it commits where somebody took it for dead', async () => {
    const log = await openLmdbLog({ directory });
    const [token = ''] = tokensOf(directory, 'committing');
    remove(directory, 'committing', token);
    await expect.poll(() => tokensOf(directory, 'committing'), { timeout: 5_000 }).toEqual([token]);
    await log.close();
  });

  it('lets its own process open the file beside it, and others find it by its name', async () => {
    const log = await openLmdbLog({ directory });
    expect(tokensOf(directory, 'committing')).toHaveLength(1);
    expect(await whileCommitsPause(directory, () => tokensOf(directory, 'paused').length)).toBe(1);
    await append(log, 'after it');
    await log.close();
    expect(tokensOf(directory, 'committing')).toEqual([]);
  });
});
