import type { Cursor } from '@tributary/event-log';
import type { ProjectorOptions } from '../projector.ts';
import type { Shadow } from './shadow.ts';

/** What a rebuild sees of the projector that goes on meanwhile. */
export type Live = {
  readonly options: ProjectorOptions;
  readonly shadow: Shadow;
  readonly cursor: () => Cursor;
  /**
   * Stands still at the end of a batch while `turn` runs. Then finishes the exchange that was planned, if any, and goes
   * on; where that fails, it stands still for good and says so.
   */
  paused<Result>(turn: () => Promise<Result>): Promise<Result>;
};
