import { recordFigures } from '@tributary/fixtures';
import { afterAll, describe, expect, it } from 'vitest';
import { documents, importing } from './file-targets.fixture.ts';
import { fuzz } from './target.fixture.ts';
import { questions } from './graphql-target.fixture.ts';
import { EVENT_TARGETS } from './event-targets.fixture.ts';
import { TARGETS } from './targets.fixture.ts';

const IN_MEMORY = 1_000_000;
const FILES = 10_000;

const files = documents();
afterAll(() => files.remove());

describe.each([
  ...[...TARGETS, ...EVENT_TARGETS, questions()].map((target) => ({ target, inputs: IN_MEMORY })),
  ...[importing, files].map((target) => ({ target, inputs: FILES })),
])('$target.name, mutated', ({ target, inputs }) => {
  it('are read or refused, and never a fault or a second of processor time', async () => {
    const { outcomes, slowest } = await fuzz(target, { inputs, seed: 20_261_129, keeps: true });
    recordFigures(`${target.name}, mutated`, {
      inputs,
      outcomes: outcomes.length,
      'milliseconds of processor time of the slowest': slowest,
    });
    expect(outcomes.length).toBeGreaterThan(3);
  });
});
