import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { driftText } from './drift.ts';
import type { MixtureDrift } from './drift.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/mixture-drift.json');
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

type Window = MixtureDrift['windows'][number];
type Row = Window['rows'][number];

const row = (slice: string, planned: number, realised: number, more: Partial<Row> = {}): Row => ({
  slice,
  unit: 'token',
  amount: 1000 * realised,
  realised,
  planned,
  difference: realised - planned,
  unplanned: false,
  ...more,
});

const window: Window = {
  firstStep: 1,
  lastStep: 1000,
  mixture: 'mix',
  phase: 'main',
  l1: 0.02,
  kl: 0.001,
  reason: null,
  outOfTolerance: false,
  prorated: false,
  recordedTo: 1000,
  rows: [row('web', 0.6, 0.61), row('code', 0.4, 0.39)],
};
const far: Window = {
  ...window,
  firstStep: 1001,
  lastStep: 2000,
  l1: 0.4,
  kl: null,
  reason: 'the divergence is infinite: prose\u001b[2J was planned with 0 and consumed',
  outOfTolerance: true,
  prorated: true,
  rows: [row('prose\u001b[2J', 0, 0.2, { unplanned: true }), row('web', 0.6, 0.4), row('code', 0.4, 0.4)],
};
const unknown: Window = {
  ...window,
  firstStep: 2001,
  lastStep: 2500,
  mixture: null,
  phase: null,
  l1: null,
  kl: null,
  outOfTolerance: null,
  reason: 'no planned mixture is recorded for these steps',
  rows: [row('web', 0, 1, { planned: null, difference: null })],
};

const answer: MixtureDrift = {
  run: 'run-1',
  by: 'domain',
  tolerance: 0.05,
  outOfToleranceFrom: 1001,
  outOfTolerance: 1,
  notCompared: 1,
  phases: [
    {
      mixture: 'mix',
      decision: '3',
      phase: 'main',
      unit: 'token_share',
      sum: 1,
      firstStep: 0,
      lastStep: 2000,
    },
  ],
  windows: [window, far, unknown],
  totals: [{ unit: 'token', tokens: 3000, amount: 3000, inherited: 0 }],
  warnings: [{ code: 'slices_not_planned', text: 'The plan does not name prose.' }],
  asOf: { position: '9', time: null },
  complete: true,
  reason: null,
  lag: 0,
  evidence: ['1'],
  evidenceTotal: 1,
};

it('is an answer of its schema', () => {
  expect(isAnswer(answer)).toBe(true);
});

it('prints the distance of each window, and the shares of the furthest one', () => {
  expect(driftText(answer).split('\n')).toEqual([
    'run-1, planned and realised shares by domain: out of tolerance from step 1,001 on, in 1 of 2 windows',
    '',
    'steps           plan       tokens    L1        KL',
    '1 to 1,000      mix, main   1,000  0.02     0.001',
    '1,001 to 2,000  mix, main   1,000   0.4  infinite  out of tolerance, prorated',
    '2,001 to 2,500  (none)      1,000     -         -',
    '',
    'furthest apart in steps 1,001 to 2,000, tolerance 0.05 in L1',
    'domain         planned  realised  difference',
    'prose\uFFFD[2J  not planned   20.00 %    +20.00 %',
    'web            60.00 %   40.00 %    -20.00 %',
    'code           40.00 %   40.00 %      0.00 %',
    '',
    'steps 1,001 to 2,000: the divergence is infinite: prose\uFFFD[2J was planned with 0 and consumed',
    'steps 2,001 to 2,500: no planned mixture is recorded for these steps',
    'slices_not_planned: The plan does not name prose.',
    'as of position 9, complete',
  ]);
});

it('says where everything is within tolerance, and where there is nothing to compare', () => {
  const within = {
    ...answer,
    outOfToleranceFrom: null,
    outOfTolerance: 0,
    notCompared: 0,
    windows: [window],
  };
  expect(driftText(within)).toContain('by domain: within tolerance in 1 window\n');
  expect(driftText({ ...within, notCompared: 1, windows: [unknown] })).toContain('nothing to compare');
});
