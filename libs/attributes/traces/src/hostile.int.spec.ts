import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { isolatedSandbox, NEEDS } from './isolated-sandbox.fixture.ts';
import { readTrace } from './read-trace.ts';
import { openSandbox } from './sandbox.ts';
import { verify } from './verify.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-hostile-'));
const canary = join(folder, 'canary');
const SECRET = `the-secret-of-${process.pid}`;
const PORTS: number[] = [];
const listener = createServer((socket) => {
  PORTS.push(socket.remotePort ?? 0);
  socket.destroy();
});
const sandbox = await isolatedSandbox(SECRET);

beforeAll(async () => {
  writeFileSync(canary, 'untouched', { mode: 0o666 });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
});

/** The processes of this sandbox: all of them were started with its environment. */
function processesOfSandbox(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(join('/proc', pid, 'environ'), 'utf8').includes(SECRET);
      } catch {
        return false;
      }
    });
}

afterEach(nothingIsLeft);

async function nothingIsLeft(): Promise<void> {
  if (sandbox.isMissing) return;
  expect(readFileSync(canary, 'utf8')).toBe('untouched');
  expect(readdirSync(folder)).toEqual(['canary']);
  expect(PORTS).toEqual([]);
  const sane = await verifying({ code: 'print(1 + 1)\n', output: '2' });
  expect(sane.outcome).toBe('verified');
  await expect.poll(() => processesOfSandbox().length).toBe(1);
}

function allHaveEnded(): void {
  expect(processesOfSandbox()).toEqual([]);
}

afterAll(async () => {
  await sandbox.close();
  listener.close();
  rmSync(folder, { recursive: true });
  await vi.waitFor(allHaveEnded, { timeout: 60_000 });
});

async function verifying(fields: object) {
  const read = readTrace(JSON.stringify({ language: 'python', ...fields }));
  if (!read.ok) throw new Error(read.reason);
  return verify(read.trace, sandbox);
}

const run = (...lines: readonly string[]) => verifying({ code: `${lines.join('\n')}\n`, output: 'done' });

/** A system call, past the limit of open files: the first descriptors are closed. */
const FREE = ['import os', 'os.close(0)', 'os.close(1)', 'os.close(2)'];

