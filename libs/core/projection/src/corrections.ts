import { streamOf } from '@tributary/contracts';
import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { KnownEvent } from '@tributary/event-log';
import type { Row, TableRows } from '@tributary/kernel';
import { parseEventPosition } from '@tributary/kernel';

/** Where the event is looked up that another one corrects. */
export type EventFinder = { find(source: string, id: string): Promise<KnownEvent | undefined> };

/** Which facts a later fact corrects. Queries leave the corrected ones out from then on. */
export const correctionProjection: Projection = {
  context: 'log',
  tables: ['log_correction'],
  project(fact: Fact, stamp: Stamp): TableRows {
    return fact.corrects === undefined ? {} : { log_correction: [correction(fact, stamp)] };
  },
};

/** Position 0 stands for an event that was not known when it was corrected: it corrects nothing. */
const correction = (fact: Fact, stamp: Stamp): Row => ({
  ...stamp,
  corrected_position: fact.correctedPosition ?? 0,
  type: fact.type,
  stream: streamOf(fact.type, { ...fact.data }),
  reason: fact.correctionreason ?? '',
  actor: fact.actor ?? '',
});

/**
 * A fact with the position of the one that it corrects: of the same producer unless it names another, of the same type
 * and stream, and recorded before. What is recorded later doesn't change what a position meant.
 */
export async function withCorrected(fact: Fact, position: number, log: EventFinder): Promise<Fact> {
  const corrected = await log.find(fact.correctssource ?? fact.source, fact.corrects ?? '');
  if (!corrected || parseEventPosition(corrected.position) >= position) return fact;
  const isAlike = corrected.type === fact.type && corrected.stream === streamOf(fact.type, { ...fact.data });
  return isAlike ? { ...fact, correctedPosition: parseEventPosition(corrected.position) } : fact;
}
