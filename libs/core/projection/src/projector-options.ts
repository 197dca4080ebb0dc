import type { Position } from '@tributary/kernel';
import type { ParkedEvent } from './projection-failures.ts';
import type { TableChecks } from './check/tables-watch.ts';
import type { LoopOptions } from './projection-loop.ts';
import type { ShadowTables } from './rebuild/shadow.ts';
import type { StepContext } from './step.ts';

/** What a projector of a whole log is started with. */
export type ProjectorOptions = Omit<StepContext, 'save' | 'failures'> &
  Pick<LoopOptions, 'linger'> & {
    /** Takes an event that makes no rows; a replay gives it the same event again. */
    readonly park?: (event: ParkedEvent) => Promise<unknown>;
    /** `tablesVersion`. Tables that another version filled are emptied and filled again. */
    readonly version: string;
    /** Where `rebuildInShadow` fills new tables. */
    readonly shadow?: ShadowTables;
    /** Compares the tables with what was counted, and fills again what is short. Needs `logId` and `shadow`. */
    readonly checks?: TableChecks;
  };

/** What the worker of one partition is started with. */
export type PartitionOptions = Omit<ProjectorOptions, 'shadow' | 'checks'> & {
  /** The position before the first event of the partition. */
  readonly start: Position;
  /** Aborts when the partition is assigned to another worker. */
  readonly lost: AbortSignal;
  /** Ordinal of the last event of the partition that the tables hold. */
  readonly lastPosition: () => Promise<number>;
};
