import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { previewText } from './map.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/map.json');

it('prints a proposed map with the rows that it reads by its schema', () => {
  const rows = [{ at: 2, before: 'a,1\u001b', after: { run: 'a', loss: 2.5 } }];
  const answer = { path: 'a.csv', looksLike: 'a table', map: 'reads: table\n', missing: ['step'], rows };
  const check = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(schema, 'utf8')),
  );
  expect(check(answer)).toBe(true);
  expect(previewText(answer)).toBe('2: a,1\uFFFD\n   run=a loss=2.5\nsay in the map what is open (?): step');
});
