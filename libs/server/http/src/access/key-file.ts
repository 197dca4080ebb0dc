import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { SCOPES } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import { z } from 'zod';
import type { ApiKey } from './api-key.ts';

/** A name of people and programs: no control characters, no white space at the ends. */
export const keyName = z.string().regex(/^[\p{L}\p{N}](?:[\p{L}\p{N} ._@+-]{0,98}[\p{L}\p{N}])?$/u, {
  error:
    'a name has 1 to 100 alphanumeric characters, spaces and . _ @ + -, and begins and ends with an alphanumeric one',
});

const time = z.iso.datetime();

const apiKey = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{16}$/),
  name: keyName,
  scopes: z.array(z.enum(SCOPES)).min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  created: time,
  expires: time.optional(),
});

const keyFile = z.strictObject({ version: z.literal(1), keys: z.array(apiKey).max(10_000) });

/** The keys of a file; none where it is missing. Throws Fault `api_keys_unreadable`. */
export function readKeys(path: string): readonly ApiKey[] {
  const text = textOf(path);
  if (text === undefined) return [];
  const parsed = keyFile.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.keys;
  const [problem] = parsed.error.issues;
  const where = problem?.path.join('.') ?? '';
  throw unreadable(path, `${where === '' ? 'it' : where} ${problem?.message ?? 'is no list of keys'}`);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unreadable(path, cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable');
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const unreadable = (path: string, reason: string): Fault =>
  new Fault(
    'api_keys_unreadable',
    `${path} is no file of API keys (${reason}); \`tributary keys create\` makes one`,
  );

/**
 * Replaces the keys of a file by what `change` makes of them, at once and for its owner alone. Throws Fault
 * `api_keys_busy` while another command does the same, and `api_keys_unreadable`.
 */
export function changeKeys(path: string, change: (keys: readonly ApiKey[]) => readonly ApiKey[]): void {
  const unfinished = `${path}.new`;
  const file = openNew(unfinished, path);
  try {
    writeSync(file, `${JSON.stringify({ version: 1, keys: change(readKeys(path)) }, null, 2)}\n`);
    fsyncSync(file);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** The unfinished file keeps other commands from changing the same keys. */
function openNew(unfinished: string, path: string): number {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(unfinished, 'wx', 0o600);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
    const text = `another command is changing ${path}; try again, or delete ${unfinished} where none is`;
    throw new Fault('api_keys_busy', text, { cause, retryable: true });
  }
}
