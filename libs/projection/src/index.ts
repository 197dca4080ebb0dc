export { correctionProjection } from './corrections.ts';
export { checksums } from './checksum.ts';
export type { TableChecksum } from './checksum.ts';
export { startProjector } from './projector.ts';
export type { Projector, ProjectorOptions } from './projector.ts';
export type { ParkedEvent, Unprojected } from './misfits.ts';
export type { Filling, Sink, TableName } from './sink.ts';
export { tablesVersion } from './version.ts';
