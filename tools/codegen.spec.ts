import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generate } from './codegen/main.ts';

const root = join(import.meta.dirname, '..');
const committed = join(root, 'libs/core/contracts/src/generated');

it('finds the committed contracts as the schemas make them (npm run codegen)', async () => {
  const generated = await generate(root);
  expect(readdirSync(committed).toSorted()).toEqual([...generated.keys()].toSorted());
  const stale = [...generated].filter(([name, text]) => readFileSync(join(committed, name), 'utf8') !== text);
  expect(stale.map(([name]) => name)).toEqual([]);
});
