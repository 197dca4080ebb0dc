import type { SqlReader } from '@tributary/kernel';
import type { Part } from './comparison-queries.ts';
import type { ShadowReaders } from './shadow.ts';

/** Both sides of a comparison. */
export type Pair<Of> = { readonly before: Of; readonly after: Of };

export const sidesOf = ({ live, shadow }: ShadowReaders): Pair<SqlReader> => ({
  before: live,
  after: shadow,
});

export async function bothSides<Answer>(
  { before, after }: Pair<SqlReader>,
  ask: (side: SqlReader) => Promise<Answer>,
): Promise<Pair<Answer>> {
  const [left, right] = await Promise.all([ask(before), ask(after)]);
  return { before: left, after: right };
}

/** Numbers of the parts whose rows differ between the sides, ascending. */
export function differingParts({ before, after }: Pair<readonly Part[]>): number[] {
  const known = new Map(before.map((part) => [part.part, part]));
  const differing = after.flatMap((part) => {
    const other = known.get(part.part);
    known.delete(part.part);
    return other?.rows === part.rows && other.checksum === part.checksum ? [] : [part.part];
  });
  return [...differing, ...known.keys()].toSorted((left, right) => left - right);
}
