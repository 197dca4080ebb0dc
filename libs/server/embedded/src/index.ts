export { startEmbedded } from './embedded.ts';
export type { EmbeddedOptions, EmbeddedServer } from './embedded.ts';
