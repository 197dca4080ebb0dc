export { documentFile } from './document-file.ts';
export type { DocumentFile, DocumentFormat } from './document-file.ts';
export { chooseField } from './field.ts';
export type { ChosenField, SeenFields } from './field.ts';
export { jsonObjects } from './json-objects.ts';
export type { JsonObject } from './json-objects.ts';
export { MAX_DOCUMENT_BYTES } from './row.ts';
export type { Document, SkipCode, SkippedRow } from './row.ts';
