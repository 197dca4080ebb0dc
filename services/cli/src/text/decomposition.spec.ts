import { expect, it } from 'vitest';
import { decompositionLines } from './decomposition.ts';

const interval = { low: 0, high: 1, level: 0.95, method: 'posterior_mixture_of_t' };
const part = (estimate: number) => ({ estimate, interval, identification: 'randomised' }) as const;

/** An effect of a surface with one receiver that is separated. */
const effect: Parameters<typeof decompositionLines>[0][number] = {
  estimand: { kind: 'dose', slice: 'code', capability: 'math', contrast: null, text: 't' },
  decomposition: {
    bundle: part(0.5),
    receivers: [
      {
        receiver: 'web',
        weight: 0.75,
        arm: null,
        own: part(0.4),
        displaced: part(0.1),
        gaveWay: part(0.3),
        held: part(0.2),
        moved: part(0.6),
        needed: null,
        warnings: [],
      },
    ],
    remainder: { ...part(0.2), interval: null },
    notSeparated: ['math'],
    notIdentified: { code: 'decomposition_not_identified', text: 'Needs runs of the mixtures swap:math.' },
    evidence: ['4'],
  },
};

it('lists the parts of an effect of a surface, with what they leave and sum to', () => {
  const text = decompositionLines([effect]).join('\n');
  const intervals = (...estimates: readonly string[]) => estimates.join(' +\\[0, 1\\] +');
  expect(text).toMatch(
    new RegExp(`code on math +web +0\\.75 +${intervals('0\\.4', '0\\.3', '0\\.2', '0\\.6', 'randomised')}`),
  );
  expect(text).toMatch(/code on math +\(remainder\) +0\.2 +- +randomised/);
  expect(text).toMatch(/code on math +\(bundle\) +0\.5 +\[0, 1\] +randomised/);
  expect(text).toContain('! Needs runs of the mixtures swap:math. (code on math)');
});

it('counts the effects of surfaces where there are many', () => {
  const [first] = decompositionLines(Array.from({ length: 7 }, () => effect));
  expect(first).toContain('7 proportional effects of surfaces');
});
