import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import type { Diff } from '../commands/diff.ts';
import { diffText } from './diff.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/diff.json');

const changes = Array.from({ length: 50 }, (_, index) => ({
  key: `/config/${index}`,
  first: index,
  second: null,
  difference: null,
}));
const diff: Diff = {
  kind: 'run',
  first: 'a\u001B[2J',
  second: 'b',
  sections: [
    { name: 'configuration', equal: 3, changes },
    { name: 'consumed', equal: 2, changes: [] },
    {
      name: 'scores',
      equal: 0,
      changes: [{ key: 'math: gsm8k acc', first: 0.25, second: 0.5, difference: 0.25 }],
    },
  ],
  asOf: { position: '12', time: '2026-11-24T10:00:00Z' },
  complete: false,
  reason: 'the exposure of b is not recorded',
  lag: 0,
};

it('lists the first changes of each respect, and says how many more there are and what is the same', () => {
  const text = diffText(diff);
  expect(text).toContain('… and 10 more; --json lists all\n3 more the same');
  expect(text).toMatch(/math: gsm8k acc +0\.25 +0\.5 +\+0\.25/);
  expect(text).toContain('the same: consumed (2)');
  expect(text).toContain('NOT complete: the exposure of b is not recorded');
});

it('lets no name write to the screen', () => {
  expect(diffText(diff)).not.toContain('\u001B');
});

it('is an answer of its schema', () => {
  const check = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(schema, 'utf8')),
  );
  expect(check(JSON.parse(JSON.stringify(diff))) ? undefined : check.errors).toBeUndefined();
});
