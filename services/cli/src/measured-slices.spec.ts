import { expect, it } from 'vitest';
import { slicesFrom } from './measured-slices.ts';

it.each([
  ['attribute:domain.label', { attribute: 'domain.label' }],
  ['attribute:structure.derivation_steps>=3', { attribute: 'structure.derivation_steps', atLeast: 3 }],
  ['attribute:a>=-0.5', { attribute: 'a', atLeast: -0.5 }],
  ['attribute:a:b>=c', { attribute: 'a:b>=c' }],
  ['attribute:__proto__', { attribute: '__proto__' }],
  ['attribute:🦑>=1e3', { attribute: '🦑', atLeast: 1000 }],
  ['attribute:"a>=3"', { attribute: 'a>=3' }],
  ['attribute:"a>=3">=4', { attribute: 'a>=3', atLeast: 4 }],
  ['attribute:>=3', { attribute: '>=3' }],
])('reads %s', (text, slices) => {
  expect(slicesFrom(text)).toEqual(slices);
});

it.each(['domain', 'attribute:', ''])('refuses "%s"', (text) => {
  expect(() => slicesFrom(text)).toThrow('attribute:NAME>=X');
});
