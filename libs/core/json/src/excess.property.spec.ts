import fc from 'fast-check';
import { expect, it } from 'vitest';
import { excessOf } from './excess.ts';
import { findFlaw } from './strict.ts';

/** How many bytes are looked at, each as often as it is. */
function looksAt(text: string): number {
  let looks = 0;
  const counted = new Proxy(new Uint8Array(Buffer.from(text)), {
    get(bytes, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      const value: unknown = Reflect.get(bytes, key, bytes);
      return value;
    },
  });
  excessOf(counted, { depth: Infinity, keys: Infinity });
  return looks;
}

/** Structure, strings that end late or never, and escapes. */
const token = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"',
  '\\',
  '\\"',
  '"a":',
  '{"a":',
  '[[',
  'x',
  ' ',
);

it('law: twice a hostile text is looked at twice as often, and no byte more than twice', () => {
  fc.assert(
    fc.property(fc.array(token, { minLength: 1, maxLength: 20 }), (tokens) => {
      const text = tokens.join('').repeat(50);
      expect(looksAt(text)).toBeLessThanOrEqual(2 * text.length);
      expect(looksAt(text + text)).toBeLessThanOrEqual(2 * looksAt(text) + 2 * text.length);
    }),
  );
});

it('law: finds in a JSON text what the reader of its flaws finds', () => {
  const bounds = { depth: 4, keys: 3 };
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      const bytes = Buffer.from(text);
      const flaw = findFlaw(bytes, { bounds })?.code;
      fc.pre(flaw === undefined || flaw.startsWith('too_'));
      expect(excessOf(bytes, bounds) === undefined).toBe(flaw === undefined);
    }),
  );
});
