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
  not_a_batch: 'Fix the text to one JSON array of events and replay it, or discard it.',
};
