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

  it('ranks held-out mixtures and covers their losses at the nominal level', () => {
    const outcomes = ['pile_cc', 'hackernews'];
    const { outcomes: predicted } = predict(regmixExperiment(outcomes), heldOut);
    const scored = predicted.map(({ capability, rows }) => {
      const truth = heldOut.map(({ losses }) => losses[capability]!);
      const inside = rows.filter(({ low, high }, index) => low <= truth[index]! && truth[index]! <= high);
      return {
        capability,
        rank: spearman(
          rows.map((row) => row.mean),
          truth,
        ),
        inside: inside.length / rows.length,
      };
    });
    const rank = (outcome: string) => scored.find(({ capability }) => capability === outcome)!.rank;
    expect(rank('pile_cc')).toBeGreaterThanOrEqual(0.9945);
    expect(rank('hackernews')).toBeGreaterThanOrEqual(0.99);
    const covered = scored.reduce((sum, { inside }) => sum + inside, 0) / scored.length;
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });
});
