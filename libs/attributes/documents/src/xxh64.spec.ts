import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Xxh64 } from './xxh64.ts';

const hashOf = (...parts: readonly Uint8Array[]): string => {
  const hash = new Xxh64();
  for (const part of parts) hash.add(part);
  return hash.digest().toString(16).padStart(16, '0');
};

it.each([
  ['', 'ef46db3751d8e999'],
  ['a', 'd24ec4f1a98c6e5b'],
  ['abc', '44bc2cf5ad770999'],
  ['Nobody inspects the spammish repetition', 'fbcea83c8a378bf1'],
])('of %j is the published one', (text, hash) => {
  expect(hashOf(Buffer.from(text))).toBe(hash);
});

it('is the same wherever the bytes are cut', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      expect(hashOf(one, other)).toBe(hashOf(Buffer.concat([one, other])));
    }),
  );
});
