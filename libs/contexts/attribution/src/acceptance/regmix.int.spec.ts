import { beforeAll, describe, expect, it } from 'vitest';
import { sharesIn } from '../composition/composition.ts';
import { predict } from '../index.ts';
import type { Experiment } from '../index.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import { spearman } from '../numerics/moments.ts';
import { isShared, regmix, regmixExperiment } from './recorded-experiments.fixture.ts';
import { fitScheffe } from '../surfaces/scheffe.ts';
import { swarmOf } from '../swarm/swarm.ts';

/** Spearman of the linear Scheffé model on the 256 held-out mixtures, computed by a reference program. */
const SCHEFFE = {
  arxiv: 0.7381,
  freelaw: 0.7709,
  pubmed_central: 0.8291,
  wikipedia_en: 0.8781,
  dm_mathematics: 0.7633,
  github: 0.8354,
  stackexchange: 0.8177,
  gutenberg_pg_19: 0.8897,
  pile_cc: 0.9018,
  ubuntu_irc: 0.7629,
  hackernews: 0.8431,
  pubmed_abstracts: 0.9225,
  uspto_backgrounds: 0.8475,
};

describe.skipIf(!isShared('regmix'))('512 public training mixtures (needs shared data regmix)', () => {
  let experiment: Experiment;
  let heldOut: ReturnType<typeof regmix>;

  beforeAll(() => {
    experiment = regmixExperiment(Object.keys(SCHEFFE));
    heldOut = regmix('test');
  });

  it.each(Object.entries(SCHEFFE))(
    'reproduces the independently computed linear Scheffé rank correlation of %s',
    (outcome, expected) => {
      const { observations } = swarmOf(experiment, outcome)!;
      const { coefficients } = fitScheffe(observations, 'linear');
      const predicted = heldOut.map(({ shares }) => {
        const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
        return dotProduct(coefficients, sharesIn(observations.components, shares)) / total;
      });
      expect(
        spearman(
          predicted,
          heldOut.map(({ losses }) => losses[outcome]!),
        ),
      ).toBeCloseTo(expected, 3);
    },
  );

  it('ranks held-out mixtures and covers their losses at the nominal level (one outcome; the release part regmix has all)', () => {
    const { outcomes } = predict(regmixExperiment(['pile_cc']), heldOut);
    const rows = outcomes.find(({ capability }) => capability === 'pile_cc')!.rows;
    const truth = heldOut.map(({ losses }) => losses['pile_cc']!);
    const means = rows.map(({ mean }) => mean);
    expect(spearman(means, truth)).toBeGreaterThanOrEqual(0.9945);
    const inside = rows.filter(({ low, high }, index) => low <= truth[index]! && truth[index]! <= high);
    expect(inside.length / rows.length).toBeGreaterThan(0.93);
    expect(inside.length / rows.length).toBeLessThan(0.98);
  });
});
