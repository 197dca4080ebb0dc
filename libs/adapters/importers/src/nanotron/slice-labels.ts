import { sliceName } from '../slice-name.ts';

/** Slices for the paths of a mixture: as few trailing parts as tell all of them apart, numbered where none do. */
export function slicesOf(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split('/').filter((part) => part !== '' && part !== '*'));
  const longest = parts.reduce((most, { length }) => Math.max(most, length), 1);
  const distinct = new Set(paths).size;
  for (let tail = 1; tail < longest; tail += 1) {
    const names = parts.map((part) => sliceName(part.slice(-tail).join('/')));
    if (new Set(names).size === distinct) return numbered(names);
  }
  return numbered(parts.map((part) => sliceName(part.join('/'))));
}

/** Names that occur again get a number that no other name has. */
export function numbered(names: readonly string[]): string[] {
  const taken = new Set(names);
  const times = new Map<string, number>();
  return names.map((name) => {
    const before = times.get(name) ?? 0;
    times.set(name, before + 1);
    return before === 0 ? name : freeName(name, before + 1, taken);
  });
}

function freeName(name: string, number: number, taken: Set<string>): string {
  const free = `${name.slice(0, 120)}-${number}`;
  if (taken.has(free)) return freeName(name, number + 1, taken);
  taken.add(free);
  return free;
}
