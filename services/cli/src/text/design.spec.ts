import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { designAnswer, designHint, designText } from './design.ts';
import type { Design } from './design.ts';
import type { Attribution } from './effects.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/design.json');
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

it('prints a design with a plan for each estimator, and prints each assumption once', () => {
  const runs: Design['plans'][number]['runs'][number] = {
    purpose: 'replicate',
    arm: 'full',
    mixture: 'm',
    shares: [{ slice: 'code', share: 1 }],
    runs: 2,
    seeds: ['4', '5'],
    amountPerRun: 10,
    reason: 'more seeds',
  };
  const plan: Design['plans'][number] = {
    estimator: 'controlled_ablation',
    contrast: 'more minus less',
    now: null,
    noise: { standardDeviation: 0.5, degreesOfFreedom: 4, source: 'within_arms', text: 'pooled' },
    runs: [runs],
    decomposition: [{ ...runs, purpose: 'decompose', arm: 'code_to_web' }],
    detectable: [
      { addedRuns: 0, minimumDetectableEffect: null, power: null },
      { addedRuns: 2, minimumDetectableEffect: 0.25, power: 0.91 },
    ],
    runsForEffect: 2,
    cost: { runs: 2, amount: 20, unit: 'token', text: 'measured' },
    identification: 'randomised',
    assignment: {
      design: 'swarm',
      assignment: 'randomised',
      randomisation: { method: 'by rank', seed: '7' },
      arms: [{ arm: 'fill', mixture: 'e-fill', displacement: null }],
    },
    assumptions: [{ code: 'same_budget', text: 'Equal.' }],
  };
  const design: Design = {
    __typename: 'ExperimentDesign',
    experiment: 'e',
    slice: 'code',
    capability: 'c',
    displacement: 'proportional',
    unit: 'bits',
    level: 0.95,
    power: 0.8,
    effect: 0.3,
    plans: [plan, { ...plan, estimator: 'response_surface', noise: null, runs: [], runsForEffect: null }],
    warnings: [{ code: 'w', text: 'odd' }],
    asOf: { position: '12', time: '2026-11-24T10:00:00Z' },
    complete: true,
    lag: 0,
  };
  expect(isAnswer(designAnswer(design))).toBe(true);
  const text = designText(design);
  expect(text).toMatch(/replicate +full +2 +4, 5 +20 +code 100\.0 % \(more seeds\)/);
  expect(text).toMatch(/2 +0\.25 +91 %/);
  expect(text).toContain('found with 2 further runs: an effect of 0.3 with a power of 80 %');
  expect(text).toContain('no number up to 2 further runs finds an effect of 0.3');
  expect(text).toContain('fill (mixture e-fill), randomisation seed 7: by rank');
  expect(text.match(/! same_budget/g)).toHaveLength(1);
  expect(text).toContain('not known: no mixture was run with several seeds');
  expect(text).toContain('! w: odd');
});

it('hints at a design for the first question that no estimator answers', () => {
  const effect = (slice: string, verdict: string) => ({
    estimand: { slice, capability: 'c\u001B' },
    displacement: 'proportional',
    verdict,
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the other fields are not read
  const asked = (...effects: object[]) => ({ experiment: 'e', effects }) as unknown as Attribution;
  expect(designHint(asked(effect('web', 'positive'), effect('web', 'inconclusive')))).toBe('');
  expect(designHint(asked(effect('web', 'positive'), effect('code', 'not_identified')))).toBe(
    "runs that would answer: tributary design --experiment e --slice code --capability 'c\uFFFD' --displacement proportional\n",
  );
});
