import { SCOPES } from '@tributary/capture';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasSecret, mintKey, partsOf } from './api-key.ts';
import { keyAuthenticator, ownerToken } from './authenticator.ts';

const created = '2026-11-30T00:00:00.000Z';
const minted = (expires?: string) => mintKey({ name: 'ada', scopes: ['read'], created, expires });
const watched = (...kept: readonly ReturnType<typeof minted>['kept'][]) => ({
  find: (id: string) => kept.find((key) => key.id === id),
  isEmpty: () => kept.length === 0,
});
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const NOW = Date.parse('2026-12-01T00:00:00Z');

it('is kept without what would let anybody use it', () => {
  const { key, kept } = minted();
  const secret = partsOf(key)?.secret ?? '';
  expect(secret).toHaveLength(43);
  expect(JSON.stringify(kept)).not.toContain(secret);
  expect(partsOf(key)?.id).toBe(kept.id);
  expect(hasSecret(kept, secret)).toBe(true);
});

it('lets nobody in who changes a character of it, or makes one up', () => {
  const { key, kept } = minted();
  const { authenticate } = keyAuthenticator(watched(kept), () => NOW);
  expect(authenticate(bearer(key))).toMatchObject({ ok: true, actor: { name: 'ada' } });
  const changed = fc
    .tuple(fc.nat(key.length - 1), fc.stringMatching(/^[\w-]$/))
    .filter(([at, character]) => key[at] !== character)
    .map(([at, character]) => `${key.slice(0, at)}${character}${key.slice(at + 1)}`);
  fc.assert(
    fc.property(
      fc.oneof(
        changed,
        fc.string(),
        fc.string().map((end) => key + end),
      ),
      (other) => {
        if (other.trim() === key) return;
        expect(authenticate(bearer(other)).ok).toBe(false);
      },
    ),
  );
});

describe('a caller', () => {
  const { key, kept } = minted('2026-12-02T00:00:00.000Z');
  it.each([
    ['no header', {}, 'credential_missing'],
    ['another scheme', { authorization: `Basic ${key}` }, 'credential_missing'],
    ['no scheme', { authorization: key }, 'credential_missing'],
    ['an empty key', { authorization: 'Bearer ' }, 'credential_invalid'],
    ['the key of another server', bearer(minted().key), 'credential_invalid'],
  ])('with %s is nobody', (_what, headers, code) => {
    expect(keyAuthenticator(watched(kept), () => NOW).authenticate(headers)).toMatchObject({
      ok: false,
      code,
    });
  });

  it('is known until the key expires, and told that it did', () => {
    const at = (time: string) =>
      keyAuthenticator(watched(kept), () => Date.parse(time)).authenticate(bearer(key));
    expect(at('2026-12-01T23:59:59.999Z').ok).toBe(true);
    expect(at('2026-12-02T00:00:00Z')).toMatchObject({
      ok: false,
      text: expect.stringContaining('expired at'),
    });
  });

  it('may write the scheme in any case', () => {
    const { authenticate } = keyAuthenticator(watched(kept), () => NOW);
    expect(authenticate({ authorization: `bearer ${key}` }).ok).toBe(true);
    expect(authenticate({ authorization: `BEARER  ${key} ` }).ok).toBe(true);
  });
});

it('knows the owner by a token that no key is, and lets it do everything', () => {
  const { token, authenticator } = ownerToken('ada');
  const found = authenticator.authenticate(bearer(token));
  expect(found.ok && [...found.actor.scopes]).toEqual([...SCOPES]);
  expect(authenticator.authenticate(bearer(ownerToken('ada').token)).ok).toBe(false);
  expect(authenticator.authenticate(bearer(minted().key)).ok).toBe(false);
  expect(keyAuthenticator(watched(minted().kept), () => NOW).authenticate(bearer(token)).ok).toBe(false);
});
