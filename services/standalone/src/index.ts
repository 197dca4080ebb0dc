export { readConfig } from './config.ts';
export type { StandaloneConfig } from './config.ts';
export { startStandalone, THREADS } from './standalone.ts';
export type { Standalone, StandaloneOptions } from './standalone.ts';
