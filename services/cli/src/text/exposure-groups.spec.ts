import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { groupsText } from './exposure-groups.ts';
import type { ExposureGroups } from './exposure-groups.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/exposure-groups.json');

const NONE = {
  run: null,
  domain: null,
  slice: null,
  shard: null,
  source: null,
  licence: null,
  value: null,
  firstStep: null,
  lastStep: null,
  unknown: [],
};

const FOUND: ExposureGroups = {
  by: ['window', 'licence'],
  attribute: null,
  runs: 2,
  firstStep: 1,
  lastStep: 20,
  groups: [
    {
      ...NONE,
      firstStep: 1,
      lastStep: 10,
      licence: 'MIT',
      unit: 'token',
      tokens: 1500,
      amount: 1500,
      share: 0.75,
      method: 'measured',
    },
    {
      ...NONE,
      firstStep: 11,
      lastStep: 20,
      unknown: ['licence'],
      unit: 'token',
      tokens: 400,
      amount: 400,
      share: 0.2,
      method: 'inferred',
    },
  ],
  groupCount: 3,
  totals: [{ unit: 'token', tokens: 2000, amount: 2000, inherited: 0 }],
  omitted: [{ unit: 'token', tokens: 100, amount: 100, inherited: 0 }],
  prorated: 1,
  asOf: { position: '12', time: null },
  complete: false,
  reason: '2 of 3 groups are listed',
  lag: 0,
  evidence: ['3'],
  evidenceTotal: 1,
};

it('shows groups with what is unknown, and what is not listed', () => {
  expect(groupsText(FOUND)).toBe(
    [
      '2 runs, steps 1 to 20: 2,000 token in 3 groups',
      '',
      'steps     licence    amount  unit   of total  counted',
      '1 to 10   MIT         1,500  token   75.00 %  measured',
      '11 to 20  (unknown)     400  token   20.00 %  inferred',
      '',
      '1 group more with 100 token',
      'of 1 recorded range only some steps count: that share is inferred',
      'as of position 12, NOT complete: 2 of 3 groups are listed',
    ].join('\n'),
  );
});

it('is printed as JSON by its schema', () => {
  const check = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(schema, 'utf8')),
  );
  expect(check(JSON.parse(JSON.stringify(FOUND))) ? undefined : check.errors).toBeUndefined();
});
