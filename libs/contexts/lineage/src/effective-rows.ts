import { groupBy, largest, smallest } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { effectiveEdges } from './precedence.ts';
import type { Assertion } from './precedence.ts';
import { assertions } from './queries.ts';
import type { neighbours, Way } from './queries.ts';

type Row = RowOf<typeof neighbours.up>;

/** An edge over all its mentions. */
export type EdgeRow = {
  readonly source: string;
  readonly target: string;
  readonly kind: string;
  readonly via: string;
  /** Rank of the best mention (`RANK`). */
  readonly edge_rank: number;
  readonly times: number;
  /** Step of the run at the source's end; null where every step may be in the target. */
  readonly step: number | null;
  readonly fields: readonly Fields[];
  /** Positions of the first events that mention it, and how many there are. */
  readonly evidence: number[];
  readonly evidence_total: number;
};

/** A field of the source, a field of the target, and how the one is made from the other. */
type Fields = readonly [string, string, string];

/** The edges that count of rows of `neighbours.sql`: by precedence, and once where several facets mention one. */
export async function effectiveRows(
  reader: SqlReader,
  { rows, way, asOf }: { readonly rows: readonly Row[]; readonly way: Way; readonly asOf: LogPosition },
): Promise<EdgeRow[]> {
  const ranked = rows.map((row) => {
    const [source, target] = way === 'up' ? [row.far, row.near] : [row.near, row.far];
    return { ...row, source, target, moment: row.emission };
  });
  const decided = effectiveEdges(ranked, await assertionsAbout(reader, ranked, asOf));
  const byEdge = groupBy(decided, ({ source, target, kind, via }) =>
    JSON.stringify([source, target, kind, via]),
  );
  return [...byEdge.values()].flatMap((mentions) => edgeOf(mentions) ?? []);
}

type Ranked = Row & { readonly source: string; readonly target: string };

/** What facets assert about the targets of edges. Without edges of OpenLineage events nothing is asked. */
async function assertionsAbout(
  reader: SqlReader,
  rows: readonly Ranked[],
  as_of: LogPosition,
): Promise<Assertion[]> {
  const observed = rows.filter(({ via }) => via !== '');
  const pairs = [...groupBy(observed, ({ via, target }) => JSON.stringify([via, target])).values()];
  if (pairs.length === 0) return [];
  const vias = pairs.flatMap(([row]) => row?.via ?? []);
  const targets = pairs.flatMap(([row]) => row?.target ?? []);
  const found = await reader.all(assertions, { vias, targets, as_of });
  return found.flatMap(({ via, facet, newest: moment, asserted }) => [
    { via, facet, moment, rank: 0, target: '' },
    ...asserted.map(([target, rank]) => ({ via, facet, moment, rank, target })),
  ]);
}

/** Lists that an edge has at most. */
const MAX_FIELDS = 1_000;
const MAX_EVIDENCE = 100;

function edgeOf(mentions: readonly Ranked[]): EdgeRow | undefined {
  const [first] = mentions;
  if (!first) return undefined;
  const { source, target, kind, via } = first;
  const positions = [...new Set(mentions.flatMap(({ evidence }) => evidence))];
  const unlisted = mentions.map(({ evidence, evidence_total }) => evidence_total - evidence.length);
  const steps = mentions.flatMap(({ last_step }) => last_step ?? []);
  const fields = new Map(mentions.flatMap((row) => row.fields).map((one) => [JSON.stringify(one), one]));
  return {
    source,
    target,
    kind,
    via,
    edge_rank: smallest(mentions.map(({ rank }) => rank)),
    times: largest(mentions.map(({ times }) => times)),
    step: steps.length < mentions.length ? null : largest(steps),
    fields: [...fields.values()].slice(0, MAX_FIELDS),
    evidence: positions.toSorted((left, right) => left - right).slice(0, MAX_EVIDENCE),
    evidence_total: positions.length + unlisted.reduce((sum, count) => sum + count, 0),
  };
}
