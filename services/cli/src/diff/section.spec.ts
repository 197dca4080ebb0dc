import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyPart, sectionOf, summed, valuesIn } from './section.ts';
import type { Value } from './section.ts';

const value: fc.Arbitrary<Value> = fc.oneof(fc.string(), fc.double(), fc.boolean());
const recorded = fc.dictionary(fc.string(), value).map((all) => new Map(Object.entries(all)));

it('law: names every key under which two things differ, once, and counts the others', () => {
  fc.assert(
    fc.property(recorded, recorded, (first, second) => {
      const { equal, changes } = sectionOf('facts', first, second);
      const named = new Set(changes.map(({ key }) => key));
      expect(named.size).toBe(changes.length);
      expect(equal + changes.length).toBe(new Set([...first.keys(), ...second.keys()]).size);
      for (const key of [...first.keys(), ...second.keys()])
        expect(named.has(key)).toBe(!Object.is(first.get(key) ?? null, second.get(key) ?? null));
    }),
  );
});

it('law: is mirrored where the two are exchanged, and empty for a thing and itself', () => {
  fc.assert(
    fc.property(recorded, recorded, (first, second) => {
      const mirrored = sectionOf('facts', second, first).changes.map(({ key, first: one, second: other }) => [
        key,
        other,
        one,
      ]);
      const changes = sectionOf('facts', first, second).changes.map((change) => [
        change.key,
        change.first,
        change.second,
      ]);
      expect(new Set(mirrored.map((one) => JSON.stringify(one)))).toEqual(
        new Set(changes.map((one) => JSON.stringify(one))),
      );
      expect(sectionOf('facts', first, first).changes).toEqual([]);
    }),
  );
});

it('says by how much two numbers differ', () => {
  const changes = sectionOf('scores', new Map([['a', 0.5]]), new Map<string, Value>([['a', 0.25]])).changes;
  expect(changes).toEqual([{ key: 'a', first: 0.5, second: 0.25, difference: -0.25 }]);
});

it('finds the values of JSON by their pointers', () => {
  const json = { config: { 'a/b': 1, 'c~d': [true, { e: 'f' }], none: null }, __proto__: {} };
  expect([...valuesIn(json)]).toEqual([
    ['/config/a~1b', 1],
    ['/config/c~0d/0', true],
    ['/config/c~0d/1/e', 'f'],
  ]);
});

it('law: tells near-twins apart: parts of a key have one reading', () => {
  const name = fc.stringMatching(/^[ab: ,"]{1,4}$/);
  fc.assert(
    fc.property(fc.tuple(name, name, name), fc.tuple(name, name, name), (one, other) => {
      const keys = [one, other].map((parts) => parts.map(keyPart).join(' '));
      expect(keys[0] === keys[1]).toBe(one.every((part, at) => part === other[at]));
    }),
    { numRuns: 2_000 },
  );
});

it('counts twice what is listed twice', () => {
  expect([
    ...summed([
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ]),
  ]).toEqual([
    ['a', 4],
    ['b', 2],
  ]);
});
