import { expect, it } from 'vitest';
import { importRequest } from './import-request.ts';

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
])('refuses %j as a matter of usage', (options, text) => {
  expect(() => importRequest(options)).toThrow(
    expect.objectContaining({ code: 2, message: expect.stringContaining(text) }),
  );
});
