/** A value of JSON that holds no other one: a text, a number, a boolean, null, or an empty list or object. */
export type Leaf = {
  /** Keys from the outermost one, and the indexes of lists. */
  readonly path: readonly string[];
  readonly value: unknown;
};

/** The leaves of a value of JSON below a path: members of objects in the order of their keys, lists in theirs. */
export function leavesOf(json: unknown, path: readonly string[] = []): Leaf[] {
  const leaves: Leaf[] = [];
  const open: Leaf[] = [{ path, value: json }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path: above, value } = next;
    const members = membersOf(value);
    if (members.length === 0) leaves.push(next);
    for (const [key, member] of members.toReversed()) open.push({ path: [...above, key], value: member });
  }
  return leaves;
}

function membersOf(value: unknown): [key: string, member: unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value);
  return Array.isArray(value) ? members : members.toSorted(([left], [right]) => (left < right ? -1 : 1));
}

/** A path as a JSON pointer (RFC 6901). */
export const pointerOf = (path: readonly string[]): string =>
  path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The path that a JSON pointer names. */
export const pathOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
