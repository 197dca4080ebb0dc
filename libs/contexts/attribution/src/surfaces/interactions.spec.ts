import { describe, expect, it } from 'vitest';
import { interactions, lackOfFit } from './interactions.ts';
import { aSwarm } from './planted-surfaces.fixture.ts';

const linear = (x: Float64Array) => 0.5 * x[0]! + 0.2 * x[1]! + 0.9 * x[2]!;
const coupled = (x: Float64Array) => linear(x) - 1.5 * x[0]! * x[1]! + 2 * x[1]! * x[2]!;

const RISING = { higherIsBetter: true };

describe('interactions', () => {
  it('are found where planted, with their sign, and nowhere else', () => {
    const found = interactions(aSwarm(coupled, { mixtures: 100, noise: 0.02 }), RISING)!;
    const decided = found.filter(({ verdict }) => verdict !== 'inconclusive');
    expect(decided.map(({ pair, verdict }) => [...pair, verdict])).toEqual([
      ['a', 'b', 'competitive'],
      ['b', 'c', 'synergistic'],
    ]);
  });

  it('are named by the direction of the outcome: what raises a loss is competitive', () => {
    const found = interactions(aSwarm(coupled, { mixtures: 100, noise: 0.02 }), { higherIsBetter: false })!;
    const decided = found.filter(({ verdict }) => verdict !== 'inconclusive');
    expect(decided.map(({ pair, verdict }) => [...pair, verdict])).toEqual([
      ['a', 'b', 'synergistic'],
      ['b', 'c', 'competitive'],
    ]);
  });

  it('are between domains, not between the parts of one', () => {
    const swarm = {
      ...aSwarm(linear, { mixtures: 80 }),
      components: ['code', 'math/plain', 'math/scaffold', 'web'],
    };
    expect(interactions(swarm, RISING)!.map(({ pair }) => pair.join(' '))).toEqual([
      'code math',
      'code web',
      'math web',
    ]);
  });

  it('are not tested on fewer mixtures than the model has terms', () => {
    expect(interactions(aSwarm(coupled, { mixtures: 10 }), RISING)).toBeUndefined();
  });
});

describe('lack of fit', () => {
  it('rejects a plane whose residuals exceed the seed variance', () => {
    const swarm = aSwarm(coupled, { mixtures: 60, noise: 0.02 });
    expect(lackOfFit(swarm, 'linear')!.pValue).toBeLessThan(0.001);
    expect(lackOfFit(swarm, 'quadratic')!.pValue).toBeGreaterThan(0.05);
  });

  it('cannot be tested without repeated seeds', () => {
    expect(lackOfFit(aSwarm(coupled, { seeds: 1 }), 'linear')).toBeUndefined();
  });
});
