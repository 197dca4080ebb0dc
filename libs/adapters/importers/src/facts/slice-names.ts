const ILLEGAL = /[^a-z0-9_.-]+/g;

/** The label of a source as a path of slices: lower case, `/` kept, other characters that a slice cannot hold become `-`. */
export function sliceName(label: string): string {
  const parts = label
    .normalize('NFKD')
    .toLowerCase()
    .split('/')
    .map((part) => part.replace(ILLEGAL, '-').replace(/^[^a-z0-9]+|-+$/g, ''))
    .filter((part) => part !== '');
  return parts.join('/').slice(0, 128).replace(/\/$/, '') || 'unnamed';
}

/** Slices for the paths of a mixture: the shortest suffixes that distinguish all paths, numbered if no suffix does. */
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

/** The names with a unique number behind each repetition. */
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
