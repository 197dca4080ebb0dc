import type { Projection } from '@tributary/contracts';
/** What becomes of facts: each context's rows. */
export declare const projections: readonly Projection[];
