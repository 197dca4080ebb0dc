import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PARTS } from '../release/parts.js';
import { typescriptFiles } from '../sources.ts';
import { barText } from '@tributary/fixtures';
import { guaranteesPage, holds, measurementsPage, recorded } from './pages.js';

const root = join(import.meta.dirname, '../..');
const page = (name: string): string => readFileSync(join(root, 'docs', name), 'utf8');

it('finds docs/guarantees.md and docs/measurements.md as generated from docs/figures (node tools/figures/pages.js)', () => {
  expect(page('guarantees.md')).toBe(guaranteesPage());
  expect(page('measurements.md')).toBe(measurementsPage());
});

it('shows every file of docs/figures on one of the pages', () => {
  const shown = page('guarantees.md') + page('measurements.md');
  const names = recorded().map((name) =>
    name.startsWith('release-') ? `test:release -- ${name.slice('release-'.length)}` : `figures:${name}`,
  );
  expect(names.filter((name) => !shown.includes(name))).toEqual([]);
});

it('has every release test in a part of the release suite', () => {
  const files = typescriptFiles()
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.release.spec.ts'));
  expect(files.toSorted()).toEqual([...new Set(PARTS.flatMap((part) => part.files))].toSorted());
});

it('says of a part whose tests passed how many bars were not met beside what they assert', () => {
  const bar = (reached: number) => barText([reached, 95], { least: 93, most: 97, asserted: '≥ 88' });
  const part = (...reached: readonly number[]) => ({
    tests: [{ figures: {} }, ...reached.map((one) => ({ figures: { covered: one, bar: bar(one) } }))],
  });
  expect(bar(90)).toBe('≥ 93 and ≤ 97: not met (asserted ≥ 88)');
  expect(bar(93)).toBe('≥ 93 and ≤ 97: met (asserted ≥ 88)');
  expect(holds(part(93, 97))).toBe('holds');
  expect(holds(part(90, 95, 98))).toBe('asserted bounds hold, **2 bars not met**');
  expect(holds({})).toBe('holds');
});
