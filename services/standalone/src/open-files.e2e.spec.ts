import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { afterAll, expect, it } from 'vitest';
import {
  removeDirectory,
  serverOf,
  serverProcess,
  temporaryDirectory,
  withOutput,
} from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
afterAll(() => removeDirectory(directory));

/** The built server with so many open files, as a small container may have. */
function started(files: number) {
  const { command, env } = serverProcess(directory);
  return withOutput(
    spawn('prlimit', [`--nofile=${files}:${files}`, ...command], { env: { ...process.env, ...env } }),
  );
}

it.each([32, 64, 255])('a start with %i open files ends with a sentence that says so', async (files) => {
  const { child, output } = started(files);
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(1);
  expect(output()).toMatch(
    new RegExp(
      `^this process may have ${files} open files, and a server needs 256 at least: raise the limit .*\n$`,
    ),
  );
});

it('starts with as many open files as the sentence asks for, and records', async () => {
  const server = await serverOf(started(256), directory);
  try {
    expect(await server.logEnd()).toBe('0');
  } finally {
    await server.end('SIGTERM');
  }
});
