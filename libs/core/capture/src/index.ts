export { bindHeaders, isBinary } from './binary-mode.ts';
export { MAX_EVENT_BYTES, MAX_TELEMETRY_BYTES } from './admit.ts';
export { capture, capturePieces, MAX_BATCH_EVENTS } from './capture.ts';
export type { Captured } from './capture.ts';
export { appendFacts, MAX_INLINE_BYTES } from './claim-check.ts';
export type { Store } from './claim-check.ts';
export { refusedPiece } from './refused-piece.ts';
export type { RefusedPiece } from './refused-piece.ts';
export type { Rejection, RejectionCode } from './rejection.ts';
export { acceptedMediaTypes, modeOf } from './split.ts';
export type { Mode, Piece } from './split.ts';
export { admitRecord } from './kafka/admit-record.ts';
export type { AdmittedRecord } from './kafka/admit-record.ts';
export { recordOf } from './kafka/record-of.ts';
export type { RecordCode, RefusedRecord } from './kafka/refused-record.ts';
export { isBody, bodies, optionalText, requiredText, runIdOf, texts, whole } from './mlflow/body.ts';
export type { Body } from './mlflow/body.ts';
export type { Owner } from './mlflow/claims.ts';
export {
  batchOf,
  few,
  inputOf,
  LIMITS,
  newest,
  paramOf,
  pointOf,
  projectTagOf,
  tagOf,
  timestampOf,
} from './mlflow/limits.ts';
export { absent, invalid, MlflowFault } from './mlflow/refusal.ts';
export type { MlflowCode } from './mlflow/refusal.ts';
export {
  beginningOf,
  createModel,
  createProject,
  createRun,
  declareInputs,
  DEFAULT_PROJECT,
  finishModel,
  logBatch,
  logParams,
  removeTag,
  renameProject,
  requireActive,
  saveModels,
  setLifecycle,
  setTags,
  updateRun,
} from './mlflow/tracker.ts';
export type { ModelStatus, NewRun, RunStatus } from './mlflow/tracker.ts';
export { recordOpenLineage } from './openlineage/record.ts';
export type { LineageRecorded, LineageStore } from './openlineage/record.ts';
export { gaugeEvents, MAX_POINT_NAME } from './otlp/gauge-events.ts';
export { recordsOfBytes, recordsOfJson } from './otlp/logs.ts';
export { partialSuccessMessage, statusMessage } from './otlp/message.ts';
export { pointRequest, spanRequest } from './otlp/piece.ts';
export { pointsOfBytes, pointsOfJson } from './otlp/points.ts';
export { spansOfBytes, spansOfJson } from './otlp/spans.ts';
export { stepEvents } from './otlp/step-events.ts';
export { trainingOf } from './otlp/training-spans.ts';
export type { StepValues, TrainedRun } from './otlp/training-spans.ts';
export type { SpansOfResource } from './otlp/spans.ts';
export type { PointsOfResource } from './otlp/points.ts';
export type { TrackerLog } from './mlflow/register.ts';
