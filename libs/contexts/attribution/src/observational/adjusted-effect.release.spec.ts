import { recordFigures } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { ratesOf } from './simulated-history.fixture.ts';

const REPETITIONS = 300;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

it.each([
  { runs: 40, effect: 0.2, bend: 0, whole: false, most: 1 },
  { runs: 40, effect: 0, bend: 0, whole: false, most: 0.065 },
  { runs: 100, effect: 0.2, bend: 0, whole: false, most: 1 },
  { runs: 160, effect: 0, bend: 0.01, whole: false, most: 0.065 },
  { runs: 80, effect: 0, bend: 0, whole: true, most: 0.065 },
])(
  'intervals over $runs runs that nobody assigned hold the truth in 93 %, effect $effect, bend $bend, whole datasets $whole',
  ({ runs, effect, bend, whole, most }) => {
    const parts = { generator: random(runs), runs, effect, bend, whole, confounding: 0.5 };
    const rates = ratesOf(parts, REPETITIONS);
    recordFigures(
      `Covariates that confound, ${runs} runs, effect ${effect}, bend ${bend}, ${whole ? 'whole datasets' : 'mixtures'}`,
      {
        'adjusted intervals that hold': percent(rates.covered),
        'unadjusted intervals that hold': percent(rates.unadjusted),
        'p < .05': percent(rates.declared),
      },
    );
    expect(rates.covered).toBeGreaterThanOrEqual(0.93);
    expect(rates.unadjusted).toBeLessThan(whole ? 0.8 : 0.3);
    expect(rates.declared).toBeLessThanOrEqual(most);
  },
);
