export type { Attribute, Instrument, MeasureOptions, NormaliserUsed, Values } from './attribute.ts';
export { attributes } from './attributes.ts';
export { measureFile } from './measure-file.ts';
export type { MeasuredRow, NamedInstrument, UnmeasuredRow } from './measure-file.ts';
export { sampleOfRows } from './sample.ts';
export { Spool } from './spool.ts';
export { Summary } from './summary.ts';
export type { ValueSummary } from './summary.ts';
