import type { Envelope, FactType } from '@tributary/contracts';
import type { JsonFlaw } from '@tributary/json';

/** An event under judgement, and what its text must still be asked for. */
export type Candidate = {
  readonly event: Envelope;
  readonly type: FactType;
  readonly bytes: number;
  /** The text without what is known to be exact. */
  readonly rest: Buffer;
  readonly flaw: () => JsonFlaw | undefined;
};
