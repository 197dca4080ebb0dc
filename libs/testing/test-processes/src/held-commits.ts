import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Holds the write transaction of an LMDB directory until its input ends: every commit of another process waits for it. */
const HOLDER = `
import { readSync, writeSync } from 'node:fs';
import { open } from 'lmdb';
const root = open({ path: process.argv[1], noSubdir: false, maxDbs: 8 });
root.transactionSync(() => {
  writeSync(1, 'held');
  readSync(0, Buffer.alloc(1));
});
`;

/** Commits to the LMDB file of a directory hang from now on, without an error, until what is returned is called. */
export async function holdCommits(directory: string): Promise<() => Promise<void>> {
  const holder = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, directory], {
    cwd: import.meta.dirname,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(holder, 'exit');
  await once(holder.stdout, 'data');
  return async () => {
    holder.stdin.end();
    await ended;
  };
}
