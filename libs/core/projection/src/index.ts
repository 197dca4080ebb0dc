export type { TablesFinding } from './check/check-tables.ts';
export { findDetachedParts } from './check/detached-parts.ts';
export {
  compareCounts,
  compareTable,
  compareTotals,
  countedTables,
  groupTables,
} from './check/compare-counted.ts';
export { RefillAttempts } from './check/refill-attempts.ts';
export { compareRollups } from './check/compare-rollups.ts';
export { RANGE_TABLE } from './check/range-counts.ts';
export type { CountedPartition } from './check/range-differences.ts';
export { compareRegistered } from './check/registered-events.ts';
export type { GroupFinding, Outcome } from './check/registered-events.ts';
export { verifyTables } from './check/verify-tables.ts';
export type { VerifiedTables } from './check/verify-tables.ts';
export { verifyTopic } from './check/verify-topic.ts';
export { requireEmptiable } from './check/same-log.ts';
export type { TableChecks } from './check/tables-watch.ts';
export { absentBlobs } from './check/absent-blobs.ts';
export type { VerifiedTopic } from './check/verify-topic.ts';
export { correctionProjection } from './corrections.ts';
export { countedOnce } from './counted-once.ts';
export type { InsertedRows } from './counted-once.ts';
export { eventAt, holdsFrom, knownEvents, lastPosition, registeredRows } from './event-register.ts';
export type { KnownEventsLookup } from './event-register.ts';
export { CONTRACT_NEWER, isNewerContract } from './newer-contract.ts';
export { projectPartition } from './project-partition.ts';
export { unprojectedIn } from './projection-failures.ts';
export type { ParkedEvent, Unprojected } from './projection-failures.ts';
export type { PartitionOptions, ProjectorOptions } from './projector-options.ts';
export { startProjector } from './projector.ts';
export type { Projector } from './projector.ts';
export { boundedLog, ReadLimits } from './rebuild/bounded-log.ts';
export type { Offsets } from './rebuild/bounded-log.ts';
export { lostFacts } from './rebuild/lost-facts.ts';
export type { FailedFact } from './rebuild/lost-facts.ts';
export { checksums } from './rebuild/checksum.ts';
export type { TableChecksum } from './rebuild/checksum.ts';
export type { Comparison, RebuiltTable } from './rebuild/compare.ts';
export type { Divergence } from './rebuild/divergence.ts';
export { finishExchange, marksInOrder } from './rebuild/exchange.ts';
export type { ExchangeStore, PlannedExchange } from './rebuild/exchange.ts';
export type { BackfillWorker, ComparedTable, RebuildRequest, RebuildStore } from './rebuild/rebuild-store.ts';
export { runRebuild } from './rebuild/rebuild.ts';
export type { Rebuilt } from './rebuild/rebuild.ts';
export type { ShadowTables, TableMarks } from './rebuild/shadow.ts';
export type { BlockBuilder, BlockRange, Sink, TableName } from './sink.ts';
export { cursorsOf, statesIn, TABLES_CURSOR } from './state/projector-states.ts';
export type { PartitionStates } from './state/projector-states.ts';
export { countedIn, reachOf, versionOf } from './state/tables-state.ts';
export type { TablesState } from './state/tables-state.ts';
export { importProjection } from './imports.ts';
export { requireRows } from './required-rows.ts';
export { insertedRows, storedBlock } from './stored-block.ts';
export type { StoredBlock } from './stored-block.ts';
export { correctedBy, unresolvedCorrections } from './unresolved-corrections.ts';
export { tablesVersion } from './version.ts';
