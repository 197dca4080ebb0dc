export { currentSignal, underSignal, untilAborted } from './cancellation.ts';
export { instantNow, millisBetween, rfc3339, sleep, systemClock } from './clock.ts';
export type { Clock, Instant } from './clock.ts';
export { accept, refuse } from './decision.ts';
export type { Decision } from './decision.ts';
export { Fault } from './fault.ts';
export type { MetLimit } from './fault.ts';
export { appendAll, groupBy, largest, smallest, valueIn } from './collections.ts';
export { GroupCommit } from './group-commit.ts';
export type { CommitFailure, GroupCommitOptions } from './group-commit.ts';
export { largeBuffer, releaseMemory } from './large-buffer.ts';
export { answersTurn, inTurns, nextTurn, pace, sortedInTurns } from './pace.ts';
export { pool } from './pool.ts';
export { CLEAR_LINE, printable, printableJson, printableText, printOnlyPrintable } from './printable.ts';
export type { Pool } from './pool.ts';
export {
  eventPosition,
  formatEventPosition,
  formatLogPosition,
  isCovered,
  numberInPartition,
  parseEventPosition,
  parseLogPosition,
  partitionCount,
  partitionEnd,
  partitionOf,
  partitionStart,
  positionFromText,
  START,
} from './position.ts';
export type { EventPosition, LogPosition, Position } from './position.ts';
export type { Lease } from './lease.ts';
export { isAlive, isForeignMark, processMark } from './process-mark.ts';
export { retry } from './retry.ts';
export type { RetryOptions, RetryPolicy } from './retry.ts';
export type { Cell, ColumnarRows, Row, TableRows } from './rows.ts';
export { isLaterVersion, isSchemaVersion, orderOfVersion } from './schema-version.ts';
export { rangesOf } from './position-ranges.ts';
export { query, withTexts } from './sql.ts';
export type { Query, RowOf, Shape, SqlReader } from './sql.ts';
export { heedingCorrections } from './corrections.ts';
export { findSecrets, secretForms } from './secrets/find-secrets.ts';
export type { SecretSpan } from './secrets/find-secrets.ts';
export {
  isSecretName,
  redactMember,
  redactSecrets,
  secretFlag,
  secretsOf,
} from './secrets/redact-secrets.ts';
export type { FoundSecret, Redacted } from './secrets/redact-secrets.ts';
export { SecretScan } from './secrets/secret-scan.ts';
export type { SecretKind } from './secrets/token-shapes.ts';
