import type { Fact, Projection, Stamp } from '@tributary/contracts';
import { parseEventPosition, positionFromText } from '@tributary/kernel';
import type { Row, TableRows } from '@tributary/kernel';
import type { EventFinder } from './corrections.ts';

/**
 * Records which events belong to which import, and which imports were withdrawn. Queries leave out the events of withdrawn
 * imports (`withdrawn-events.sql`).
 */
export const importProjection: Projection = {
  context: 'log',
  tables: ['log_import', 'log_import_part', 'log_import_end', 'log_import_withdrawal'],
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'lineage.import.started':
        return { log_import: [started(fact.data, stamp)] };
      case 'lineage.import.progressed':
        return { log_import_part: [part(fact.data, stamp)] };
      case 'lineage.import.completed':
        return { log_import_part: [part(fact.data, stamp)], log_import_end: [completed(fact.data, stamp)] };
      case 'lineage.import.withdrawn':
        return {
          log_import_part: [part({ ...fact.data, repeated: [] }, stamp)],
          log_import_withdrawal: [withdrawn(fact.data, stamp)],
        };
      default:
        return {};
    }
  },
};

type Naming = Fact<`lineage.import.${'progressed' | 'completed' | 'withdrawn'}`>;

/** Whether a fact names events by their positions in the log that it was written for. */
export const namesPositions = (fact: Fact): fact is Naming =>
  fact.type.startsWith('lineage.import.') && fact.type !== 'lineage.import.started';

/**
 * Whether a fact names positions of another log: its import, by the id of the start, does not begin here at the position
 * that it states, and before the fact, which is at `position`. The start is of the same producer and stream.
 */
export async function isOfOtherLog(fact: Fact, position: number, log: EventFinder): Promise<boolean> {
  if (!namesPositions(fact)) return false;
  const start = await log.find(fact.source, fact.data.importId);
  const isStart = start?.type === 'lineage.import.started' && start.position === fact.data.began;
  return !isStart || parseEventPosition(start.position) >= position;
}

const started = ({ importId, paths, program, actor = '' }: DataOf<'started'>, stamp: Stamp): Row => ({
  ...stamp,
  import_id: importId,
  paths: [...paths],
  program,
  actor,
});

type DataOf<Change extends string> = Fact<Extract<Fact['type'], `lineage.import.${Change}`>>['data'];

type Part = Pick<DataOf<'completed'>, 'importId' | 'began' | 'stored' | 'repeated'> &
  Partial<Pick<DataOf<'progressed'>, 'announced'>>;

const part = ({ importId, began, stored, repeated, announced }: Part, stamp: Stamp): Row => ({
  ...stamp,
  import_id: importId,
  began: positionOf(began),
  stored: stored.map(rangeOf),
  repeated: repeated.map(rangeOf),
  is_announcement: announced !== undefined,
});

type Range = DataOf<'completed'>['stored'][number];

const rangeOf = ({ first, last }: Range) => ({ first: positionOf(first), last: positionOf(last) });

/** The schema allows only positions. */
const positionOf = (text: string): number => parseEventPosition(positionFromText(text));

const completed = (
  { importId, began, kinds, byType, refused, notLookedAt, digest }: DataOf<'completed'>,
  stamp: Stamp,
): Row => ({
  ...stamp,
  import_id: importId,
  began: positionOf(began),
  kinds: kinds.map(({ kind, sources, files }) => ({ kind, sources, files })),
  by_type: byType.map(({ type, events }) => ({ type, events })),
  refused,
  not_looked_at: notLookedAt,
  digest,
});

const withdrawn = ({ importId, began, reason, actor }: DataOf<'withdrawn'>, stamp: Stamp): Row => ({
  ...stamp,
  import_id: importId,
  began: positionOf(began),
  reason,
  actor,
});
