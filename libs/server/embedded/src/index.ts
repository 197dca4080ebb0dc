export { startEmbedded } from './embedded.ts';
export type { EmbeddedOptions, EmbeddedServer } from './embedded.ts';
export { verifyDirectory } from './verify/verify-directory.ts';
export type { VerifiedDirectory } from './verify/verify-directory.ts';
