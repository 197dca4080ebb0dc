import { parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { upcasting } from '@tributary/contracts';
import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import type { TableRows } from '@tributary/kernel';
import { withCorrected } from './corrections.ts';
import type { EventFinder } from './corrections.ts';
import { isOfOtherLog, namesPositions } from './imports.ts';
import { factOf } from './fact-of.ts';
import type { BlobReader, ResolvedFact } from './fact-of.ts';
import { failureOf } from './projection-failures.ts';
import { countOf } from './row-chunks.ts';
import type { Rows } from './row-chunks.ts';

/** The rows of one fact and table. */
export type TableSlice = { readonly table: string; readonly rows: Rows };

/** What facts are read and projected with. */
export type ProjectionContext = {
  readonly projections: readonly Projection[];
  readonly blobs?: BlobReader | undefined;
  readonly log: EventFinder;
  /**
   * Positions of events that an operator declares foreign: another producer claims a version for them that no Tributary
   * has. They are parked, where other events of a version that this program lacks stop it.
   */
  readonly foreign?: ReadonlySet<Position> | undefined;
};

/** The rows of a fact that is projected in parts; undefined where a part has made none, and others may have their turn. */
export type Parts = Iterable<TableSlice | undefined>;

export type PendingSlices = readonly TableSlice[] | Promise<Parts>;

/**
 * Makes the rows of an event, synchronously where nothing has to be read. Data from a blob is projected in parts. Errors
 * of reading or projecting a fact are thrown as a ProjectionFailure, also while the parts are iterated.
 */
export function rowsProjector({
  projections,
  blobs,
  log,
  foreign = new Set(),
}: ProjectionContext): (event: RecordedEvent) => PendingSlices {
  const newest = upcasting(projections.flatMap(({ upcasters = [] }) => upcasters));
  const correct = (fact: Fact, event: RecordedEvent): Promise<Fact> =>
    fact.corrects === undefined
      ? Promise.resolve(fact)
      : withCorrected(fact, parseEventPosition(event.position), log);
  /** Positions that a fact names mean other events in another log, so that it makes no rows there. */
  const projectionsOf = async (fact: Fact, { position }: RecordedEvent): Promise<readonly Projection[]> =>
    (await isOfOtherLog(fact, parseEventPosition(position), log)) ? [] : projections;
  const project = (event: RecordedEvent): PendingSlices => {
    const read = factOf(event, blobs);
    if (read instanceof Promise)
      return read.then(async ({ fact, release }) =>
        partsOf(
          event,
          { fact: await correct(newest(fact), event), release },
          await projectionsOf(fact, event),
        ),
      );
    const fact = newest(read);
    if (namesPositions(fact))
      return Promise.all([correct(fact, event), projectionsOf(fact, event)]).then(([corrected, making]) =>
        rowsOf(event, corrected, making),
      );
    if (fact.corrects === undefined) return rowsOf(event, fact, projections);
    return correct(fact, event).then((corrected) => rowsOf(event, corrected, projections));
  };
  return (event) => guarded(event, project, foreign);
}

function guarded(
  event: RecordedEvent,
  project: (event: RecordedEvent) => PendingSlices,
  foreign: ReadonlySet<Position>,
): PendingSlices {
  try {
    const slices = project(event);
    return slices instanceof Promise
      ? slices.then((parts) => guardedParts(event, parts), failing(event))
      : slices;
  } catch (cause) {
    throw failureOf(event, cause, foreign.has(event.position));
  }
}

const failing =
  (event: RecordedEvent) =>
  (cause: unknown): never => {
    throw failureOf(event, cause);
  };

function* guardedParts(event: RecordedEvent, parts: Parts): Generator<TableSlice | undefined> {
  try {
    yield* parts;
  } catch (cause) {
    throw failureOf(event, cause);
  }
}

function rowsOf(event: RecordedEvent, fact: Fact, projections: readonly Projection[]): TableSlice[] {
  const stamp = stampOf(event);
  const slices: TableSlice[] = [];
  for (const projection of projections) addTables(projection.project(fact, stamp), slices);
  return slices;
}

function* partsOf(
  event: RecordedEvent,
  { fact, release }: ResolvedFact,
  projections: readonly Projection[],
): Generator<TableSlice | undefined> {
  const stamp = stampOf(event);
  try {
    for (const projection of projections) {
      const parts = projection.projectInParts?.(fact, stamp) ?? [projection.project(fact, stamp)];
      for (const tables of parts) yield* slicesOfPart(tables);
    }
  } finally {
    release();
  }
}

const NO_ROWS = [undefined] as const;

/** The slices of a part, or one that is undefined where it has made no rows. */
function slicesOfPart(tables: TableRows): readonly (TableSlice | undefined)[] {
  const slices = addTables(tables, []);
  return slices.length > 0 ? slices : NO_ROWS;
}

const stampOf = ({ position, recordTime }: RecordedEvent): Stamp => ({
  _position: parseEventPosition(position),
  recorded_at: recordTime,
});

function addTables(tables: TableRows, slices: TableSlice[]): TableSlice[] {
  for (const table in tables) {
    const rows = tables[table] ?? [];
    if (countOf(rows) > 0) slices.push({ table, rows });
  }
  return slices;
}
