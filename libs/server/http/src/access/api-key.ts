import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Scope } from '@tributary/capture';

/** What is kept of an API key: nothing that would let anybody use it. */
export type ApiKey = {
  /** Public: it is a part of the key, and finds it. */
  readonly id: string;
  /** Who uses the key. Facts name this as the one who decided. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** SHA-256 of the secret in lower-case hexadecimal. */
  readonly sha256: string;
  /** RFC 3339. */
  readonly created: string;
  /** RFC 3339; the key ends with it. Absent where it does not end. */
  readonly expires?: string | undefined;
};

/** `trb_<id>_<secret>`: the beginning lets scanners find a key that leaked. */
const KEY = /^trb_([0-9a-f]{16})_([\w-]{43})$/;

const SECRET_BYTES = 32;

export type NewApiKey = Pick<ApiKey, 'name' | 'scopes' | 'created' | 'expires'>;

/** A new key with what is to be kept of it. The key itself is shown once and kept nowhere. */
export function mintKey(named: NewApiKey): { readonly key: string; readonly kept: ApiKey } {
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { key: `trb_${id}_${secret}`, kept: { id, ...named, sha256: hashOf(secret).toString('hex') } };
}

/** The id and the secret of a key; undefined where the text is none. */
export function partsOf(key: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = KEY.exec(key) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Whether a secret is that of a key. Takes as long whatever the secret is. */
export const hasSecret = ({ sha256 }: Pick<ApiKey, 'sha256'>, secret: string): boolean =>
  timingSafeEqual(hashOf(secret), Buffer.from(sha256, 'hex'));

/**
 * One round of SHA-256: a secret of 256 random bits cannot be guessed, however fast a guess is, so a slow hash would only slow
 * down every request.
 */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
