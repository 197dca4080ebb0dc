import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { plannedText } from './planned.ts';
import type { PlannedExposure } from './planned.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/planned-exposure.json');
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

const row: PlannedExposure['rows'][number] = {
  slice: 'code',
  part: null,
  tokens: 4000,
  share: 0.4,
  registered: 2500,
  shards: 2,
  unknownShards: 0,
  epochs: 1.6,
  epochsAtMost: null,
  runsOut: true,
  enoughFor: 6250,
};
const unknown = { ...row, epochs: null, runsOut: null, enoughFor: null };

const answer: PlannedExposure = {
  mixture: 'mix\u001b[2J',
  tokens: 10_000,
  steps: null,
  by: 'slice',
  maxEpochs: 1,
  snapshot: null,
  rows: [
    row,
    { ...unknown, slice: 'web', unknownShards: 1, epochsAtMost: 1.6 },
    { ...unknown, slice: 'prose', tokens: 1500, share: 0.15, registered: 0, shards: 0 },
  ],
  withoutPlan: 500,
  warnings: [{ code: 'runs_out', text: 'More than 1 epoch: code (1.6, enough for 6250 tokens).' }],
  asOf: { position: '9', time: null },
  complete: false,
  reason: 'no shard of prose is registered',
  lag: 0,
  evidence: ['1'],
  evidenceTotal: 1,
};

it('is an answer of its schema', () => {
  expect(isAnswer(answer)).toBe(true);
});

it('prints what is unknown as unknown, and what runs out', () => {
  expect(plannedText(answer).split('\n')).toEqual([
    'mix\uFFFD[2J, planned for 10,000 tokens',
    '',
    'slice  tokens   of all      registered       epochs',
    'code    4,000  40.00 %           2,500          1.6  runs out',
    'web     4,000  40.00 %  at least 2,500  at most 1.6',
    'prose   1,500  15.00 %       (unknown)    (unknown)',
    '',
    'for 500 tokens nothing is planned',
    'runs_out: More than 1 epoch: code (1.6, enough for 6250 tokens).',
    'as of position 9, NOT complete: no shard of prose is registered',
  ]);
});

it('names parts where rows are by source or shard', () => {
  const rows = [{ ...row, part: 'npm:vue' }, row];
  expect(
    plannedText({ ...answer, by: 'source', steps: 20, rows })
      .split('\n')
      .slice(0, 5),
  ).toEqual([
    'mix\uFFFD[2J, planned for 10,000 tokens in 20 steps',
    '',
    'slice  source     tokens   of all  registered  epochs',
    'code   npm:vue     4,000  40.00 %       2,500     1.6  runs out',
    'code   (unknown)   4,000  40.00 %       2,500     1.6  runs out',
  ]);
});

it('names the snapshot whose shards count', () => {
  expect(isAnswer({ ...answer, snapshot: 'web@v2' })).toBe(true);
  expect(plannedText({ ...answer, snapshot: 'web@v2' })).toContain('10,000 tokens, from snapshot web@v2\n');
});
