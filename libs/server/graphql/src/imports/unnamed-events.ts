import { resolveData } from '@tributary/blobs';
import type { FactCatalogue } from '@tributary/contracts';
import { formatEventPosition, parseEventPosition, partitionOf, rangesOf } from '@tributary/kernel';
import type { EventPosition, LogPosition } from '@tributary/kernel';
import type { Runtime } from '../runtime.ts';
import type { ImportRow } from './import-of.ts';
import { namedByImport } from './queries.ts';

type Progressed = FactCatalogue['lineage.import.progressed'];
/** Ranges of positions. */
export type Ranges = Progressed['stored'];

/**
 * The events of the last request of an import that ended early, which no part names: those that it announced and that stand
 * behind the announcement, or in another partition and were recorded after the start. What an announcement is followed by
 * came with it: others recorded the rest. Empty for an import that ended.
 */
export async function unnamedEvents(runtime: Runtime, row: ImportRow, as_of: LogPosition): Promise<Ranges> {
  if (row.is_ended === 1 || row.last_announcement === 0) return [];
  const positions = await announcedPositions(runtime, row);
  const of = { import_id: row.id, began: row.evidence, positions, as_of };
  const named = await runtime.engine.reader.all(namedByImport, of);
  const known = new Set(named.map(({ position }) => position));
  return rangesOf(positions.filter((position) => !known.has(position)));
}

async function announcedPositions(runtime: Runtime, row: ImportRow): Promise<EventPosition[]> {
  const { log } = runtime;
  const start = await log.at(formatEventPosition(row.evidence));
  const announced = await announcedAt(runtime, row.last_announcement);
  const positions: EventPosition[] = [];
  for (const { source, ids } of announced)
    for (const id of ids) {
      const event = await log.find(source, id);
      if (!event || !start) continue;
      const position = parseEventPosition(event.position);
      const isLater =
        partitionOf(position) === partitionOf(row.last_announcement)
          ? position > row.last_announcement
          : event.recordTime >= start.recordTime;
      if (isLater) positions.push(position);
    }
  return positions;
}

async function announcedAt(
  { log, blobs }: Runtime,
  position: EventPosition,
): Promise<Progressed['announced']> {
  const event = await log.at(formatEventPosition(position));
  if (!event) return [];
  const envelope: Record<string, unknown> = JSON.parse(Buffer.from(event.bytes).toString('utf8'));
  const { data } = Object(await resolveData(envelope, blobs));
  return Object(data).announced ?? [];
}
