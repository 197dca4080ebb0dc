import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSwarm } from './planted-surfaces.fixture.ts';
import { spreadOut } from './spread-out-runs.ts';

const swarms = fc
  .record({
    mixtures: fc.integer({ min: 5, max: 60 }),
    seeds: fc.integer({ min: 1, max: 4 }),
    most: fc.integer({ min: 1, max: 120 }),
  })
  .map(({ most, ...planted }) => ({ most, swarm: aSwarm((shares) => shares[0]!, planted) }));

const rowsOf = ({ mixtures, values }: ReturnType<typeof aSwarm>) =>
  mixtures.map((mixture, row) => `${mixture} ${values[row]}`);

describe('the runs that a surface of many runs is fitted to', () => {
  it('are as many as allowed, each a run of the swarm, in its order', () => {
    fc.assert(
      fc.property(swarms, ({ swarm, most }) => {
        const all = rowsOf(swarm);
        const kept = rowsOf(spreadOut(swarm, most));
        expect(kept).toHaveLength(Math.min(most, all.length));
        const found = kept.map((row) => all.indexOf(row));
        expect(found).not.toContain(-1);
        expect(found).toEqual([...new Set(found)].toSorted((left, right) => left - right));
      }),
    );
  });

  it('take a second run of a mixture only when all mixtures have one', () => {
    fc.assert(
      fc.property(swarms, ({ swarm, most }) => {
        const mixtures = new Set(swarm.mixtures).size;
        const kept = spreadOut(swarm, most);
        expect(new Set(kept.mixtures).size).toBe(Math.min(most, mixtures));
      }),
    );
  });

  it('do not depend on the outcomes', () => {
    const swarm = aSwarm((shares) => shares[0]!, { mixtures: 40, seeds: 1 });
    const reversed = { ...swarm, values: swarm.values.toReversed() };
    expect(spreadOut(reversed, 12).mixtures).toEqual(spreadOut(swarm, 12).mixtures);
  });

  it('hold the mixtures at the edge of what was run', () => {
    const swarm = aSwarm((shares) => shares[0]!, { mixtures: 200, seeds: 1 });
    const most = (shares: readonly Float64Array[], slice: number) =>
      Math.max(...shares.map((row) => row[slice]!));
    const kept = spreadOut(swarm, 40);
    for (const slice of swarm.components.keys())
      expect(most(kept.shares, slice)).toBeGreaterThan(most(swarm.shares, slice) - 0.1);
  });
});
