import type { IngestEndpoint } from '@tributary/capture';
import type { DeadLetters } from '@tributary/dead-letters';
import type { ReadinessCondition } from '@tributary/http';
import type { Position } from '@tributary/kernel';
import type { Rebuilt, Unprojected } from '@tributary/projection';

export const RUNTIME = Symbol('RUNTIME');
export const ATTRIBUTOR = Symbol('ATTRIBUTOR');

/** The tables as they follow the log, whoever fills them. */
export type Tables = {
  /** Up to this state every event is in the tables. */
  position(): Position;
  /** Facts that made no rows; undefined where there are none. */
  unprojected(): Unprojected | undefined;
  /** What stopped the tables from following, if anything did. */
  fault(): unknown;
  /** Resolves once the tables hold a state of the log; rejects where they have stopped. */
  reached(target: Position): Promise<void>;
};

/** What answers are made of: the log, the tables, and the door for facts that answers lead to. */
export type Runtime = Omit<IngestEndpoint, 'projector' | 'deadLetters'> & {
  readonly deadLetters: DeadLetters;
  /** Where this process keeps what is its own. */
  readonly directory: string;
  readonly projector: Tables;
  /** What keeps this process, or the tables, from their work. */
  readonly conditions: () => Promise<readonly ReadinessCondition[]>;
  /**
   * Folds the whole log again into tables beside the live ones, compares, and exchanges them unless it is only to
   * `verify`. Throws Fault `rebuild_elsewhere` where another process fills the tables.
   */
  rebuild(asked: { readonly verify: boolean }): Promise<Rebuilt>;
};
