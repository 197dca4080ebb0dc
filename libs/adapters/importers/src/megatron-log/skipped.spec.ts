import { expect, it } from 'vitest';
import { Findings } from '../facts/findings.ts';
import { linesOf } from './attempts.ts';
import { skippedSteps } from './skipped.ts';

it('lists each skipped step that has a line of its own, however many there are', () => {
  const text = Array.from(
    { length: 150_000 },
    (_none, at) => `iteration ${at + 1}/ 150000 | number of skipped iterations: 1 |\n`,
  );
  const findings = new Findings();
  const attempt = { lines: linesOf(text.join('')), resumedStep: undefined };
  const [listed = []] = skippedSteps([attempt], 'a.log', findings);
  expect(listed.map(({ reason, steps }) => [reason, steps.length])).toEqual([['overflow', 150_000]]);
  expect(findings.warnings).toEqual([]);
});
