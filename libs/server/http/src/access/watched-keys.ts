import { statSync } from 'node:fs';
import { faultText } from '../problem.ts';
import type { ApiKey } from './api-key.ts';
import { readKeys } from './key-file.ts';

/** The keys of a file as they are now. */
export type WatchedKeys = {
  /** By id. */
  find(id: string): ApiKey | undefined;
  isEmpty(): boolean;
};

/** How long a change of the file may go unnoticed. */
const LOOK_MS = 1_000;

/**
 * Reads the keys of a file, and again when the file has changed, so that keys come and go without a restart. A missing file
 * has no keys. One that cannot be read, such as half of one, keeps the keys of before, and `report` is told. Throws Fault
 * `api_keys_unreadable` where it cannot be read at first.
 */
export function watchKeys(
  path: string,
  now: () => number,
  report: (text: string) => void = () => undefined,
): WatchedKeys {
  let seen = stateOf(path);
  let keys = byId(readKeys(path));
  let looked = now();
  let reported: string | undefined;
  const current = (): ReadonlyMap<string, ApiKey> => {
    /* A clock that is set back must not keep revoked keys. */
    if (Math.abs(now() - looked) < LOOK_MS) return keys;
    looked = now();
    const state = stateOf(path);
    if (state === seen) return keys;
    try {
      keys = byId(readKeys(path));
      seen = state;
    } catch (error) {
      if (reported !== state) report(`${faultText(error)}; the keys of before go on`);
      reported = state;
    }
    return keys;
  };
  return { find: (id) => current().get(id), isEmpty: () => current().size === 0 };
}

const byId = (keys: readonly ApiKey[]): ReadonlyMap<string, ApiKey> =>
  new Map(keys.map((key) => [key.id, key]));

/** What changes with every change of a file, also where a mounted secret is exchanged by a link. */
function stateOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}` : 'missing';
}
