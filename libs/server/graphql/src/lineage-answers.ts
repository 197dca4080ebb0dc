import { cyclesIn } from '@tributary/lineage';
import type { Consumption, NeighbourCount, WalkedEdge, WalkedNode } from '@tributary/lineage';
import { answered, evidenceOf } from './answer.ts';
import type { Evidence, Freshness } from './answer.ts';
import { valueOf } from './closed-set.ts';
import { unstarted } from './known.ts';
import { ExposureUnit, LineageDirection, LineageKind, Method } from './generated/schema.ts';
import type {
  LineageBasis,
  LineageConsumption,
  LineageEdge,
  LineageNeighbourCount,
  LineageNode,
  Warning,
} from './generated/schema.ts';

export const evidenceIn = (row: {
  readonly evidence: number[];
  readonly evidence_total: number;
}): Evidence => ({
  positions: row.evidence,
  total: row.evidence_total,
});

export const nodeOf = (fresh: Freshness, row: WalkedNode): LineageNode => ({
  ...answered(fresh, evidenceIn(row)),
  id: row.node,
  kind: valueOf(LineageKind, row.node_kind, 'the kind of a node'),
  name: row.label,
  depth: row.depth,
  stub: row.is_registered === 0,
  stubReason: row.is_registered === 0 ? stubReasonOf(row) : null,
});

/** A run that facts refer to is one whose start is missing. */
const stubReasonOf = ({ node_kind, label, last_reason }: WalkedNode): string =>
  node_kind === 'run' && last_reason === 'not registered here' ? unstarted(label) : last_reason;

export const edgeOf = (row: WalkedEdge): LineageEdge => ({
  source: row.source,
  target: row.target,
  kind: row.kind,
  via: row.via || null,
  basis: row.joined ?? BASIS[row.edge_rank] ?? 'fact',
  multiplicity: row.times,
  step: row.step,
  consumed: row.consumed.flatMap(consumptionOf),
  fields: row.fields.map(([source, target, transformation]) => ({ source, target, transformation })),
  evidence: evidenceOf(row.evidence),
  evidenceTotal: row.evidence_total,
});

function consumptionOf({ counted, firstStep, lastStep }: Consumption): LineageConsumption[] {
  if (!counted) return [];
  const { unit, amount, methods } = counted;
  return [
    {
      unit: valueOf(ExposureUnit, unit, 'the unit of an exposure'),
      amount,
      tokens: unit === 'token' ? Math.round(amount) : null,
      methods: methods.split(',').map((method) => valueOf(Method, method, 'the method of an exposure')),
      firstStep,
      lastStep,
    },
  ];
}

/** What an edge is derived from, by its rank: `edge_rank` of the queries. */
const BASIS: readonly LineageBasis[] = ['fact', 'explicit', 'columns', 'product'];

export const countOf = ({ way, ...row }: NeighbourCount): LineageNeighbourCount => ({
  node: row.node,
  direction: way === 'up' ? LineageDirection.Up : LineageDirection.Down,
  edge: row.kind,
  kind: valueOf(LineageKind, row.neighbour_kind, 'the kind of a node'),
  neighbours: row.neighbours,
});

/** Nodes that are derived from themselves: stored as they were declared, and answered about. */
export const cycleWarnings = (edges: readonly WalkedEdge[]): Warning[] =>
  cyclesIn(edges).map((nodes) => ({
    code: 'cycle',
    text:
      nodes.length === 1
        ? `${nodes[0]} is declared to be derived from itself`
        : `${nodes.slice(0, 10).join(', ')}${nodes.length > 10 ? ` and ${nodes.length - 10} more` : ''} are declared to be derived from each other`,
  }));
