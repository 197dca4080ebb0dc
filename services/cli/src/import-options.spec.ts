import { importers } from '@tributary/importers';
import { expect, it } from 'vitest';
import { importRequest, kindRules } from './import-options.ts';

it.each([
  [{}, {}],
  [
    { name: 'n', assignment: 'manual' as const },
    { name: 'n', assignment: 'manual' },
  ],
  [
    { assignment: 'randomised' as const, randomisation: 'Dirichlet over 17 domains; seed 42' },
    { assignment: 'randomised', randomisation: { method: 'Dirichlet over 17 domains; seed 42', seed: '42' } },
  ],
  [
    { assignment: 'randomised' as const, randomisation: 'shuffled, seed=0x2a' },
    { assignment: 'randomised', randomisation: { method: 'shuffled, seed=0x2a', seed: '0x2a' } },
  ],
])('takes %j', (options, request) => {
  expect(importRequest(options)).toEqual(request);
});

it.each([
  [{ assignment: 'randomised' as const }, 'needs the record'],
  [{ assignment: 'randomised' as const, randomisation: 'by dice' }, 'needs the record'],
  [{ randomisation: 'seed 1' }, 'goes with --assignment randomised'],
])('refuses %j as wrong usage', (options, text) => {
  expect(() => importRequest(options)).toThrow(
    expect.objectContaining({ code: 2, message: expect.stringContaining(text) }),
  );
});

it('reads rules for kinds: of everything, and of a path that may contain an equals sign', () => {
  expect(kindRules(['sweep', 'evals/a=b=lm-eval'], importers)).toEqual([
    { path: '', kind: 'sweep' },
    { path: 'evals/a=b', kind: 'lm-eval' },
  ]);
  expect(kindRules([], importers)).toEqual([]);
});

it.each(['mlfow', 'evals=', '=constructor'])('refuses the rule %s and lists the kinds', (rule) => {
  expect(() => kindRules([rule], importers)).toThrow(
    expect.objectContaining({ refusal: 'kind_unknown', message: expect.stringContaining('sweep') }),
  );
});
