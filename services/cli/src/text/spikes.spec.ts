import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { spikesText } from './spikes.ts';
import type { LossSpikes } from './spikes.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/loss-spikes.json');
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

const spike: LossSpikes['spikes'][number] = {
  firstStep: 1200,
  lastStep: 1203,
  steps: 3,
  peakStep: 1201,
  loss: 5.5,
  usual: 2.25,
  spreads: 31.234_56,
  batchFirstStep: 1193,
  batchLastStep: 1208,
  batches: 99,
  groups: [
    { group: 'web\u001b[2J', share: 0.5, usualShare: 0.01, lift: 50, pValue: 0.01, qValue: 0.02 },
    { group: 'code', share: 0.5, usualShare: 0.99, lift: 0.505, pValue: 1, qValue: 1 },
  ],
};
const nowhere = { batchFirstStep: null, batchLastStep: null, batches: 0, groups: [] };
const answer: LossSpikes = {
  run: 'run-1',
  by: 'slice',
  attribute: null,
  threshold: 6,
  total: 3,
  spikes: [spike, { ...spike, loss: null, usual: null, spreads: null, lastStep: 1200, ...nowhere }],
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

it('prints each spike with what its batches had more of, and no control character of a name', () => {
  expect(spikesText(answer).split('\n')).toEqual([
    'run-1: 3 spikes of the loss above 6 spreads, the 2 largest',
    '',
    'steps 1,200 to 1,203: loss 5.5 at step 1,201 where 2.25 was usual (31.23 spreads)',
    '  read in steps 1,193 to 1,208; compared with 99 batches before',
    '  slice      share    usual    lift     q',
    '  web\uFFFD[2J  50.00 %   1.00 %     50x  0.02',
    '  code     50.00 %  99.00 %  0.505x     1',
    '',
    'step 1,200: the loss of step 1,201 is not finite',
    '  no exposure recorded of these steps',
    '',
    'as of position 9, complete',
  ]);
});

it('says where there was no batch before to compare with', () => {
  const first = { ...spike, batches: 0, groups: [] };
  expect(spikesText({ ...answer, spikes: [first] })).toContain('no batch before to compare with');
});
