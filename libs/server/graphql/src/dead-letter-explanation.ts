import type { DeadLetter } from '@tributary/dead-letters';

/** What is wrong with a dead letter, where, and what to do. */
export function explanationOf({ code, message, pointer, value, state }: DeadLetter): string {
  const place = pointer === '' ? 'The piece as a whole' : `At ${pointer}`;
  const stood = value === undefined ? '' : ` (${value})`;
  const todo = state === 'parked' ? ` ${TODO[code] ?? MEND}` : '';
  return `${place}${stood}: ${message}.${todo}`;
}

const MEND = 'Fix the text and replay it, or discard it.';
const AGAIN = 'Replay it as it is once that is so, or discard it.';

const TODO: Readonly<Record<string, string>> = {
  invalid_json: 'Its sender cut it off or wrote no JSON: fix the text and replay it, or discard it.',
  invalid_utf8: 'Its sender wrote another encoding: replay it with the text in UTF-8, or discard it.',
  not_finite: 'Put null in its place, name the value under nonfinite, and replay it.',
  number_not_exact: 'Write the number as text or with at most 15 digits, and replay it.',
  duplicate_key: 'Only its sender knows which of the two is meant: leave out the other and replay it.',
  unknown_type: 'Name a type of the list and replay it; or update the server and replay it as it is.',
  unknown_version: 'Write the data as the version that is read; or update the server and replay it as it is.',
  unknown_blob: AGAIN,
  clock_skew:
    'The clock of its sender is wrong: set time right, or replay it as it is once that time has come.',
  event_too_large: 'Split it into several events with ids of their own, then discard it.',
  id_conflict: 'Give changed content a new id and replay it; discard it where the stored event is right.',
  step_contradicted:
    'Discard it where the first record is right; a run that was started again is a further attempt.',
  not_decoded:
    'Its sender cut it off or mistook the content type: fix the text as OTLP in JSON, or discard it.',
  no_value: 'The log deletes nothing: record a correction as a new fact, then discard this.',
  not_an_event: 'Its sender wrote something else into the topic: send it elsewhere, then discard it.',
  batch_in_record: 'Write each event as a record of its own, then discard this.',
  no_key: 'Replay it as it is: its stream is known from its data. Its sender must key records by it.',
  wrong_key: 'Replay it as it is: its stream is known from its data. Its sender must key records by it.',
  wrong_partition: "Replay it as it is. Its sender must use Kafka's default partitioner.",
  no_record_time: 'Replay it as it is, and mend the clock or the header of its sender.',
  not_a_batch: 'Fix the text to one JSON array of events and replay it, or discard it.',
};
