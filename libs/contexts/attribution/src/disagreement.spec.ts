import { describe, expect, it } from 'vitest';
import { disagreement } from './disagreement.ts';
import type { Effect } from './effect.ts';

const effectOf = (id: string, effect: number, low: number, high: number) =>
  ({ effect, interval: { low, high, level: 0.95, method: '' }, estimator: { id, version: '1' } }) as Effect;

const ablation = effectOf('controlled_ablation.welch', 1, 0.7, 1.3);

describe('two estimators of one contrast', () => {
  it('disagree where their difference cannot be zero: the size is named', () => {
    const [warning] = disagreement(ablation, effectOf('response_surface.gaussian_process', 0.4, 0, 0.8));
    expect(warning).toMatchObject({ code: 'estimators_disagree' });
    expect(warning!.text).toContain('is 0.600 (0.100 to 1.10)');
  });

  it('agree where it can, though one interval excludes the other estimate', () => {
    expect(disagreement(ablation, effectOf('response_surface.gaussian_process', 0.6, 0.2, 1))).toEqual([]);
  });

  it('are not compared where one has no interval', () => {
    expect(disagreement(ablation, { ...ablation, interval: null })).toEqual([]);
  });
});