describe.skipIf(sandbox.isMissing)(`a program that ${NEEDS}`, () => {
  it('forks, opens threads or runs others is refused each of them', async () => {
    const bomb = await run('import os', 'while True:', '    os.fork()');
    expect(bomb).toEqual({ outcome: 'failed', reason: 'BlockingIOError, line 3' });
    const stubborn = await run('import os', 'while True:', '    try: os.fork()', '    except OSError: pass');
    expect(stubborn.outcome).toMatch(/^(timed_out|over_steps)$/);
    const thread = await run('import _thread', '_thread.start_new_thread(print, (1,))');
    expect(thread).toEqual({ outcome: 'failed', reason: 'RuntimeError, line 2' });
    expect(await run('import os', 'os.execv("/bin/sh", ["sh"])')).toMatchObject({ outcome: 'failed' });
  });

  it('does not end is ended', async () => {
    expect(await run('while True: pass')).toMatchObject({ outcome: 'timed_out' });
    expect(await run('import time', 'time.sleep(1000)')).toMatchObject({ outcome: 'timed_out' });
    const ignoring = ['import signal', 'for s in range(1, 32):', '    try: signal.signal(s, signal.SIG_IGN)'];
    const endless = await run(...ignoring, '    except (OSError, ValueError): pass', 'while True: pass');
    expect(endless).toMatchObject({ outcome: 'timed_out' });
  });

  it('takes too many steps, too much memory or prints too much is ended and says so', async () => {
    const states = [{ line: 1, variables: { x: 0 } }];
    expect(await verifying({ code: 'x = 0\nwhile True:\n    x += 1\n', states })).toMatchObject({
      outcome: 'over_steps',
    });
    expect(await run('x = [0] * 10 ** 9')).toEqual({ outcome: 'over_memory', reason: 'MemoryError' });
    expect((await run('x = []', 'while True: x.append(bytearray(10 ** 6))')).outcome).toBe('over_memory');
    expect(await run('while True: print("a" * 1000)')).toMatchObject({ outcome: 'over_bytes' });
    const growing = 'x = [0] * 15000\nfor i in range(1000):\n    x[0] = i\n';
    expect((await verifying({ code: growing, states })).outcome).toBe('over_bytes');
    expect((await verifying({ code: 'x = [0] * 30000\n', states })).outcome).toBe('over_bytes');
  });

  it('opens a connection reaches nobody', async () => {
    const { port } = listener.address() as AddressInfo;
    expect((await run('import socket')).outcome).toBe('failed');
    const connecting = [
      ...FREE,
      'import ctypes, struct',
      'libc = ctypes.CDLL(None, use_errno=True)',
      's = libc.socket(2, 1, 0)',
      `address = struct.pack("<HHI8x", 2, ${((port & 255) << 8) | (port >> 8)}, 0x0100007f)`,
      'raise SystemError(s, libc.connect(s, address, 16), ctypes.get_errno())',
    ];
    expect((await run(...connecting)).reason).toMatch(/^(SystemError, line 9|OSError|crashed)/);
  });

  it('reads or writes files finds none', async () => {
    expect(await run('open("/etc/passwd").read()')).toMatchObject({ outcome: 'failed' });
    const reading = await run(...FREE, 'open("/etc/passwd").read()');
    expect(reading).toEqual({ outcome: 'failed', reason: 'FileNotFoundError, line 5' });
    const path = JSON.stringify(canary);
    for (const act of [
      `os.unlink(${path})`,
      `os.truncate(${path}, 0)`,
      `os.rename(${path}, "/x")`,
      `os.mkdir("/x")`,
      `open("/x", "w")`,
      `open(${path}, "w")`,
      `os.chroot("/")`,
      `os.setuid(0)`,
    ])
      expect(await run(...FREE, act)).toMatchObject({
        outcome: 'failed',
        reason: expect.stringMatching(/^(FileNotFoundError|PermissionError|OSError), line 5$/),
      });
    expect(await run(...FREE, 'print(os.listdir("/"), os.listdir("."))')).toMatchObject({
      reason: 'output: recorded "done", was "[] []\\n"',
    });
  });

  it('looks for the environment finds none', async () => {
    expect((await run('import os', 'print(dict(os.environ))')).reason).toBe(
      'output: recorded "done", was "{}\\n"',
    );
    expect((await run(...FREE, 'print(open("/proc/self/environ").read())')).reason).toBe(
      'FileNotFoundError, line 5',
    );
  });

  it('sends signals reaches itself alone', async () => {
    const killing = ['import os', 'os.kill(os.getppid(), 9)', 'print(os.getpid(), os.getppid())'];
    expect((await run(...killing)).reason).toMatch(/was "1 0|OSError|ended without a report/);
    const all = ['import os', 'try: os.kill(-1, 9)', 'except OSError: pass', 'print("done")'];
    expect((await run(...all)).outcome).toBe('unproven');
  });

  it('recurses without end fails or crashes alone', async () => {
    expect(await run('def f(n): return f(n + 1)', 'f(0)')).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('RecursionError'),
    });
    const deep = ['import sys', 'sys.setrecursionlimit(10 ** 9)', 'def f(n): return f(n + 1)', 'f(0)'];
    expect((await run(...deep)).outcome).toMatch(/^(crashed|over_memory|timed_out|failed|over_steps)$/);
    const nested = `${'('.repeat(5000)}${')'.repeat(5000)}`;
    expect((await run(nested)).outcome).toMatch(/^(failed|over_memory|crashed)$/);
  });

  it('prints control characters shows none of them to people', async () => {
    const { outcome, reason } = await run('print("\\x1b]0;title\\x07\\x00")');
    expect(outcome).toBe('mismatched');
    expect(reason).not.toMatch(/\p{Cc}/u);
  });

  it('ends before it is done is no success', async () => {
    expect(await run('import os', 'os._exit(0)')).toMatchObject({ outcome: 'crashed' });
    expect(await run('import os', 'os.abort()')).toMatchObject({ outcome: 'crashed' });
    expect(await run('import sys', 'sys.exit(3)')).toMatchObject({ outcome: 'failed' });
    expect(await verifying({ code: 'import sys\nprint(1)\nsys.exit()\n', output: '1' })).toMatchObject({
      outcome: 'verified',
    });
  });
});

