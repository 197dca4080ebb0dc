import type { PartitionAssignment, Topic } from '@tributary/event-log';
import { RANGE_TABLE } from '@tributary/projection';
import type { FailedFact, ReadLimits, ShadowTables } from '@tributary/projection';

/** What the rebuild of a group's tables works with. */
export type GroupRebuild = {
  readonly topic: Topic;
  readonly groups: { readonly live: string; readonly next: string };
  readonly shadow: ShadowTables;
  /** Names of the tables that the log fills, in order. */
  readonly tables: readonly string[];
  /** Whether `log_range` counts their rows. It is exchanged with them, and not compared: an earlier version counts nothing. */
  readonly isCounted?: boolean;
  /** `tablesVersion` of this program. */
  readonly version: string;
  /** Fills the shadow tables from a partition, up to the limits. */
  readonly work: (limits: ReadLimits) => (assignment: PartitionAssignment) => Promise<void>;
  /** Facts that have made no rows in the shadow tables: a blob is missing, for one. */
  readonly failed?: () => readonly FailedFact[];
  readonly queueBytes: number;
  /** Milliseconds between two looks at the groups. */
  readonly pollMillis: number;
  /** Milliseconds after which a group has forgotten a member that died. */
  readonly memberTimeout: number;
  /** Takes a line for whoever runs the rebuild. */
  readonly report: (line: string) => void;
  /** Why the engine takes no rows at present; undefined where it does. */
  readonly outage?: () => unknown;
  /** Nobody reads what is reported: it ends where somebody would have to act, and is begun again later. */
  readonly isUnattended?: boolean;
  /** Ends the rebuild where it can be resumed. */
  readonly signal?: AbortSignal;
};

/** The tables that are exchanged together. */
export const exchangedTables = ({ tables, isCounted }: GroupRebuild): readonly string[] =>
  isCounted === true ? [...tables, RANGE_TABLE] : tables;

/** The live group, and the group that fills its shadow tables. */
export const groupsOf = (live: string): GroupRebuild['groups'] => ({ live, next: `${live}-next` });
