import { sha256 } from './offers.ts';
import type { NewEvent, RecordedEvent } from './event-log.ts';
import type { History } from './random-history.suite.ts';

/** What a client was told of an event: where it is, that its id has other content, or that its offer was refused. */
export type Told = { readonly position: string; readonly sequence: number } | 'conflict' | 'refused';

/** Answers by client and offer; absent where nobody was told. */
export type Answers = ReadonlyMap<string, readonly Told[]>;

const nameOf = ({ source, id }: NewEvent): string => `${source} ${id}`;

/** Everything that a log must not have done, given what was offered, what was answered and what it holds. */
export function violations(history: History, answers: Answers, records: readonly RecordedEvent[]): string[] {
  const found: string[] = [];
  const stored = new Map(records.map((record) => [nameOf(record), record]));
  if (stored.size < records.length) found.push(`${records.length - stored.size} events are stored twice`);
  const sequences = new Map<string, number>();
  for (const { stream, streamSequence, position } of records) {
    const expected = (sequences.get(stream) ?? 0) + 1;
    if (streamSequence !== expected)
      found.push(`${stream} has ${streamSequence} for ${expected} at ${position}`);
    sequences.set(stream, streamSequence);
  }
  const allowed = new Set<string>();
  const everOffered = new Map<string, number>();
  for (const [client, offers] of history.entries()) {
    for (const [index, { events }] of offers.entries()) {
      const told = answers.get(`${client}/${index}`);
      for (const [place, event] of events.entries()) {
        const record = stored.get(nameOf(event));
        const hash = sha256(event.bytes);
        const answer = told?.[place];
        everOffered.set(nameOf(event), (everOffered.get(nameOf(event)) ?? 0) + 1);
        if (answer !== 'refused' && answer !== 'conflict') allowed.add(`${nameOf(event)} ${hash}`);
        if (answer === 'conflict' && (!record || record.hash === hash))
          found.push(`${event.id} is no conflict`);
        if (typeof answer !== 'object') continue;
        if (!record || record.hash !== hash) found.push(`${event.id} was acknowledged and is lost`);
        else if (record.position !== answer.position || record.streamSequence !== answer.sequence)
          found.push(`${event.id} is not where its receipt says`);
      }
    }
  }
  for (const record of records)
    if (!allowed.has(`${nameOf(record)} ${record.hash}`))
      found.push(`${record.id} was refused or never offered`);
  return [...found, ...history.flatMap((offers) => disorder(offers.flatMap(({ events }) => events)))];

  /** What only one client offered, and once, lies in its streams in the order in which it was offered. */
  function disorder(events: readonly NewEvent[]): string[] {
    const last = new Map<string, number>();
    return events.flatMap((event) => {
      const record = stored.get(nameOf(event));
      if (!record || everOffered.get(nameOf(event)) !== 1) return [];
      const before = last.get(event.stream) ?? 0;
      last.set(event.stream, record.streamSequence);
      return record.streamSequence > before ? [] : [`${event.id} came before what its client sent earlier`];
    });
  }
}
