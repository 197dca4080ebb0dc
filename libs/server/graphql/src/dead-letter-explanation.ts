import type { DeadLetter } from '@tributary/dead-letters';

/** What is wrong with a dead letter, where, and what to do. */
export function explanationOf({ code, message, pointer, value, state }: DeadLetter): string {
  const subject = pointer === '' ? 'The event' : `At ${pointer}`;
  const found = value === undefined ? '' : ` (${value})`;
  const advice = state === 'parked' ? ` ${ADVICE.get(code) ?? FIX}` : '';
  return `${subject}${found}: ${message}.${advice}`;
}

const FIX = 'Fix the text and replay it, or discard it.';
const REPLAY_LATER = 'Replay it unchanged once that is so, or discard it.';
const REPLAY_KEYED =
  'Replay it unchanged: its data name its stream. Its sender must use that stream as the key.';

const ADVICE: ReadonlyMap<string, string> = new Map([
  ['invalid_json', 'It is truncated or not JSON: fix the text and replay it, or discard it.'],
  ['invalid_utf8', 'It has another encoding: replay it with the text in UTF-8, or discard it.'],
  ['not_finite', 'Write null instead, list the value under nonfinite, and replay it.'],
  ['number_not_exact', 'Write the number as a string or with at most 15 digits, and replay it.'],
  ['duplicate_key', 'Only its sender knows which of the two is right: remove the other one and replay it.'],
  ['unknown_type', 'Use a listed type and replay it; or update the server and replay it unchanged.'],
  ['unknown_version', 'Write the data in a supported version; or update the server and replay it unchanged.'],
  ['unknown_blob', REPLAY_LATER],
  [
    'clock_skew',
    'The clock of its sender is wrong: correct the time, or replay it unchanged after that time.',
  ],
  ['actor_mismatch', 'Whoever it names replays it, or a key with the scope import; or discard it.'],
  ['scope_missing', 'Replay it with a key that may decide, or discard it.'],
  ['event_too_large', 'Split it into several events with ids of their own, then discard it.'],
  [
    'id_conflict',
    'Give the changed content a new id and replay it; discard it where the stored event is right.',
  ],
  ['step_contradicted', 'Discard it where the first record is right; a restarted run is a new attempt.'],
  [
    'not_decoded',
    'It is truncated or has the wrong content type: fix the text as OTLP in JSON, or discard it.',
  ],
  ['no_value', 'The log deletes nothing: record a correction as a new fact, then discard this.'],
  ['not_an_event', 'Its sender wrote something else to the topic: send that elsewhere, then discard it.'],
  ['batch_in_record', 'Write each event as a record of its own, then discard this.'],
  ['no_key', REPLAY_KEYED],
  ['wrong_key', REPLAY_KEYED],
  ['wrong_partition', "Replay it unchanged. Its sender must use Kafka's default partitioner."],
  ['unreadable_batch', 'Have its producer send the records again, in smaller batches, then discard this.'],
  ['no_record_time', 'Replay it unchanged, and correct the clock or the header of its sender.'],
  ['not_a_batch', 'Fix the text to one JSON array of events and replay it, or discard it.'],
]);
