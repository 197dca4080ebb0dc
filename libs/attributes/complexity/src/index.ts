export { cirsValues, stratumOf } from './cirs.ts';
export type { CirsValues, Stratum } from './cirs.ts';
export { codeParser } from './code-parser.ts';
export type { CodeParser } from './code-parser.ts';
export type { CodeFeatures } from './features.ts';
export { normaliserFile, normaliserFrom, normaliserId, NormaliserOfCorpus } from './normaliser.ts';
export type { Normaliser, NormaliserFile, ReadNormaliser } from './normaliser.ts';
export type { CodeIn, Measured, NotMeasured } from './python.ts';
export { Moments } from './moments.ts';
