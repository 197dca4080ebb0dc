import { upcasting } from '@tributary/contracts';
import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import type { TableRows } from '@tributary/kernel';
import { parseEventPosition } from '@tributary/kernel';
import { withCorrected } from './corrections.ts';
import type { Finder } from './corrections.ts';
import { factOf } from './fact-of.ts';
import type { BlobReader, Redeemed } from './fact-of.ts';
import { misfit } from './misfit.ts';
import { countOf } from './pieces.ts';
import type { Rows } from './pieces.ts';

/** Rows that a fact makes of one table. */
export type Made = { readonly table: string; readonly rows: Rows };

/** What facts are read and projected with. */
export type Projecting = {
  readonly projections: readonly Projection[];
  readonly blobs?: BlobReader | undefined;
  readonly log: Finder;
};

export type Making = readonly Made[] | Promise<Iterable<Made>>;

/**
 * The rows of an event, at once where nothing has to be waited for. What lies in a blob makes its rows a part at a
 * time. What reading or projecting a fact throws, at once or later, is thrown as a Misfit.
 */
export function projecting({ projections, blobs, log }: Projecting): (event: RecordedEvent) => Making {
  const newest = upcasting(projections.flatMap(({ upcasters = [] }) => upcasters));
  const correct = (fact: Fact, event: RecordedEvent): Promise<Fact> =>
    fact.corrects === undefined
      ? Promise.resolve(fact)
      : withCorrected(fact, parseEventPosition(event.position), log);
  const project = (event: RecordedEvent): Making => {
    const read = factOf(event, blobs);
    if (read instanceof Promise)
      return read.then(async ({ fact, letGo }) =>
        partsOf(event, { fact: await correct(newest(fact), event), letGo }, projections),
      );
    const fact = newest(read);
    if (fact.corrects === undefined) return rowsOf(event, fact, projections);
    return correct(fact, event).then((corrected) => rowsOf(event, corrected, projections));
  };
  return (event) => guarded(event, project);
}

function guarded(event: RecordedEvent, project: (event: RecordedEvent) => Making): Making {
  try {
    const made = project(event);
    return made instanceof Promise ? made.then((parts) => guardedParts(event, parts), failing(event)) : made;
  } catch (cause) {
    throw misfit(event, cause);
  }
}

const failing =
  (event: RecordedEvent) =>
  (cause: unknown): never => {
    throw misfit(event, cause);
  };

function* guardedParts(event: RecordedEvent, parts: Iterable<Made>): Generator<Made> {
  try {
    yield* parts;
  } catch (cause) {
    throw misfit(event, cause);
  }
}

function rowsOf(event: RecordedEvent, fact: Fact, projections: readonly Projection[]): Made[] {
  const stamp = stampOf(event);
  const made: Made[] = [];
  for (const projection of projections) addTables(projection.project(fact, stamp), made);
  return made;
}

function* partsOf(
  event: RecordedEvent,
  { fact, letGo }: Redeemed,
  projections: readonly Projection[],
): Generator<Made> {
  const stamp = stampOf(event);
  try {
    for (const projection of projections) {
      const parts = projection.projectInParts?.(fact, stamp) ?? [projection.project(fact, stamp)];
      for (const tables of parts) yield* addTables(tables, []);
    }
  } finally {
    letGo();
  }
}

const stampOf = ({ position, recordTime }: RecordedEvent): Stamp => ({
  _position: parseEventPosition(position),
  recorded_at: recordTime,
});

function addTables(tables: TableRows, made: Made[]): Made[] {
  for (const table in tables) {
    const rows = tables[table] ?? [];
    if (countOf(rows) > 0) made.push({ table, rows });
  }
  return made;
}
