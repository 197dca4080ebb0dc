import { findSecrets } from './find-secrets.ts';
import type { SecretKind } from './token-shapes.ts';

/** Each part is searched together with the end of the previous one, so that a secret across two parts is found. */
const OVERLAP = 4_096;

/** The largest part that is searched at once. */
const MOST_PART = 256 * 1024;

/** Searches bytes for secrets as they come: of a text, or of a binary file with text in it. */
export class SecretScan {
  readonly #kinds = new Set<SecretKind>();
  #tail = '';

  /** The kinds that were found so far. */
  get kinds(): readonly SecretKind[] {
    return [...this.#kinds];
  }

  read(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += MOST_PART) {
      const part = bytes.subarray(from, from + MOST_PART);
      /* Each byte as one character, so that no part ends within a character. */
      const text = this.#tail + Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1');
      for (const { kind } of findSecrets(text)) this.#kinds.add(kind);
      this.#tail = text.slice(-OVERLAP);
    }
  }
}
