import { randomUUID } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a server is recognised: `/health` answers with it, and the file in its directory has it. */
type ServerIdentity = {
  /** A random id of this process: neither an address nor the number of a process belongs to one for ever. */
  readonly instance: string;
  readonly logId: string;
};

export const newIdentity = (logId: string): ServerIdentity => ({ instance: randomUUID(), logId });

/**
 * Writes `<directory>/server.json`, where commands find the address of the server. It names the directory by device and
 * inode, so that a copy of the directory is not taken for it. Where callers are authenticated it has the token of the
 * owner. Returns what removes it.
 */
export function writeServerFile(
  directory: string,
  url: string,
  identity: ServerIdentity & { readonly token: string | undefined },
): () => void {
  const file = join(directory, 'server.json');
  const { dev, ino } = statSync(directory, { bigint: true });
  const content = { pid: process.pid, url, ...identity, inode: `${dev}:${ino}` };
  /* A file that is there keeps its mode and its owner. */
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
  return () => rmSync(file, { force: true });
}
