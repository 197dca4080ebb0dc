import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scaffoldScore } from './scaffold-score.ts';

const logit = fc.double({ min: -50, max: 50, noNaN: true });
const rows = fc.array(fc.tuple(logit, logit), { minLength: 1, maxLength: 8 });
const temperature = fc.double({ min: 0.25, max: 8, noNaN: true });

it('is a probability, and that of a document is within those of its parts', () => {
  fc.assert(
    fc.property(rows, temperature, (logits, at) => {
      const parts = logits.map((row) => scaffoldScore([row], at));
      const score = scaffoldScore(logits, at);
      expect(score).toBeGreaterThanOrEqual(Math.min(...parts) - 1e-12);
      expect(score).toBeLessThanOrEqual(Math.max(...parts) + 1e-12);
      expect(score >= 0 && score <= 1).toBe(true);
    }),
  );
});

it('rises with the logit of code, and is one half where both logits are equal, at every temperature', () => {
  fc.assert(
    fc.property(logit, fc.double({ min: 0.001, max: 10, noNaN: true }), temperature, (base, more, at) => {
      expect(scaffoldScore([[base, base]], at)).toBe(0.5);
      expect(scaffoldScore([[base, base + more]], at)).toBeGreaterThan(0.5);
      expect(scaffoldScore([[base + more, base]], at)).toBeLessThan(0.5);
    }),
  );
});
