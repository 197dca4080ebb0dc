/** A package of the lock file; one that is there in several versions is several. */
export type LockedPackage = {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, `?` where the package states none. */
  readonly licence: string;
  /** Whether a running process can load it; the others build and test. */
  readonly runs: boolean;
};

type Entry = { version?: string; license?: string; dev?: boolean; link?: boolean };

/** Every package that `npm ci` may install on some platform, by name and version. */
export function lockedPackages(lock: string): LockedPackage[] {
  const entries: Record<string, Entry> = JSON.parse(lock).packages;
  const found = new Map<string, LockedPackage>();
  for (const [path, { version = '', license = '?', dev, link }] of Object.entries(entries)) {
    const name = path.split('node_modules/').at(-1) ?? '';
    if (!path.includes('node_modules/') || link === true) continue;
    const key = `${name} ${version}`;
    found.set(key, { name, version, licence: license, runs: found.get(key)?.runs === true || dev !== true });
  }
  return [...found].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}
