import { withoutTrailing } from './text.ts';

const ILLEGAL = /[^a-z0-9_.-]+/g;

/** The label of a source as a path of slices: lower case, `/` kept, other characters that a slice cannot hold become `-`. */
export function sliceName(label: string): string {
  const parts = label
    .normalize('NFKD')
    .toLowerCase()
    .split('/')
    .map((part) => withoutTrailing(part.replace(ILLEGAL, '-').replace(/^[^a-z0-9]+/, ''), '-'))
    .filter((part) => part !== '');
  return parts.join('/').slice(0, 128).replace(/\/$/, '') || 'unnamed';
}

/** Suffixes that are tried have fewer parts. Deeper paths that differ only before them have the names of whole paths. */
const MAX_PARTS = 64;

/** Slices for the paths of a mixture: the shortest suffixes that distinguish all paths, numbered if no suffix does. */
export function slicesOf(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split('/').filter((part) => part !== '' && part !== '*'));
  const longest = parts.reduce((most, { length }) => Math.max(most, length), 1);
  const distinct = new Set(paths).size;
  for (let tail = 1; tail < Math.min(longest, MAX_PARTS); tail += 1) {
    const names = parts.map((part) => sliceName(part.slice(-tail).join('/')));
    if (new Set(names).size === distinct) return numbered(names);
  }
  return numbered(parts.map((part) => sliceName(part.join('/'))));
}

/** The names with a unique number behind each repetition. */
export function numbered(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  const next = new Map<string, number>();
  return names.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    const start = name.slice(0, 120);
    let number = next.get(start) ?? 2;
    while (taken.has(`${start}-${number}`)) number += 1;
    next.set(start, number + 1);
    return `${start}-${number}`;
  });
}
