import { describe, expect, it } from 'vitest';
import { direction, displace, parseDisplacement } from './displacement.ts';

const slices = ['code', 'code_nl', 'math', 'math/plain', 'math/scaffold', 'web'];
const mixture = { code: 0.2, code_nl: 0.1, 'math/plain': 0.06, 'math/scaffold': 0.04, web: 0.6 };

describe('parsing a displacement rule', () => {
  it.each([
    ['proportional', 'code', { rule: 'proportional' }],
    ['added_budget', 'code', { rule: 'added_budget' }],
    ['swap:web', 'code', { rule: 'swap', into: 'web' }],
    ['within:math', 'math/scaffold', { rule: 'within', domain: 'math' }],
  ])('reads %s for %s', (text, slice, rule) => {
    expect(parseDisplacement(text, slice, slices)).toEqual(rule);
  });

  it.each([
    [undefined, 'code', 'displacement_missing'],
    ['', 'code', 'displacement_missing'],
    ['evenly', 'code', 'displacement_unknown'],
    ['swap:', 'code', 'displacement_unknown'],
    ['swap:code', 'code', 'swap_into_itself'],
    ['swap:math', 'math/plain', 'swap_into_itself'],
    ['swap:music', 'code', 'swap_into_unknown_slice'],
    ['within:math', 'code', 'within_not_a_part'],
    ['within:math', 'math', 'within_not_a_part'],
  ])('refuses %s for %s as %s and names the rules', (text, slice, refusal) => {
    expect(parseDisplacement(text, slice, slices)).toMatchObject({
      refusal,
      text: expect.stringMatching(/proportional.*swap:<slice>.*within:<domain>.*added_budget/),
    });
  });

  it('refuses to move tokens within a domain of one part', () => {
    expect(parseDisplacement('within:law', 'law/cases', ['law', 'law/cases'])).toMatchObject({
      refusal: 'within_nothing_left',
    });
  });
});

describe('displacing a slice', () => {
  it('scales the other slices in proportion', () => {
    const displaced = displace(mixture, 'code', { rule: 'proportional' })!;
    expect(displaced['code']).toBe(0);
    expect(displaced['web']).toBeCloseTo(0.6 / 0.8, 12);
    expect(displaced['code_nl']).toBeCloseTo(0.1 / 0.8, 12);
  });

  it('takes a domain with all of its parts', () => {
    expect(displace(mixture, 'math', { rule: 'swap', into: 'web' })).toEqual({
      code: 0.2,
      code_nl: 0.1,
      'math/plain': 0,
      'math/scaffold': 0,
      web: 0.7,
    });
  });

  it('keeps the domain constant when moving within it', () => {
    const displaced = displace(mixture, 'math/scaffold', { rule: 'within', domain: 'math' })!;
    expect(displaced).toEqual({ ...mixture, 'math/plain': 0.1, 'math/scaffold': 0 });
  });

  it('reduces a slice to a share as well as to zero', () => {
    const displaced = displace(mixture, 'code', { rule: 'swap', into: 'math' }, 0.1)!;
    expect(displaced['code']).toBeCloseTo(0.1, 12);
    expect(displaced['math/plain']).toBeCloseTo(0.12, 12);
    expect(displaced['math/scaffold']).toBeCloseTo(0.08, 12);
  });

  it('is undefined where no slice can receive', () => {
    expect(displace({ code: 1 }, 'code', { rule: 'proportional' })).toBeUndefined();
  });

  it('has the Cox direction for the proportional rule', () => {
    const along = direction(mixture, 'code', { rule: 'proportional' })!;
    expect(along['code']).toBeCloseTo(1, 12);
    expect(along['web']).toBeCloseTo(-0.6 / 0.8, 12);
  });
});
