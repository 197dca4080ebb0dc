export {
  checkEnvelope,
  checkFact,
  factTypes,
  isFactType,
  isTelemetry,
  schemaOf,
  streamOf,
} from './catalogue.ts';
export type { CheckedEnvelope, Envelope, Fact, FactType, SchemaViolation } from './catalogue.ts';
export type { FactCatalogue } from './generated/catalogue.ts';
export type { Projection, Stamp } from './projection.ts';
