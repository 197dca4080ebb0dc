import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromWire, toWire } from './wire.ts';

it('brings back every number, finite or not, wherever it stands', () => {
  const number = fc
    .oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity))
    .map((one) => (one === 0 ? 0 : one));
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      number,
      fc.string(),
      fc.string().map((text) => `\u0000${text}`),
      fc.array(tie('node')),
      fc.dictionary(fc.string(), tie('node'), { noNullPrototype: true }),
    ),
  })).node;
  fc.assert(
    fc.property(value, (one) => {
      expect(fromWire(toWire(one))).toEqual(one);
    }),
  );
});