describe.skipIf(sandbox.isMissing)(`a program that works on the runner ${NEEDS}`, () => {
  const states = [
    { line: 1, variables: { x: 1 } },
    { line: 2, variables: { x: 5 } },
  ];

  it('and writes its own report agrees, and is not verified', async () => {
    const report = [
      '{"l":1,"e":"line","v":{"x":{"i":"1"}}}',
      '{"l":2,"e":"line","v":{"x":{"i":"5"}}}',
      '{"end":"ended","why":"","output":""}\n',
    ];
    const code = `x = 1\nimport os; os.write(3, ${JSON.stringify(report.join('\n'))}.encode()); os._exit(0)\n`;
    expect(await verifying({ code, states })).toMatchObject({
      outcome: 'unproven',
      reason: 'the program reaches the interpreter that traced it: os, line 2',
    });
  });

  it('and writes what is no report crashes or differs', async () => {
    for (const written of [
      'nonsense',
      '{"end":"verified"}\n',
      '{"end":1}\n',
      '[]\nnull\n{"l":{}}\n',
      '\u0000'.repeat(100),
    ]) {
      const code = `x = 1\nimport os; os.write(3, ${JSON.stringify(written)}.encode()); os._exit(0)\n`;
      expect((await verifying({ code, states })).outcome).toMatch(/^(crashed|mismatched)$/);
    }
    const flood = 'import os\nwhile True: os.write(3, b"x" * 65536)\n';
    expect((await verifying({ code: flood, states })).outcome).toMatch(/^(over_bytes|timed_out)$/);
  });

  it('and switches its trace off fails', async () => {
    const code = 'x = 1\nimport sys; sys.settrace(None); x = 5\n';
    expect(await verifying({ code, states })).toMatchObject({
      outcome: 'failed',
      reason: 'the program has switched its trace off',
    });
  });

  it.each([
    'import json; json.dumps = print; import builtins; builtins.print = len',
    'import sys as s; s.settrace(None); s.settrace',
    'import sys; t = sys',
    'from sys import _getframe',
    'import re; re.sys',
    'from random import _os',
    '[].append.__self__',
    'f = (lambda: 0).__globals__',
    'match f:\n    case int(__class__=c): pass',
    'import functools; functools.update_wrapper(len, print)',
    'import string; string.Formatter()',
    'import operator; operator.attrgetter("a")',
    'getattr(1, "real")',
    'exec("1")',
    'T = type("T", (), {})',
    'class M(type): pass',
    'g = (i for i in []); g.gi_frame',
    'import dataclasses',
    'import typing; typing.ForwardRef("f")',
    'vars()',
    '__builtins__',
    'import gc',
    'import ctypes',
    'import inspect',
  ])('is never verified: %s', async (line) => {
    const { outcome } = await verifying({
      code: `f = 0\ntry:\n    pass\nfinally: pass\n${line}\n`,
      output: '',
    });
    expect(outcome).toMatch(/^(unproven|failed|crashed|mismatched)$/);
  });

  it.each([
    'import sys\nread = sys.stdin.readline\nprint(type(1) is int, end="")',
    'from collections import deque, Counter\nimport heapq, math, itertools as it\nCounter("aa").most_common(1)',
    'class A:\n    def __init__(self, x): self._x = x\n    def __eq__(self, other): return self._x == other._x\nA(1) == A(1)',
    'if __name__ == "__main__":\n    x = [v ** 2 for v in range(3)]',
    'from functools import lru_cache\n@lru_cache(None)\ndef f(n): return n if n < 2 else f(n - 1) + f(n - 2)\nf(20)',
    'def g():\n    yield 1\nlist(g())',
    'import random\nrandom.seed(1)\nrandom.random()',
    'from datetime import datetime\ndatetime.strptime("2026-11-29", "%Y-%m-%d")',
    'try:\n    [][1]\nexcept IndexError as error:\n    print(error.args, end="")',
  ])('is not said of plain programs: %s', async (code) => {
    const { outcome, reason } = await verifying({ code, output: '' });
    const expected = code.includes('print') ? 'mismatched' : 'verified';
    expect({ outcome, reason }).toMatchObject({ outcome: expected });
  });
});

describe.skipIf(sandbox.isMissing)(`a server that is ended ${NEEDS}`, () => {
  it('loses one answer and is started again', async () => {
    const [pid] = processesOfSandbox().slice(-1);
    const slow = run('import time', 'time.sleep(100)');
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(Number(pid), 'SIGKILL');
    expect(await slow).toMatchObject({ outcome: expect.stringMatching(/^(crashed|timed_out)$/) });
    expect(existsSync(canary)).toBe(true);
  });
});

describe.skipIf(sandbox.isMissing)(`a sandbox that cannot be opened ${NEEDS}`, () => {
  it('says why', async () => {
    const missing = await openSandbox({ python: '/nowhere/python3', path: '', home: '', isIsolated: true });
    expect(missing).toMatchObject({
      ok: false,
      refusal: 'python_missing',
      text: expect.stringContaining('ENOENT'),
    });
    const other = await openSandbox({ python: 'false', path: '/bin:/usr/bin', home: '', isIsolated: true });
    expect(other).toMatchObject({ ok: false, refusal: 'python_missing' });
  });
});
