export { openChdb } from './chdb/open.ts';
export type { ChdbConfig } from './chdb/open.ts';
export type { Engine, Insert } from './engine.ts';
export { forTopology, migrate } from './migrate.ts';
export type { Topology } from './migrate.ts';
export type { Block, Columns, Filling, TableEncoder, TableName } from './native/block.ts';
export { connectServer } from './server/connect.ts';
export type { ServerConfig } from './server/connect.ts';
