export type {
  Attribute,
  Instrument,
  MeasureOptions,
  Mix,
  NormaliserUsed,
  Totals,
  Values,
} from './attribute.ts';
export { attributes } from './attributes.ts';
export { contaminationFact } from './contamination-fact.ts';
export type { ContaminationFact } from './contamination-fact.ts';
export { attributeFacts, normaliserFact } from './facts.ts';
export { meanInterval } from './interval.ts';
export { measureDocuments } from './measure-documents.ts';
export type { MeasuredRow, NamedInstrument, SourceRow, UnmeasuredRow } from './measure-documents.ts';
export { sampleOfRows } from './sample.ts';
export type { FoundItem } from './overlap/found-items.ts';
export { Spool } from './spool.ts';
export { Summary } from './summary.ts';
export type { ValueSummary } from './summary.ts';
