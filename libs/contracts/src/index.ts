export { checkEnvelope, checkFact, factTypes, isFactType, isTelemetry, schemaOf, streamOf } from './catalogue.ts';
export type { Fact, FactType, SchemaViolation } from './catalogue.ts';
export type { FactCatalogue } from './generated/catalogue.ts';
