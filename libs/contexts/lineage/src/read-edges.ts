import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { firstEdges, MAX_ROWS, neighbours } from './queries.ts';
import type { Way } from './queries.ts';

type Row = RowOf<typeof neighbours.up>;

/** Which edges are read. */
type Wanted = {
  readonly way: Way;
  readonly nodes: readonly string[];
  /** Kinds of the nodes at the other end; all kinds where empty. */
  readonly kinds: readonly string[];
  /** Edges of one node, of which one more is read, and of all nodes. */
  readonly fan: number;
  readonly first: number;
  readonly asOf: LogPosition;
  /** Mentions that are read at once; AT_ONCE where absent. */
  readonly atOnce?: number;
};

/** Edges as they are mentioned, in the order of their ends. Of nodes in `cut` there are more than `fan`. */
type EdgesRead = { readonly rows: readonly Row[]; readonly cut: readonly string[]; readonly isFull: boolean };

/** Mentions that are read at once. Of nodes with more, the first edges are found first: that needs less memory. */
const AT_ONCE = 2_000;
const ALL = 2 ** 32 - 1;

/** Reads the first edges of nodes with all their mentions. */
export async function readEdges(
  reader: SqlReader,
  { way, asOf: as_of, ...wanted }: Wanted,
): Promise<EdgesRead> {
  const { fan, first, atOnce = AT_ONCE } = wanted;
  const params = { nodes: [...wanted.nodes], kinds: [...wanted.kinds], as_of };
  const few = await reader.all(neighbours[way], { ...params, ends: [], most: atOnce });
  if (few.reduce((sum, { mentions }) => sum + mentions, 0) < atOnce) return limited(few, wanted);
  const found = await reader.all(firstEdges[way], { ...params, fan, first });
  const ends = [...new Set(found.map(({ far }) => far))];
  const rows = await reader.all(neighbours[way], { ...params, ends, most: ALL });
  const isFound = new Set(found.map(keyOf));
  const own = limited(
    rows.filter((row) => isFound.has(keyOf(row))),
    wanted,
  );
  return { ...own, isFull: own.isFull || rows.length >= MAX_ROWS };
}

/** The rows of the first edges. */
function limited(rows: readonly Row[], { fan, first }: Pick<Wanted, 'fan' | 'first'>): EdgesRead {
  const counts = new Map<string, number>();
  const kept: Row[][] = [];
  for (const [row, ...more] of groupBy(rows, keyOf).values()) {
    const count = counts.get(row?.near ?? '') ?? 0;
    if (!row || count > fan || kept.length >= first) continue;
    counts.set(row.near, count + 1);
    kept.push([row, ...more]);
  }
  return {
    rows: kept.flat(),
    cut: [...counts].flatMap(([node, count]) => (count > fan ? node : [])),
    isFull: kept.length >= first,
  };
}

const keyOf = ({ near, far, kind, via }: Pick<Row, 'near' | 'far' | 'kind' | 'via'>): string =>
  JSON.stringify([near, far, kind, via]);
