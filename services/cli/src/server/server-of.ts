import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { commandWord } from '../text/command-word.ts';
import { jsonOf } from './graphql.ts';

/** The server of a data directory: none, the one that wrote `server.json`, or another one at its address. */
type ServerOf =
  | { readonly kind: 'none'; readonly reason: 'has ended' | 'gives no answer' }
  /** `token` lets the owner of the directory call it, where it authenticates its callers. */
  | {
      readonly kind: 'running';
      readonly url: string;
      readonly pid: number;
      readonly token?: string | undefined;
    }
  /** `text` says what is there instead, where, and what to do. */
  | { readonly kind: 'other'; readonly text: string };

type Announced = {
  readonly url: string;
  readonly pid: number;
  readonly instance?: string;
  readonly logId?: string;
  readonly inode?: string;
  readonly token?: string;
};

type Health = { readonly instance?: string; readonly logId?: string; readonly directory?: string };

const HEALTH_MS = 1000;

const NONE = { kind: 'none', reason: 'has ended' } as const;
const SILENT = { kind: 'none', reason: 'gives no answer' } as const;

/**
 * Finds the server that serves a directory. A server that was killed leaves `server.json`, and another one may have its
 * port by now, so the process, its log and the directory of the file are compared with the one that answers within `timeout`, in milliseconds.
 */
export async function serverOf(directory: string, timeout = HEALTH_MS): Promise<ServerOf> {
  const announced = announcedBy(await readFile(join(directory, 'server.json'), 'utf8').catch(() => ''));
  if (!announced) return NONE;
  const answer = await fetch(`${announced.url}/health`, { signal: AbortSignal.timeout(timeout) }).catch(
    () => undefined,
  );
  if (!answer?.ok) return SILENT;
  const health = jsonOf<Health>(await answer.text()) ?? {};
  const difference = differenceOf(announced, health, await inodeOf(directory));
  const { url, pid, token } = announced;
  if (difference === undefined) return { kind: 'running', url, pid, ...(token !== undefined && { token }) };
  return { kind: 'other', text: otherText(directory, announced, difference) };
}

/** Undefined where the file is not one of a server. */
function announcedBy(text: string): Announced | undefined {
  const announced = jsonOf<Partial<Announced>>(text);
  const { url, pid } = announced ?? {};
  if (typeof url !== 'string' || typeof pid !== 'number') return undefined;
  return { ...announced, url: url.replace(/\/+$/, ''), pid };
}

async function inodeOf(directory: string): Promise<string> {
  const { dev, ino } = await stat(directory, { bigint: true });
  return `${dev}:${ino}`;
}

/** What of the server that answers differs from the announced one; undefined where it is the same. */
function differenceOf(announced: Announced, health: Health, inode: string): string | undefined {
  if (announced.inode === undefined || health.instance === undefined)
    return 'a server of another version answers there, which does not say whose it is';
  const of = health.directory === undefined ? '' : ` of ${health.directory}`;
  if (announced.instance !== health.instance || announced.logId !== health.logId)
    return `another server${of} answers there`;
  if (announced.inode !== inode)
    return `the server${of} answers there, and this directory is a copy of the one that it serves`;
  return undefined;
}

const otherText = (directory: string, { url, pid }: Announced, difference: string): string =>
  `${join(directory, 'server.json')} names the server at ${url} (process ${pid}), and ${difference}; nothing was sent to it. ` +
  `Start the server of this directory with: tributary serve --data ${commandWord(directory)} --port 0, or remove server.json to work ` +
  'without one, or name a server with --url.';
