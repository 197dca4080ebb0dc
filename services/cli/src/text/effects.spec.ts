import { expect, it } from 'vitest';
import { effectsLines } from './effects.ts';
import { FAMILY } from './family.fixture.ts';

const linesOf = (family: Parameters<typeof effectsLines>[0]['family']) =>
  effectsLines({ effects: [], experiment: 'lab', questions: 1, family }).join('\n');

it('says of a recorded family what stands before its tests, and up to which p value each is found', () => {
  const [decision] = FAMILY.decisions;
  const later = { ...decision, before: 7, foundBefore: 2, level: 0.002 };
  const recorded = { ...FAMILY, name: 'lab', decisions: [decision, decision, later] };
  expect(linesOf(recorded)).toContain(
    '  2 tests, the first of the family: found where p is at most 0.05\n' +
      '  1 test, after 7 others, 2 of them found: found where p is at most 0.002\n',
  );
  expect(linesOf(FAMILY)).not.toContain('found where');
});
