import { expect, it } from 'vitest';
import { wellFormed } from './values.ts';

it('replaces lone surrogates by U+FFFD, also in member names, and keeps whole characters', () => {
  const lone = '😀'.slice(0, 1);
  expect(wellFormed({ [`a${lone}`]: [`x${lone}y`, '😀', 1, null] })).toEqual({
    'a\uFFFD': ['x\uFFFDy', '😀', 1, null],
  });
});

it('keeps text that looks like an escape', () => {
  const text = String.raw`\ud83d \\udc00`;
  expect(wellFormed({ text })).toEqual({ text });
  expect(wellFormed({ text, half: '\ud83d' })).toEqual({ text, half: '\uFFFD' });
});
