import type { IngestEndpoint } from '@tributary/capture';
import type { DeadLetters } from '@tributary/dead-letters';
import type { ReadinessCondition } from '@tributary/http';
import type { Position } from '@tributary/kernel';
import type { Rebuilt, Unprojected } from '@tributary/projection';

export const RUNTIME = Symbol('RUNTIME');
export const ATTRIBUTOR = Symbol('ATTRIBUTOR');

/** The tables that follow the log, whichever process fills them. */
export type Tables = {
  /** The position up to which the tables hold every event. */
  position(): Position;
  /** Events that could not be projected; undefined where there are none. */
  unprojected(): Unprojected | undefined;
  /** Why the tables may lack rows of events up to their position; undefined where they are not known to. */
  shortfall?(): string | undefined;
  /** Why the tables stopped following the log, or undefined. */
  fault(): unknown;
  /** Resolves once the tables have reached a position; rejects where they stopped following. */
  reached(target: Position): Promise<void>;
};

/** What resolvers need of a process: the log, the tables, dead letters, and an endpoint for the facts of commands. */
export type Runtime = Omit<IngestEndpoint, 'projector' | 'deadLetters'> & {
  readonly deadLetters: DeadLetters;
  /** The data directory of this process. */
  readonly directory: string;
  readonly projector: Tables;
  /** Conditions that keep this process or the tables from being ready. */
  readonly conditions: () => Promise<readonly ReadinessCondition[]>;
  /**
   * Folds the whole log into shadow tables, compares them with the live ones, and exchanges them unless only `verify`
   * is asked for. Throws Fault `rebuild_elsewhere` where another process fills the tables.
   */
  rebuild(options: { readonly verify: boolean; readonly acceptMissing?: boolean }): Promise<Rebuilt>;
};
