import type { RejectionCode } from '@tributary/capture';

/** What became of a request that ended with a code of the server, and what to do. */
export const REQUEST_CODES: Readonly<Record<string, string>> = {
  log_write_failed: 'the log could not be written: send the same again, with the same ids',
  blob_write_failed: 'data of a long event could not be written: send the same again, with the same ids',
  dead_letters_write_failed: 'what was refused could not be kept: send the same again',
  dead_letters_missing: 'the folder of dead letters is not that of this log: the operator puts it back',
  dead_letters_replaced: 'the topic of dead letters was made anew: the operator restarts the process',
  dead_letters_taken: 'another process writes the dead letters: the operator ends one of them',
  dead_letters_overdue: 'what was refused could not be kept in time: send the same again',
  dead_letters_full: 'there is no room for dead letters: the operator makes some, or discards old ones',
  log_taken: 'another process writes this log: the operator ends one of them',
  log_replaced: 'the topic of the log was made anew: the operator restarts the process',
  log_refused: 'readers refuse the record that was written: send it again, with the same ids',
  log_overdue: 'the log did not confirm in time: send the same again, with the same ids',
  blobs_overdue: 'the disk of long data did not answer in time: send or ask the same again',
  blob_unreadable: 'long data cannot be read from the disk: the operator looks at it',
  blob_removed: 'the content was removed by a scrub, for good',
  blob_mismatch: 'the bytes have another digest than their address: send those that have it',
  folder_unmarked: 'a folder could not be marked as that of its log: the operator gives the right to write',
  partition_unavailable: 'a partition of the topic does not confirm: send the same again, with the same ids',
  record_too_large: 'one event is larger than the topic takes: send it in parts',
  clock_wrong: 'the clock of the server is wrong: send it again once it is set',
  projector_older: 'the projectors are older than this process: send it again once they are replaced',
  disk_low: 'the disk is nearly full: send it again once the operator has made room',
  disk_full: 'the disk is full: send it again once the operator has made room',
  engine_busy: 'too many queries wait: ask again later',
  query_memory:
    'a query needs more memory than its share: ask for less at once (503, and again later, where others use the memory too)',
  query_overdue: 'a query took too long: ask for less at once, or again later',
  estimate_overdue: 'an estimate took too long: ask for less at once, or again later',
  estimate_memory: 'an estimate needs more memory than its worker has: ask for less at once',
  busy: 'too many requests are answered or wait: send or ask the same again',
  client_left: 'the client closed its connection: nobody reads this answer',
  question_overdue: 'the whole answer took too long: ask for less at once, or again later',
  reader_failed: 'the thread that read the body took too long, or has ended: send it again, in smaller parts',
  tables_behind: 'the tables do not hold yet what is asked about: ask again later',
};

/** Why an event was refused, with the pointer to the place, and what to do. The same event is refused again. */
export const EVENT_CODES: Readonly<Record<RejectionCode, string>> = {
  invalid_utf8: 'its bytes are no UTF-8',
  invalid_json: 'it is no JSON',
  not_finite: 'it has NaN or Infinity: use the fields for those',
  number_not_exact: 'a number loses digits as a double: send it as a text, or with fewer digits',
  duplicate_key: 'an object has a name twice',
  invalid_text: 'a text has half of a surrogate pair',
  too_deep: 'it nests deeper than `TRIBUTARY_EVENT_DEPTH`, or other JSON than `TRIBUTARY_JSON_DEPTH`',
  too_many_keys: 'an object has more members than `TRIBUTARY_EVENT_KEYS`',
  invalid_envelope: 'an attribute of CloudEvents is absent, repeated or wrong',
  unknown_type: 'no schema has its type',
  unknown_version: 'no schema has its version: a newer server may',
  schema_violation: 'its data breaks the schema, by the rule that is named',
  event_too_large: 'it has more bytes than `TRIBUTARY_EVENT_BYTES` or `TRIBUTARY_TELEMETRY_BYTES`',
  unknown_blob: 'the content that it refers to is not stored: store it first, then send the event again',
  clock_skew: 'its time lies in the future: set the clock of the sender',
  actor_mismatch: 'it acts in another name than its API key: send it with the key of that person',
  scope_missing: 'its API key may not do this: use one with the scope',
};

/** Other codes that callers read, and what to do. */
export const CONTENT_CODES: Readonly<Record<string, string>> = {
  filter_invalid: 'a filter or an order of MLflow cannot be read: its text says where',
  filter_too_long:
    'a filter has more conditions than `TRIBUTARY_FILTER_CONDITIONS`; MLflow’s clients read `INVALID_PARAMETER_VALUE`',
  fact_invalid: 'what would be recorded breaks its schema: its text says where',
  not_canonical: 'a value has no canonical form: it nests too deep, or has half of a surrogate pair',
  not_decoded: 'the body is no export of OpenTelemetry',
  blob_too_large: 'content has more bytes than `TRIBUTARY_BLOB_BYTES`',
  attribution_unreachable: 'the attribution service does not answer: ask again later',
  attribution_failed: 'the attribution service has failed: the log of the server says why',
  unknown_value: 'the tables hold a value that this version does not know: replace it by a newer one',
  steps_missing: 'a plan of an exposure needs steps',
  not_positive: 'a number has to be above 0',
  too_many_parts: 'the answer would have too many parts: ask for fewer',
  two_resolutions: 'either windows or steps may be given, not both',
  two_moments: 'either a step or a checkpoint may be given, not both',
  attribute_missing: 'the attribute by which is grouped has to be named',
  unknown_answer: 'no answer with this id is kept',
  text_out_of_range: 'a text is empty or too long',
  dead_letter_not_replayable:
    'what this dead letter came by is not replayed: send it again by its own protocol',
};
