export { startEmbedded } from './embedded.ts';
export type { EmbeddedOptions, EmbeddedServer } from './embedded.ts';
export { requireScrubbed } from './scrub/scrub-plan.ts';
export { scrubDirectory } from './scrub/scrub-directory.ts';
export type { Scrubbed } from './scrub/scrub-directory.ts';
export { verifyDirectory } from './verify/verify-directory.ts';
export type { VerifiedDirectory } from './verify/verify-directory.ts';
export { requireWitnessed } from './witness/difference.ts';
export { isWitness } from './witness/witness-file.ts';
