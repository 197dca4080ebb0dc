import { recordFigures } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import { predict } from '../index.ts';
import { mean, spearman } from '../numerics/moments.ts';
import { isShared, regmix, regmixExperiment } from './recorded-experiments.fixture.ts';

describe.skipIf(!isShared('regmix'))(
  'all thirteen outcomes of the public mixtures (needs shared data regmix)',
  () => {
    it('rank at 0.9925 or better on average, with 93 to 97 % of the losses inside the intervals', () => {
      const heldOut = regmix('test');
      const { outcomes } = predict(regmixExperiment(Object.keys(heldOut[0]!.losses)), heldOut);
      const scored = outcomes.map(({ capability, rows }) => {
        const truth = heldOut.map(({ losses }) => losses[capability]!);
        const inside = rows.filter(({ low, high }, index) => low <= truth[index]! && truth[index]! <= high);
        const ranked = spearman(
          rows.map((row) => row.mean),
          truth,
        );
        return { capability, ranked, covered: inside.length / rows.length };
      });
      recordFigures('RegMix, 256 held-out mixtures', {
        'mean Spearman over 13 outcomes': mean(scored.map(({ ranked }) => ranked)).toFixed(4),
        'Pile-CC': scored.find(({ capability }) => capability === 'pile_cc')!.ranked.toFixed(4),
        'outcomes inside the 95 % intervals': mean(scored.map(({ covered }) => covered)).toFixed(3),
      });
      expect(scored).toHaveLength(13);
      expect(mean(scored.map(({ ranked }) => ranked))).toBeGreaterThanOrEqual(0.9925);
      expect(scored.find(({ capability }) => capability === 'pile_cc')!.ranked).toBeGreaterThanOrEqual(
        0.9945,
      );
      expect(mean(scored.map(({ covered }) => covered))).toBeGreaterThan(0.93);
      expect(mean(scored.map(({ covered }) => covered))).toBeLessThan(0.97);
    });
  },
);
