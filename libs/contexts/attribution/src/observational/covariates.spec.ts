import { describe, expect, it } from 'vitest';
import { cleanSwarm } from '../controls/clean-experiment.fixture.ts';
import { swarmOf } from '../swarm/swarm.ts';
import { covariatesOf } from './covariates.ts';

const { runs } = swarmOf(cleanSwarm(24), 'programming')!;
const covariatesWith = (field: string, valueOf: (run: number) => string | undefined) =>
  covariatesOf(
    runs.map((run, index) => {
      const value = valueOf(index);
      const facts = new Map([
        ...(run.facts ?? []),
        ...(value === undefined ? [] : [[field, value] as const]),
      ]);
      return { ...run, facts };
    }),
  );

describe('the covariates of runs', () => {
  it.each(['null', 'None', ''])('are no seed, where one run has none: %j', (nothing) => {
    expect(covariatesWith('config.seed', (run) => (run === 0 ? nothing : `${run}`))).toEqual([]);
  });

  it('are no spelling of no value', () => {
    expect(covariatesWith('config.grad_clip', (run) => ['null', 'None', '', '[]'][run % 4])).toEqual([]);
  });

  it('are numbers, with a level of their own for no value and for what is not recorded', () => {
    const clips = ['null', undefined, '1', '2', '1.5'];
    expect(covariatesWith('config.grad_clip', (run) => clips[run % clips.length])).toMatchObject([
      { field: 'config.grad_clip', countedAs: 'number', values: 4, columns: { length: 3 } },
    ]);
  });

  it('are no weights of slices, and are what stands beside them', () => {
    const ofSlice = covariatesWith('config.mixture.code.epochs', (run) => `${run}`);
    expect(ofSlice).toEqual([]);
    expect(covariatesWith('config.mixture.max_seq_len', (run) => `${1024 * (1 + (run % 2))}`)).toMatchObject([
      { field: 'config.mixture.max_seq_len' },
    ]);
  });
});
