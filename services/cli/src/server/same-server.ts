import { EXIT, Exit } from '../exit.ts';
import { serverOf } from './server-of.ts';

/** The data directories by which servers were found, by their URL. */
const directories = new Map<string, string>();

/** Remembers that the server at a URL is the one of a directory. */
export function foundBy(url: string, directory: string): void {
  directories.set(url, directory);
}

/** A busy server may take as long to say who it is. */
const TIMEOUT_MS = 30_000;

/**
 * Compares the server at a URL again with the directory by which it was found: it may have been killed since, and another one
 * may have its port. Called before anything is written. Throws Exit where it is not that one any more.
 */
export async function requireSameServer(url: string): Promise<void> {
  const directory = directories.get(url);
  if (directory === undefined) return;
  const found = await serverOf(directory, TIMEOUT_MS);
  if (found.kind === 'running' && found.url === url) return;
  if (found.kind === 'other') throw new Exit(EXIT.failed, found.text, 'other_server');
  const now = found.kind === 'running' ? `is at ${found.url} now` : found.reason;
  throw new Exit(
    EXIT.failed,
    `the server of ${directory} ${now}; nothing more was sent to ${url}. Run the same command again; it continues.`,
    'server_gone',
  );
}
