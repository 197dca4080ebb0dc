import { sha256 } from './append-request.ts';
import type { NewEvent, RecordedEvent } from './event-log.ts';
import type { History } from './random-history.fixture.ts';

/** What a client was told of an event: where it is, that its id has other content, or that its offer was refused. */
export type Told = { readonly position: string; readonly sequence: number } | 'conflict' | 'refused';

/** Answers by client and offer; absent where nobody was told. */
export type Answers = ReadonlyMap<string, readonly Told[]>;

/** Everything that a log must not have done, given what was offered, what was answered and what it holds. */
export function violations(history: History, answers: Answers, records: readonly RecordedEvent[]): string[] {
  const stored = new Map(records.map((record) => [nameOf(record), record]));
  const tries = history.flatMap((offers, client) =>
    offers.flatMap(({ events }, index) =>
      events.map((event, place) => ({ event, told: answers.get(`${client}/${index}`)?.[place] })),
    ),
  );
  const allowed = new Set(
    tries.filter(({ told }) => typeof told !== 'string').map(({ event }) => contentOf(event)),
  );
  const strays = records.filter((record) => !allowed.has(contentOf(record)));
  return [
    ...(stored.size < records.length ? [`${records.length - stored.size} events are stored twice`] : []),
    ...gapsIn(records),
    ...tries.flatMap(({ event, told }) => untrue(event, told, stored.get(nameOf(event)))),
    ...strays.map(({ id }) => `${id} was refused or never offered`),
    ...history.flatMap((offers) =>
      disorder(
        offers.flatMap(({ events }) => events),
        tries,
        stored,
      ),
    ),
  ];
}

const nameOf = ({ source, id }: NewEvent): string => `${source} ${id}`;
const contentOf = (event: NewEvent): string => `${nameOf(event)} ${sha256(event.bytes)}`;

function gapsIn(records: readonly RecordedEvent[]): string[] {
  const sequences = new Map<string, number>();
  return records.flatMap(({ stream, streamSequence, position }) => {
    const expected = (sequences.get(stream) ?? 0) + 1;
    sequences.set(stream, streamSequence);
    return streamSequence === expected
      ? []
      : [`${stream} has ${streamSequence} for ${expected} at ${position}`];
  });
}

function untrue(
  { id, bytes }: NewEvent,
  told: Told | undefined,
  record: RecordedEvent | undefined,
): string[] {
  const isStored = record?.hash === sha256(bytes);
  if (told === 'conflict') return record && !isStored ? [] : [`${id} is no conflict`];
  if (typeof told !== 'object') return [];
  if (!isStored) return [`${id} was acknowledged and is lost`];
  const isThere = record.position === told.position && record.streamSequence === told.sequence;
  return isThere ? [] : [`${id} is not where its receipt says`];
}

/** What was offered once, by one client, lies in its stream in the order in which that client sent it. */
function disorder(
  sent: readonly NewEvent[],
  tries: readonly { readonly event: NewEvent }[],
  stored: ReadonlyMap<string, RecordedEvent>,
): string[] {
  const last = new Map<string, number>();
  return sent.flatMap((event) => {
    const record = stored.get(nameOf(event));
    if (!record || tries.filter((tried) => nameOf(tried.event) === nameOf(event)).length > 1) return [];
    const before = last.get(event.stream) ?? 0;
    last.set(event.stream, record.streamSequence);
    return record.streamSequence > before ? [] : [`${event.id} came before what its client sent earlier`];
  });
}
