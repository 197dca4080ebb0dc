import {
  Fault,
  formatEventPosition,
  parseEventPosition,
  positionFromText,
  withTexts,
} from '@tributary/kernel';
import type { EventPosition, Query, SqlReader } from '@tributary/kernel';
import { answered, merged } from './answer.ts';
import type { Evidence, Freshness } from './answer.ts';
import type { Answer, Connection } from './generated/schema.ts';

/** The page of a list that a question asks for. */
export type Page = { readonly first?: number | null | undefined; readonly after?: string | null | undefined };

/** A connection whose total is counted only where a question selects it. */
export type Counted<List extends Connection> = Omit<List, 'totalCount'> & {
  readonly totalCount: () => Promise<number>;
};

/** Sizes of a page: the largest one, and the one where the question names none. */
type Sizes = { readonly most: number; readonly usual: number };

const PAGE: Sizes = { most: 1_000, usual: 100 };

/** Beyond the rows of any list: `first` is a UInt32. */
const ALL = 2 ** 32 - 1;

/** The size of a page. Throws Fault `page_out_of_range` for one that no page may have. */
export function sizeOf({ first }: Page, { most, usual }: Sizes = PAGE): number {
  const size = first ?? usual;
  if (size >= 1 && size <= most) return size;
  throw new Fault('page_out_of_range', `\`first\` is ${size}; ask for 1 to ${most} nodes on a page`);
}

/** A query that gives rows in the order of a key, after a key. */
type Paged<Key extends string | number> = Record<string, unknown> & {
  readonly after: Key;
  readonly first: number;
};

/** What a connection makes of a row. */
type Parts<Row, Node> = {
  readonly node: (row: Row) => Node;
  /** The text to pass as `after` for what follows the row. */
  readonly cursor: (row: Row) => string;
  readonly evidence: (row: Row) => Evidence;
  /** Evidence of the rest of the answer. */
  readonly also?: Evidence;
};

/**
 * A page of the rows of a query, as an answer. `params` asks for the page with `first` as its size; one row more is read
 * to know whether another page follows.
 */
export async function connectionOf<Key extends string | number, Params extends Paged<Key>, Row, Node>(
  { reader, fresh }: { reader: SqlReader; fresh: Freshness },
  query: Query<Params, Row>,
  params: Params,
  parts: Parts<Row, Node>,
) {
  const found = await reader.all(query, { ...params, first: params.first + 1 });
  return connectionFrom(
    fresh,
    { found, first: params.first, total: () => totalOf(reader, query, params) },
    parts,
  );
}

/**
 * The connection; incomplete for the reason where nothing is listed at all. The reason is undefined where the question
 * named nothing, so that an empty list is all there is.
 */
export function unlessEmpty<
  List extends Pick<Answer, 'complete' | 'reason'> & { readonly nodes: readonly unknown[] },
>(list: List, { after }: Page, reason: string | undefined): List {
  if (reason === undefined || after || list.nodes.length > 0) return list;
  return { ...list, complete: false, reason: list.reason === null ? reason : `${list.reason}; ${reason}` };
}

/** The rows of a page, with one row more where another page follows, and what counts the rows of all pages. */
type Found<Row> = {
  readonly found: readonly Row[];
  readonly first: number;
  readonly total: () => Promise<number>;
};

/** A page of rows that were read, as an answer. */
export function connectionFrom<Row, Node>(
  fresh: Freshness,
  { found, first, total }: Found<Row>,
  { node, cursor, evidence, also = { positions: [] } }: Parts<Row, Node>,
) {
  const rows = found.slice(0, first);
  const last = rows.at(-1);
  return {
    ...answered(fresh, merged([also, ...rows.map(evidence)])),
    nodes: rows.map(node),
    pageInfo: {
      hasNextPage: found.length > rows.length,
      endCursor: last === undefined ? null : cursor(last),
    },
    totalCount: total,
  };
}

/** A list that is known to have no rows, as an answer. */
export const emptyConnection = (fresh: Freshness) => ({
  ...answered(fresh, { positions: [] }),
  nodes: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: () => Promise.resolve(0),
});

/** Rows of a query on all pages together. */
export async function totalOf<Params extends Paged<string | number>, Row>(
  reader: SqlReader,
  asked: Query<Params, Row>,
  params: Params,
): Promise<number> {
  const counting: Query<Record<string, unknown>, unknown> = {
    ...withTexts(
      asked,
      (text) => `SELECT count() AS total FROM (${text}
)`,
    ),
    name: `${asked.name}-total`,
    params: { parse: (value) => Object(value) },
    row: { parse: (value) => value },
  };
  const after = typeof params.after === 'number' ? 0 : '';
  const [row] = await reader.all(counting, { ...params, after, first: ALL });
  return Number(Object(row).total);
}

/** A page of a list that is in memory. Throws Fault `unknown_cursor` for a cursor that is not in the list. */
export function pageOf<Item>(items: readonly Item[], page: Page, idOf: (item: Item) => string) {
  const size = sizeOf(page);
  const start = page.after ? 1 + items.findIndex((item) => idOf(item) === page.after) : 0;
  if (page.after && start === 0) throw unknownCursor(page);
  const listed = items.slice(start, start + size);
  const last = listed.at(-1);
  return {
    listed,
    pageInfo: {
      hasNextPage: start + size < items.length,
      endCursor: last === undefined ? null : idOf(last),
    },
    totalCount: () => Promise.resolve(items.length),
  };
}

/** The position after which a page begins, of a list in the order of the log. */
export function positionAfter({ after }: Page): EventPosition {
  if (!after) return 0;
  const position = parseEventPosition(positionFromText(after));
  if (Number.isNaN(position)) throw unknownCursor({ after });
  return position;
}

export const unknownCursor = ({ after }: Page): Fault =>
  new Fault('unknown_cursor', `\`after\` is ${after ?? ''}, which is no cursor of this list`);

/** Cursor and evidence of a row of a list in the order of the log: the position of its event. */
export const inLogOrder = {
  cursor: ({ evidence }: { readonly evidence: EventPosition }) => formatEventPosition(evidence),
  evidence: ({ evidence }: { readonly evidence: EventPosition }): Evidence => ({ positions: [evidence] }),
};
