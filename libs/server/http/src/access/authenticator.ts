import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SCOPES } from '@tributary/capture';
import type { Actor } from '@tributary/capture';
import { hasSecret, partsOf } from './api-key.ts';
import type { WatchedKeys } from './watched-keys.ts';

type Authenticated =
  | { readonly ok: true; readonly actor: Actor }
  /** Why the caller is nobody that this server knows, and what to do. */
  | { readonly ok: false; readonly code: 'credential_missing' | 'credential_invalid'; readonly text: string };

/** Says who sends a request. Other kinds of credentials, such as tokens of an identity provider, are other authenticators. */
export type Authenticator = {
  readonly authenticate: (headers: IncomingHttpHeaders) => Authenticated;
};

/** Authenticates by the first authenticator that knows the credential; the last one says why nobody does. */
export const anyOf = (first: Authenticator, second: Authenticator): Authenticator => ({
  authenticate(headers) {
    const found = first.authenticate(headers);
    return found.ok ? found : second.authenticate(headers);
  },
});

/** Authenticates by API keys. `now` is in milliseconds since 1970. */
export const keyAuthenticator = (keys: WatchedKeys, now: () => number): Authenticator => ({
  authenticate(headers) {
    const credential = bearerOf(headers);
    if (credential === undefined) return MISSING;
    const parts = partsOf(credential);
    const key = parts && keys.find(parts.id);
    if (!key || !hasSecret(key, parts.secret)) return UNKNOWN;
    if (key.expires !== undefined && Date.parse(key.expires) <= now()) return expired(key.expires);
    return { ok: true, actor: { name: key.name, scopes: new Set(key.scopes) } };
  },
});

/** A token for the owner of a data directory, who may do everything, with its authenticator. It ends with the process. */
export function ownerToken(name: string): { readonly token: string; readonly authenticator: Authenticator } {
  const token = `trb_owner_${randomBytes(32).toString('base64url')}`;
  const hash = hashOf(token);
  const actor: Actor = { name, scopes: new Set(SCOPES) };
  return {
    token,
    authenticator: {
      authenticate(headers) {
        const credential = bearerOf(headers);
        if (credential === undefined) return MISSING;
        return timingSafeEqual(hashOf(credential), hash) ? { ok: true, actor } : UNKNOWN;
      },
    },
  };
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The token of an Authorization header (RFC 6750); undefined where there is none. */
function bearerOf({ authorization = '' }: IncomingHttpHeaders): string | undefined {
  const space = authorization.indexOf(' ');
  const isBearer = space > 0 && authorization.slice(0, space).toLowerCase() === 'bearer';
  return isBearer ? authorization.slice(space + 1).trim() : undefined;
}

const MISSING: Authenticated = {
  ok: false,
  code: 'credential_missing',
  text: 'this server authenticates its callers: send an API key as `Authorization: Bearer trb_…` (TRIBUTARY_API_KEY for the command line); the operator makes one with `tributary keys create`',
};

const UNKNOWN: Authenticated = {
  ok: false,
  code: 'credential_invalid',
  text: 'no such API key: it was revoked or mistyped, or belongs to another server; ask the operator for a new one',
};

const expired = (at: string): Authenticated => ({
  ok: false,
  code: 'credential_invalid',
  text: `the API key expired at ${at}; ask the operator for a new one`,
});
