import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mapped } from './alias-rule.ts';
import { partsOfRules } from './rule-parts.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é', '😀'), minLength: 1, maxLength: 50 });
const rule = fc.record({
  kind: fc.constantFrom('prefix' as const, 'suffix' as const, 'segment' as const),
  address: text,
  other: text,
});

/** What `shards-with-aliases.sql` asks of an address. */
function isFound(address: string, parts: ReturnType<typeof partsOfRules>): boolean {
  const [points, folders] = [Array.from(address), address.split('/')];
  return (
    parts.prefix_sizes.some((size) => parts.prefixes.includes(points.slice(0, size).join(''))) ||
    parts.suffix_sizes.some((size) => parts.suffixes.includes(points.slice(-size).join(''))) ||
    parts.segment_sizes.some((size) =>
      folders.some((_, at) => parts.segments.includes(folders.slice(at, at + size).join('/'))),
    )
  );
}

it('finds each address that a rule maps, by no more than 32 sizes', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 80 }), fc.array(text), (rules, rests) => {
      const parts = partsOfRules(rules);
      for (const sizes of [parts.prefix_sizes, parts.suffix_sizes, parts.segment_sizes])
        expect(sizes.length).toBeLessThanOrEqual(32);
      for (const [at, { kind, address }] of rules.entries()) {
        const rest = rests[at] ?? '';
        const one = { prefix: address + rest, suffix: rest + address, segment: `${rest}/${address}/x` }[kind];
        const isMapped = mapped(one, rules[at] ?? { kind, address, other: '' }).length > 0;
        expect(!isMapped || isFound(one, parts)).toBe(true);
      }
    }),
  );
});

it('finds no other address where the parts have few sizes', () => {
  const parts = partsOfRules([
    { kind: 'prefix', address: 's3://a/', other: 'https://a.example/' },
    { kind: 'segment', address: 'x/y', other: 'z' },
  ]);
  const found = ['s3://a/1', 's3://b/1', 'b/x/y/1', 'b/x/yy/1', 'x/y', 'z', 'zz'];
  expect(found.filter((address) => isFound(address, parts))).toEqual(['s3://a/1', 'b/x/y/1', 'x/y', 'z']);
});
