import { sha256 } from './append-request.ts';
import type { NewEvent, RecordedEvent } from './event-log.ts';
import type { History } from './random-history.fixture.ts';

/** The answer to a client about an event: its receipt, a conflict, or the refusal of its request. */
export type HistoryAnswer = { readonly position: string; readonly sequence: number } | 'conflict' | 'refused';

/** Answers by client and request (`<client>/<index>`); absent where none was received. */
export type Answers = ReadonlyMap<string, readonly HistoryAnswer[]>;

/** Every violation of the log's guarantees, given the requests, the answers and the stored events. */
export function violations(history: History, answers: Answers, records: readonly RecordedEvent[]): string[] {
  const stored = new Map(records.map((record) => [nameOf(record), record]));
  const attempts = history.flatMap((appends, client) =>
    appends.flatMap(({ events }, index) =>
      events.map((event, at) => ({ event, answer: answers.get(`${client}/${index}`)?.[at] })),
    ),
  );
  const allowed = new Set(
    attempts.filter(({ answer }) => typeof answer !== 'string').map(({ event }) => contentOf(event)),
  );
  const strays = records.filter((record) => !allowed.has(contentOf(record)));
  return [
    ...(stored.size < records.length ? [`${records.length - stored.size} events are stored twice`] : []),
    ...gapsIn(records),
    ...attempts.flatMap(({ event, answer }) => untrue(event, answer, stored.get(nameOf(event)))),
    ...strays.map(({ id }) => `${id} was refused or never sent`),
    ...history.flatMap((appends) =>
      disorder(
        appends.flatMap(({ events }) => events),
        attempts,
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
  answer: HistoryAnswer | undefined,
  record: RecordedEvent | undefined,
): string[] {
  const isStored = record?.hash === sha256(bytes);
  if (answer === 'conflict') return record && !isStored ? [] : [`${id} is not a conflict`];
  if (typeof answer !== 'object') return [];
  if (!isStored) return [`${id} was acknowledged and is lost`];
  const isAtReceipt = record.position === answer.position && record.streamSequence === answer.sequence;
  return isAtReceipt ? [] : [`${id} is not where its receipt says`];
}

/** Events that one client sent once are in their stream in the order of that client. */
function disorder(
  sent: readonly NewEvent[],
  attempts: readonly { readonly event: NewEvent }[],
  stored: ReadonlyMap<string, RecordedEvent>,
): string[] {
  const last = new Map<string, number>();
  return sent.flatMap((event) => {
    const record = stored.get(nameOf(event));
    if (!record || attempts.filter((attempt) => nameOf(attempt.event) === nameOf(event)).length > 1)
      return [];
    const before = last.get(event.stream) ?? 0;
    last.set(event.stream, record.streamSequence);
    return record.streamSequence > before ? [] : [`${event.id} precedes an earlier event of its client`];
  });
}
