export type { Blobs, Content, PutResult } from './blobs.ts';
export { dataReference, referencedDigest, resolveData } from './data-reference.ts';
export type { DataReference } from './data-reference.ts';
export { blobNames, openBlobs } from './directory-blobs.ts';
export { removalNotes, removeBlob } from './removed-blobs.ts';
export { memoryBlobs } from './memory-blobs.ts';
export { digestReferencedIn, readEveryBlob } from './verify-blobs.ts';
export type { ReadBlobs } from './verify-blobs.ts';
