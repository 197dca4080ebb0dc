import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tells commands beside this server where it listens: `<directory>/server.json`. Returns what takes it back. */
export function announce(directory: string, url: string): () => void {
  const file = join(directory, 'server.json');
  writeFileSync(file, `${JSON.stringify({ pid: process.pid, url })}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}
