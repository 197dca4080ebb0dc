import type { Cursor } from '@tributary/event-log';
import { Fault, formatEventPosition, parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { arrivals } from './arrivals.ts';
import { CURSOR, firstCursor, versionOf } from './cursor.ts';
import { follow } from './follow.ts';
import { openMisfits } from './misfits.ts';
import type { ProjectorOptions } from './projector.ts';
import { recover } from './step.ts';
import type { Work } from './step.ts';

export type ClaimOptions = Omit<ProjectorOptions, 'shadow' | 'timely'> & {
  /** Before the first event of the partition. */
  readonly start: Position;
  /** Aborts when the partition is somebody else's. */
  readonly lost: AbortSignal;
  /** The last place of the partition that the tables hold. */
  readonly lastPlace: () => Promise<number>;
};

/**
 * Carries one partition of the log into tables that others fill too, until it is lost, wherever that finds it. What the
 * last owner had planned is done first, under its token. Throws Fault `tables_version` where another version made the tables: emptying them
 * would take the others' rows; `tables_ahead` where they hold what the group has not planned; and what stopped the work.
 */
export async function projectClaim(options: ClaimOptions): Promise<void> {
  try {
    await carryOn(options);
  } catch (fault) {
    if (!options.lost.aborted) throw fault;
  }
}

async function carryOn(options: ClaimOptions): Promise<void> {
  const { version, start, lost } = options;
  const { cursors } = options.log;
  let cursor: Cursor = cursors.get(CURSOR) ?? firstCursor(version, start);
  requireVersion(cursor, version);
  requireBehind(await options.lastPlace(), cursor);
  const save = async (next: Cursor): Promise<void> => {
    await cursors.set(CURSOR, next);
    cursor = next;
  };
  const work: Work = { ...options, timely: true, misfits: openMisfits(cursors, options.park), save };
  await recover(work, cursor);
  const life = follow({ work, waiting: arrivals(), patience: options.patience, cursor: () => cursor });
  const stop = (): void => void life.stop();
  if (lost.aborted) stop();
  lost.addEventListener('abort', stop);
  await life.ended;
  lost.removeEventListener('abort', stop);
  if (!lost.aborted) throw life.fault();
}

/** Nothing is inserted that was not planned, so tables that hold more were filled by a group whose offsets are gone. */
function requireBehind(last: number, { position, planned }: Cursor): void {
  if (last <= parseEventPosition(planned?.to ?? position)) return;
  throw new Fault(
    'tables_ahead',
    `the tables hold events up to ${formatEventPosition(last)}, and the group stands at ${planned?.to ?? position}: its offsets were lost or moved, and going on would count events twice; run the projector with \`rebuild\``,
  );
}

function requireVersion(cursor: Cursor, version: string): void {
  const made = versionOf(cursor);
  if (made === version) return;
  throw new Fault(
    'tables_version',
    `the tables were made by version ${made || '(none)'} of the projections, and this program makes version ${version}: rebuild them with this version, or run the other one`,
  );
}
