import { sliceName } from '../slice-name.ts';

/** Slices for the paths of a mixture: as few trailing parts as tell all of them apart, numbered where none do. */
export function slicesOf(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split('/').filter((part) => part !== '' && part !== '*'));
  const longest = Math.max(1, ...parts.map(({ length }) => length));
  const distinct = new Set(paths).size;
  for (let tail = 1; tail < longest; tail += 1) {
    const names = parts.map((part) => sliceName(part.slice(-tail).join('/')));
    if (new Set(names).size === distinct) return numbered(names);
  }
  return numbered(parts.map((part) => sliceName(part.join('/'))));
}

/** Names that occur again get a number. */
export function numbered(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name.slice(0, 120)}-${times}`;
  });
}
