import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findExperiments } from '../index.ts';
import type { FoundExperiment, Run } from '../index.ts';
import { cleanAblation, FACTS } from '../controls/clean-experiment.fixture.ts';

/** The one experiment that is found among runs whose assignment is not recorded. */
function onlyOf(runs: readonly Run[]): FoundExperiment {
  const { found } = findExperiments(
    runs.map(({ arm: _arm, scores: _scores, ...run }) => ({ ...run, hasStart: true, isScored: true })),
  );
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('members of a configuration without a value', () => {
  const spelling = fc.constantFrom('null', 'None', '', ' ', '[]', '{}');
  const eight = { minLength: 8, maxLength: 8 };
  const withEach = (field: string, values: readonly (string | undefined)[]) =>
    cleanAblation().runs.map((run, index) => {
      const facts = new Map(FACTS);
      const value = values[index];
      if (value === undefined) facts.delete(field);
      else facts.set(field, value);
      return { ...run, facts };
    });

  it('agree however they are written, and not with a run that lacks them', () => {
    fc.assert(
      fc.property(fc.array(spelling, eight), fc.nat({ max: 7 }), (spelt, at) => {
        expect(onlyOf(withEach('config.grad_clip', spelt)).armOf.size).toBe(8);
        const without = spelt.map((value, index) => (index === at ? undefined : value));
        const { armOf } = onlyOf(withEach('config.grad_clip', without));
        expect(armOf.has(cleanAblation().runs[at]!.runId)).toBe(false);
        expect(armOf.size).toBe(7);
      }),
      { numRuns: 30 },
    );
  });

  it('set no run apart where they are seeds or weights, which may differ', () => {
    fc.assert(
      fc.property(spelling, fc.constantFrom('config.seed', 'config.weights'), (nothing, field) => {
        const values = cleanAblation().runs.map((_, index) => (index === 0 ? nothing : `${index}`));
        expect(onlyOf(withEach(field, values)).armOf.size).toBe(8);
      }),
      { numRuns: 20 },
    );
  });

  it('are never both agreed and not recorded', () => {
    const required = {
      'config.learning_rate': 'learning rate',
      'config.batch_size': 'batch',
      'config.precision': 'precision',
      'config.schedule': 'schedule',
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.entries(required)),
        fc.array(spelling, eight),
        ([field, name], of) => {
          const { why } = onlyOf(withEach(field, of));
          expect(why.notRecorded).toEqual([name]);
          expect(why.agree.map((one) => one.field)).not.toContain(field);
        },
      ),
      { numRuns: 20 },
    );
    const { why } = onlyOf(
      withEach(
        'config.grad_clip',
        Array.from({ length: 8 }, () => 'None'),
      ),
    );
    expect(why.agree).toContainEqual({ field: 'config.grad_clip', value: 'null' });
  });
});

describe('weights in a configuration', () => {
  it('set no run apart: of slices, with what is below them, those of zero, and those by other names', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('config.mixture', 'config.data.weights'),
        fc.constantFrom('', '.weight', '.tokens'),
        fc.boolean(),
        (holder, member, hasTemperature) => {
          const runs = cleanAblation().runs.map((run) => {
            const weights = Object.entries(run.shares).map(
              ([slice, share]) => [`${holder}.${slice}${member}`, `${share}`] as const,
            );
            const temperature = hasTemperature ? [[`${holder}.temperature`, '0.7'] as const] : [];
            const shares = Object.fromEntries(Object.entries(run.shares).filter(([, share]) => share > 0));
            return { ...run, shares, facts: new Map([...FACTS, ...weights, ...temperature]) };
          });
          expect(onlyOf(runs).armOf.size).toBe(8);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('set runs apart that differ in how they are drawn', () => {
    const runs = cleanAblation().runs.map((run, index) => ({
      ...run,
      facts: new Map([
        ...FACTS,
        ['config.mixture.code', `${run.shares['code']}`],
        ['config.mixture.temperature', index === 0 ? '0.7' : '1'],
      ]),
    }));
    expect(onlyOf(runs).armOf.size).toBe(7);
  });
});
