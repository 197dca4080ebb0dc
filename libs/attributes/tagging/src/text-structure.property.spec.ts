import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textStructure } from './text-structure.ts';

describe('the structure of a text', () => {
  it.each([
    [
      '',
      { n_bytes: 0, n_chars: 0, n_lines: 0, symbol_density: 0, derivation_steps: 0, indentation_ratio: 0 },
    ],
    ['Let us verify.\n', { n_lines: 1, has_subgoals: true, has_verification: true, derivation_steps: 0 }],
    [
      'Step 1: x = 2\n(2) so\n\n  y \\le 3\nThus done',
      { derivation_steps: 5, indentation_ratio: 0.25, n_lines: 5 },
    ],
    ['\\left a\nThenceforth', { derivation_steps: 0 }],
    ['a∑b=𝕊', { n_chars: 5, n_bytes: 10, symbol_density: 0.4 }],
    ['\tx\r\n\r\ny\rz', { n_lines: 4, indentation_ratio: 1 / 3 }],
  ])('of %j has %j', (text, measures) => {
    expect(textStructure(text)).toMatchObject(measures);
  });

  it('has shares within 0 and 1 and counts that add up over texts', () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => text.replaceAll(/[\r\n]/g, ' '));
    const texts = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => `${lines.join('\n')}\n`);
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        const [first, second, both] = [one, other, one + other].map(textStructure);
        for (const { symbol_density, indentation_ratio } of [first, second, both].flatMap((of) => of ?? [])) {
          expect(symbol_density >= 0 && symbol_density <= 1).toBe(true);
          expect(indentation_ratio >= 0 && indentation_ratio <= 1).toBe(true);
        }
        for (const count of ['n_bytes', 'n_chars', 'n_lines', 'derivation_steps'] as const)
          expect(both?.[count]).toBe((first?.[count] ?? 0) + (second?.[count] ?? 0));
      }),
      { seed: 7 },
    );
  });
});
