import type { Position } from '@tributary/kernel';
import type { Offsets, ReadLimits } from './bounded-log.ts';
import type { ExchangeStore } from './exchange.ts';
import type { FailedFact } from './lost-facts.ts';
import type { ShadowTables, TableMarks } from './shadow.ts';

export type RebuildRequest = {
  /** Compares only: the live tables stay. */
  readonly verify: boolean;
  /** Starts from the first event, even where an earlier run can be resumed. */
  readonly fresh: boolean;
  /** Exchanges the tables even where the new ones lack facts whose rows the live ones have. */
  readonly acceptMissing?: boolean;
};

/** Fills the shadow tables up to the limits, in the background. */
export type BackfillWorker = {
  /** How far the shadow tables are. Throws what stopped the worker for good. */
  progress(): Promise<BackfillProgress>;
  /** Resolves when progress should be looked at again. */
  changed(): Promise<unknown>;
  end(): Promise<void>;
};

export type BackfillProgress = {
  /** The shadow tables hold everything before these. */
  readonly offsets: Offsets;
  /** No batch is planned beyond the offsets. */
  readonly isSettled: boolean;
  /** What delays the worker now. */
  readonly delay?: string | undefined;
};

/** Whether a live table and its shadow table have the same rows. */
export type ComparedTable = { readonly table: string; readonly equal: boolean };

/** The live tables, held as they are for a comparison. */
export type HeldTables = {
  /** The live tables hold everything before these. */
  readonly offsets: Offsets;
  /** Whether they hold nothing else, and no projector works on them. */
  isStill(): Promise<boolean>;
};

/**
 * Where a rebuild keeps its state and what it works with: a log and tables of one process, or a group of projectors on
 * servers. `runRebuild` calls these in the order in which they are listed.
 */
export type RebuildStore = {
  readonly shadow: ShadowTables;
  /** Names of the tables that the log fills. */
  readonly tables: readonly string[];
  /** Makes empty shadow tables with a state before the first event, unless an earlier run can be resumed. */
  prepare(fresh: boolean): Promise<void>;
  startBackfill(limits: ReadLimits): Promise<BackfillWorker>;
  /** Offsets to fill the shadow tables up to, given how far these are: how far the live tables are now. */
  target(filled: Offsets): Promise<Offsets>;
  /** Resolves when the live tables can be held for an exchange; calls `catchUp` while it waits. */
  untilHoldable(catchUp: () => Promise<void>): Promise<void>;
  /** Calls `compare` while the live tables are held. Its offsets are never below `filled`, how far the shadow tables are. */
  hold<Result>(filled: Offsets, compare: (held: HeldTables) => Promise<Result>): Promise<Result>;
  /** Facts whose rows only the live tables have, given how both compare. Absent where a store does not know them. */
  lost?(compared: readonly ComparedTable[], held: Offsets): Promise<readonly FailedFact[]>;
  /** Makes the plan durable: from then on the shadow tables count. False where the live tables have moved meanwhile. */
  planExchange(marks: TableMarks, held: Offsets): Promise<boolean>;
  readonly exchange: ExchangeStore;
  /** Cleans up after a failure. What can be resumed stays. */
  abandon(): Promise<void>;
  /** The type of the event at a position; undefined where there is none. */
  eventType(position: Position): Promise<string | undefined>;
  positionAt(offsets: Offsets): Position;
  /** Reports progress to whoever runs the rebuild. */
  report(line: string): void;
  /** Throws when the rebuild has to stop. */
  throwIfStopping(): void;
};
