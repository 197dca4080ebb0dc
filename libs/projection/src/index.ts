export { checksums } from './checksum.ts';
export type { TableChecksum } from './checksum.ts';
export { startProjector } from './projector.ts';
export type { Projector, ProjectorOptions } from './projector.ts';
export type { Filling, Sink, TableName } from './batch.ts';
