import type { NodeId } from './node.ts';

/**
 * Precedence of the edges to one target of one run, best first: explicit lineage, then columns, then all inputs to all
 * outputs. Edges of other facts (`fact`) always count.
 */
export const RANK = { fact: 0, explicit: 1, columns: 2, product: 3 } as const;

export type EdgeKind =
  | 'source'
  | 'origin'
  | 'member'
  | 'in_slice'
  | 'consumed'
  | 'may_have_consumed'
  | 'produced'
  | 'decided'
  | 'approved'
  | 'superseded_by'
  | 'retracted'
  | 'arm'
  | 'observed'
  | 'influence'
  | 'subject'
  | 'answered'
  | 'used'
  | 'planned_over'
  | 'planned_for'
  | 'departs_from'
  | 'trained_on'
  | 'followed'
  | 'initialised_from'
  | 'forked_from'
  | 'saved'
  | 'merged_into'
  | 'scored'
  | 'executes'
  | 'parent'
  | 'root'
  | 'same_as'
  | 'reads'
  | 'writes'
  | 'explicit'
  | 'columns';

/** Data or control flows from source to target. */
export type Edge = {
  readonly source: NodeId;
  readonly target: NodeId;
  readonly kind: EdgeKind;
  /** How many times the source is contained in the target; once where absent. */
  readonly multiplicity?: number;
  /** Step of the run at the source's end: what the run did later cannot be in the target. Every step where absent. */
  readonly step?: number | undefined;
  /** The run, job or dataset whose OpenLineage events assert the edge. */
  readonly via?: NodeId;
  readonly rank?: number;
  /** The facet of `via` that asserts it, and the emission of that facet. */
  readonly facet?: string;
  readonly moment?: string;
  readonly sourceField?: string;
  readonly targetField?: string;
  readonly transformation?: string;
};

/**
 * The assertion of a facet's emission where a target comes from. The newest emission of a facet replaces earlier ones;
 * an emission that asserts nothing or deletes the facet has no target. Stored in the table `lineage_claim`.
 */
export type LineageAssertion = {
  readonly via: NodeId;
  readonly facet: string;
  readonly moment: string;
  readonly rank: number;
  readonly target: NodeId | '';
};
