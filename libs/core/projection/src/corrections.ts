import { streamOf } from '@tributary/contracts';
import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { KnownEvent } from '@tributary/event-log';
import type { Row, TableRows } from '@tributary/kernel';
import { parseEventPosition } from '@tributary/kernel';

/** Looks up the event that another one corrects. */
export type EventFinder = { find(source: string, id: string): Promise<KnownEvent | undefined> };

/** Records which facts a later fact corrects. Queries leave out corrected facts. */
export const correctionProjection: Projection = {
  context: 'log',
  tables: ['log_correction'],
  project(fact: Fact, stamp: Stamp): TableRows {
    return fact.corrects === undefined ? {} : { log_correction: [correction(fact, stamp)] };
  },
};

/** Position 0: the corrected event was unknown when the correction was recorded, so it corrects nothing. */
const correction = (fact: Fact, stamp: Stamp): Row => ({
  ...stamp,
  corrected_position: fact.correctedPosition ?? 0,
  type: fact.type,
  stream: streamOf(fact.type, { ...fact.data }),
  reason: fact.correctionreason ?? '',
  actor: fact.actor ?? '',
});

/**
 * The fact with the position of the fact that it corrects, in `correctedPosition`. That one is of the same type and
 * stream, recorded before `position`, and of the same producer unless `correctssource` names another. Unchanged where
 * there is none: events recorded later must not change what a position meant.
 */
export async function withCorrected(fact: Fact, position: number, log: EventFinder): Promise<Fact> {
  const corrected = await log.find(fact.correctssource ?? fact.source, fact.corrects ?? '');
  if (!corrected || parseEventPosition(corrected.position) >= position) return fact;
  const isAlike = corrected.type === fact.type && corrected.stream === streamOf(fact.type, { ...fact.data });
  return isAlike ? { ...fact, correctedPosition: parseEventPosition(corrected.position) } : fact;
}
