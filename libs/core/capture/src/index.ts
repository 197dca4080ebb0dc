export { admitRecord } from './kafka/admit-record.ts';
export type { AdmittedRecord } from './kafka/admit-record.ts';
export { recordOf } from './kafka/record-of.ts';
export { recordTimeOf } from './kafka/record-time.ts';
export type { RecordCode, RefusedRecord } from './kafka/refused-record.ts';
export { bindAttributes } from './binary-mode.ts';
export type { Attribute } from './binary-mode.ts';
export { capture } from './capture.ts';
export type { Captured } from './capture.ts';
export { packedForms, unpackedForms } from './packed-forms.ts';
export type { PackedForms } from './packed-forms.ts';
export { appendFacts, appendForms, dataOf, MAX_INLINE_BYTES } from './stored-form.ts';
export type { Store, StoredForm } from './stored-form.ts';
export { actorOf, operationsOf, SCOPES, setActor, setOperations } from './http/actor.ts';
export type { Actor, Scope } from './http/actor.ts';
export {
  growBody,
  inflationLimit,
  neverFits,
  noRoomFor,
  readBody,
  setBodyBudget,
  tooBusy,
  tooLarge,
  tooManyEvents,
} from './http/body.ts';
export type { Body, BodyBudget } from './http/body.ts';
export { CONTENT_CEILINGS, CONTENT_LIMITS, CONTENT_VARIABLES, WIDEST_LIMITS } from './http/content-limits.ts';
export type { BodyLimits, ContentLimits, EventLimits } from './http/content-limits.ts';
export { callerText, isInLogAlone, serverFaultText } from './http/caller-text.ts';
export { INGEST_ENDPOINT, park, replayRefusal } from './http/endpoint.ts';
export type {
  DeadLetterRefusal,
  DeadLetterStore,
  IngestEndpoint,
  RefusedPart,
  Replay,
  Replayed,
  ReplayRefusal,
} from './http/endpoint.ts';
export {
  ARTIFACT_BYTES,
  DEADLINES,
  DISK_WATERMARKS,
  ESTIMATE_HEAP,
  FAULT_GRACE,
  QUERY_BYTES,
  RATE_VARIABLES,
  REQUEST_LIMITS,
  SERVED_LIMITS,
} from './http/limits.ts';
export type { Deadlines, DiskWatermarks, RequestLimits, ServedLimits } from './http/limits.ts';
export {
  ANSWERING_LIMITS,
  ANSWERING_VARIABLES,
  QUESTION_LIMITS,
  QUESTION_VARIABLES,
} from './http/question-limits.ts';
export type { AnsweringLimits, QuestionLimits } from './http/question-limits.ts';
export { beyondJsonLimits } from './http/json-limits.ts';
export type { JsonLimits } from './http/json-limits.ts';
export { LIMIT_KEYS, LIMIT_NAMES, metLimit, orSet } from './http/limit-keys.ts';
export { largeAnswer, freeAnswerSlot, takeAnswerSlot } from './http/large-answers.ts';
export { metLimitOf, setMetLimit } from './http/met-limit.ts';
export { plainProblem, retryOf, sendProblem } from './http/problem.ts';
export type { Problem } from './http/problem.ts';
export { Turns } from './http/turns.ts';
export { finiteOnly, madeEvent, nonfiniteIn, uuidOf } from './made-event.ts';
export type { MadeFact } from './made-event.ts';
export { bufferOver, connectionSignal, readLongBody, replying, whileConnected } from './reading.ts';
export type { Readers, Reading, Reply } from './reading.ts';
export type { RefusedEvent } from './refused-event.ts';
export type { Rejection, RejectionCode } from './rejection.ts';
export { acceptedMediaTypes, modeOf } from './split.ts';
export type { Mode } from './split.ts';
