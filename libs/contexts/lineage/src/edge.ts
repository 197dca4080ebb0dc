import type { NodeId } from './node.ts';

/**
 * How much an edge is worth where several speak of one target of one run: explicit lineage, then columns, then all
 * inputs to all outputs. What other facts say stands beside them.
 */
export const RANK = { fact: 0, explicit: 1, columns: 2, product: 3 } as const;

export type EdgeKind =
  | 'source'
  | 'member'
  | 'consumed'
  | 'produced'
  | 'planned_over'
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

/** Data or authority flows from source to target. */
export type Edge = {
  readonly source: NodeId;
  readonly target: NodeId;
  readonly kind: EdgeKind;
  /** How often the source goes into the target; once where absent. */
  readonly multiplicity?: number;
  /** The run, job or dataset whose OpenLineage events say so. */
  readonly via?: NodeId;
  readonly rank?: number;
  /** The facet behind it, within `via`, and the emission of it. */
  readonly facet?: string;
  readonly moment?: string;
  readonly sourceField?: string;
  readonly targetField?: string;
  readonly transformation?: string;
};

/**
 * That an emission of a facet decides where a target comes from. The newest emission of a facet replaces the others;
 * one that decides nothing, or takes the facet back, has no target.
 */
export type LineageAssertion = {
  readonly via: NodeId;
  readonly facet: string;
  readonly moment: string;
  readonly rank: number;
  readonly target: NodeId | '';
};
