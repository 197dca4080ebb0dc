import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeAnswer, encodeAnswer } from './wire.ts';

it('round-trips every value, with numbers that are not finite at any depth', () => {
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
      expect(decodeAnswer(encodeAnswer(one))).toEqual(one);
    }),
  );
});
