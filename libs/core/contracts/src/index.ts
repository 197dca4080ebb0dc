export {
  checkEnvelope,
  checkFact,
  factTypes,
  isFactType,
  isReadable,
  isTelemetry,
  majorIn,
  majorOf,
  readableMajors,
  schemaOf,
  streamOf,
} from './catalogue.ts';
export type { CheckedEnvelope, Envelope, Fact, FactType, SchemaViolation } from './catalogue.ts';
export {
  contractNumber,
  FIRST_STATED_CONTRACT,
  lacksVersion,
  madeSchemaOf,
  versionOf,
} from './contract-version.ts';
export type { EarlierCatalogue, FactCatalogue } from './generated/catalogue.ts';
export { blobsNamedBy, namesBlobs } from './named-blobs.ts';
export { samplesAt, samplesBefore } from './order.ts';
export type { BatchSize, RecordedOrder } from './order.ts';
export { openLineageValidation, validateOpenLineage } from './open-lineage.ts';
export type { OpenLineageHead, OpenLineageValidation, OpenLineageRefusal } from './open-lineage.ts';
export type { DifferingRollup, Projection, Stamp } from './projection.ts';
export { upcaster, upcasting } from './upcast.ts';
export type { Upcaster } from './upcast.ts';
