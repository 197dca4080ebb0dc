import { recordFigures } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { familyLaws } from './simulated-families.fixture.ts';

const REPETITIONS = 600;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const SETTINGS = [
  { slices: 5, capabilities: 10, seeds: 3, blocked: false, together: 1 },
  { slices: 5, capabilities: 10, seeds: 5, blocked: true, together: 1 },
  { slices: 10, capabilities: 10, seeds: 5, blocked: false, together: 4 },
  { slices: 20, capabilities: 10, seeds: 8, blocked: true, together: 4 },
].map((setting) => ({
  ...setting,
  name: `${setting.slices * setting.capabilities} questions of one experiment, ${
    setting.together === 1 ? 'one by one' : `one to ${setting.together} at once`
  }, ${setting.seeds} ${setting.blocked ? 'pairs' : 'seeds an arm'}`,
}));

describe.each(SETTINGS)('$name', ({ name, ...of }) => {
  /* How many words are wrong at least where each request stands for itself. */
  it.each([
    [0, 0.5],
    [0.1, 0.1],
    [0.3, 0.04],
  ])('hold wrong words at one in eighteen of all at most, with a part of %f real', (real, alone) => {
    const asked = { generator: random(60 + of.seeds), repetitions: REPETITIONS };
    const laws = familyLaws(
      { ...of, real, size: 5 },
      { ...asked, rules: ['inOrder', 'atOnce', 'eachAlone'] },
    );
    recordFigures(`${name}, ${percent(real)} real effects of five standard deviations`, {
      'wrong words among all': percent(laws.inOrder.falseDiscoveries),
      'the same, each request for itself': percent(laws.eachAlone.falseDiscoveries),
      ...(real > 0 && {
        'real effects with a word': percent(laws.inOrder.power),
        'the same, all asked at once': percent(laws.atOnce.power),
      }),
    });
    expect(laws.inOrder.falseDiscoveries).toBeLessThanOrEqual(0.055);
    expect(laws.atOnce.falseDiscoveries).toBeLessThanOrEqual(0.055);
    expect(laws.eachAlone.falseDiscoveries).toBeGreaterThan(alone);
  });
});

it('would give wrong words where each is judged by all tests so far, and stands as it was given', () => {
  const of = { slices: 5, capabilities: 10, seeds: 5, blocked: true, together: 1, real: 0, size: 0 };
  const asked = { generator: random(70), repetitions: REPETITIONS };
  const laws = familyLaws(of, { ...asked, rules: ['overAllSoFar', 'inOrder'] });
  recordFigures(
    '50 questions of one experiment, one by one, 5 pairs, no effect, judged by all tests so far',
    {
      'wrong words among all': percent(laws.overAllSoFar.falseDiscoveries),
    },
  );
  expect(laws.overAllSoFar.falseDiscoveries).toBeGreaterThan(0.1);
  expect(laws.inOrder.falseDiscoveries).toBeLessThanOrEqual(0.055);
});
