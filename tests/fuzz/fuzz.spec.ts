import { afterAll, describe, expect, it } from 'vitest';
import { documents, importing } from './file-targets.fixture.ts';
import { fuzz } from './target.fixture.ts';
import { TARGETS } from './targets.fixture.ts';

const files = documents();
afterAll(() => files.remove());

describe.each([...TARGETS, importing, files])('$name, mutated', (target) => {
  const isSlow = target === importing;

  it('are read or refused, and never a fault', async () => {
    const { outcomes } = await fuzz(target, { inputs: isSlow ? 150 : 500, seed: 1 });
    expect(outcomes.length).toBeGreaterThan(1);
  });
});
