import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalDigest, canonicalJson } from './canonical.ts';
import { lazyJson, LongArray } from './lazy.ts';

it('sorts keys by UTF-16 code units at every level', () => {
  expect(canonicalJson({ b: { z: 1, a: [true, null] }, a: 'x', '\u20ac': 1, '\r': 2 })).toBe(
    '{"\\r":2,"a":"x","b":{"a":[true,null],"z":1},"€":1}',
  );
});

it('prints numbers as RFC 8785 does', () => {
  expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0])).toBe(
    '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
  );
});

it.each([[Number.NaN], [Infinity], ['\ud800'], [undefined], [{ a: undefined }]])('refuses %s', (value) => {
  expect(() => canonicalJson(value)).toThrow(/no (JSON|UTF-8) form/);
});

it('refuses more than 32 levels', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 40; level += 1) deep = [deep];
  expect(() => canonicalJson(deep)).toThrow('nested deeper than 32');
});

it('gives the same text again for the parsed text', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
    { seed: 7, numRuns: 300 },
  );
});

it('hashes long arrays in elements of long arrays as if they were hashed whole', () => {
  const long = Array.from({ length: 30_000 }, (_, index) => ({ b: index, a: 'é' }));
  const value = { list: [{ y: long, x: { w: long } }, long, 1] };
  const lazy = lazyJson(Buffer.from(JSON.stringify(value)));
  expect([...Object(lazy).list][0].y).toBeInstanceOf(LongArray);
  expect(canonicalDigest(Object(lazy))).toBe(createHash('sha256').update(canonicalJson(value)).digest('hex'));
});

it('hashes a long array element by element as if it were hashed whole', () => {
  const value = {
    z: 1,
    list: Array.from({ length: 30_000 }, (_, index) => ({ b: index, a: 'é' })),
    a: { c: [] },
  };
  const lazy = lazyJson(Buffer.from(JSON.stringify({ around: value })));
  expect(Object(lazy).around.list).toBeInstanceOf(LongArray);
  const whole = createHash('sha256')
    .update(canonicalJson({ around: value }))
    .digest('hex');
  expect(canonicalDigest(Object(lazy))).toBe(whole);
});
