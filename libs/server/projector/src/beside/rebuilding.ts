import type { PartitionAssignment, Topic } from '@tributary/event-log';
import type { Shadow } from '@tributary/projection';
import type { Limits } from './limits.ts';

export type Marks = Awaited<ReturnType<Shadow['marks']>>;

/** What a rebuild beside a group's tables works with. */
export type Rebuilding = {
  readonly topic: Topic;
  readonly groups: { readonly live: string; readonly next: string };
  readonly shadow: Shadow;
  /** Names of the tables that the log fills, in order. */
  readonly tables: readonly string[];
  /** What makes the tables now. */
  readonly version: string;
  /** Fills the tables beside from a partition, up to the limits. */
  readonly work: (limits: Limits) => (claim: PartitionAssignment) => Promise<void>;
  readonly queueBytes: number;
  /** Milliseconds between two looks at the groups. */
  readonly every: number;
  /** Milliseconds after which a group has forgotten a member that died. */
  readonly forgotten: number;
  /** Takes a line for whoever runs it. */
  readonly tell: (line: string) => void;
};

/** The group that fills the tables beside. */
export const groupsOf = (live: string): Rebuilding['groups'] => ({ live, next: `${live}-next` });
