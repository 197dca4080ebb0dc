import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asExperiment, attribute, findExperiments, refused } from '../index.ts';
import type { Effect, Experiment, FoundExperiment, Question, RecordedRun, Run } from '../index.ts';
import { cleanAblation, cleanSwarm, FACTS } from '../controls/clean-experiment.fixture.ts';
import { isStronger } from '../controls/identification.ts';
import { factsToAgree } from './recorded-run.ts';

const recorded = ({ arm: _arm, scores, ...run }: Run): RecordedRun => ({
  ...run,
  hasStart: true,
  isScored: Object.keys(scores).length > 0,
});

const foundIn = (runs: readonly Run[]) => findExperiments(runs.map(recorded));
const onlyOf = (runs: readonly Run[]): FoundExperiment => {
  const { found } = foundIn(runs);
  expect(found).toHaveLength(1);
  return found[0]!;
};

/** A run of the clean ablation under another id, with other facts and shares. */
const aRun = (runId: string, seed: number, shares: Run['shares'], facts: Run['facts'] = FACTS): Run => ({
  ...cleanAblation().runs[0]!,
  runId,
  mixtureId: '',
  seed,
  shares,
  facts,
});

const MIXTURES: readonly Run['shares'][] = [
  { code: 0.2, web: 0.8 },
  { code: 0, web: 1 },
  { code: 0.2, math: 0.1, web: 0.7 },
  { code: 0.4, math: 0.1, web: 0.5 },
];

/** Histories of a few models: mixtures that several runs share, and runs that lack something. */
const history = fc
  .array(
    fc.record({
      mixture: fc.nat({ max: MIXTURES.length - 1 }),
      hardware: fc.constantFrom('a', 'b', undefined),
      total: fc.constantFrom(1e9, 4e9),
      seed: fc.nat({ max: 3 }),
      status: fc.constantFrom('completed', 'completed', 'completed', 'failed'),
      isScored: fc.constantFrom(true, true, true, false),
    }),
    { maxLength: 24 },
  )
  .map((rows) =>
    rows.map(({ mixture, hardware, total, seed, status, isScored }, index) => {
      const facts = new Map(FACTS);
      if (hardware === undefined) facts.delete('hardware');
      else facts.set('hardware', hardware);
      const run = aRun(`run-${String(index).padStart(3, '0')}`, seed, MIXTURES[mixture]!, facts);
      return { ...recorded(run), total, status, isScored } as RecordedRun;
    }),
  );

describe('what is found among runs without an assignment', () => {
  it('does not depend on their order', () => {
    fc.assert(
      fc.property(
        history.chain((runs) =>
          fc.tuple(fc.constant(runs), fc.shuffledSubarray(runs, { minLength: runs.length })),
        ),
        ([runs, shuffled]) => {
          expect(findExperiments(shuffled)).toEqual(findExperiments(runs));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts every run once: in one arm of one experiment, or as left out for one reason', () => {
    fc.assert(
      fc.property(history, (runs) => {
        const { found, leftOut } = findExperiments(runs);
        const members = found.flatMap(({ armOf }) => [...armOf.keys()]);
        expect(new Set(members).size).toBe(members.length);
        expect(members.length + leftOut.reduce((sum, one) => sum + one.runs, 0)).toBe(runs.length);
      }),
      { numRuns: 60 },
    );
  });

  it('has the same names when runs are added', () => {
    fc.assert(
      fc.property(history, fc.nat(), (runs, at) => {
        const names = (of: readonly RecordedRun[]) => findExperiments(of).found.map(({ name }) => name);
        const earlier = names(runs.slice(0, at % (runs.length + 1)));
        expect(names(runs)).toEqual(expect.arrayContaining(earlier));
      }),
      { numRuns: 60 },
    );
  });

  it('holds no pair of equal shares, and no run that lacks a score or an end', () => {
    fc.assert(
      fc.property(history, (runs) => {
        const byId = new Map(runs.map((run) => [run.runId, run]));
        for (const { armOf, why } of findExperiments(runs).found) {
          for (const id of armOf.keys())
            expect(byId.get(id)).toMatchObject({ isScored: true, status: 'completed' });
          const sharesOf = (arm: string) =>
            [...armOf].flatMap(([id, of]) => (of === arm ? [byId.get(id)?.shares] : []));
          for (const { more, less } of why.pairs)
            expect(sharesOf(less)).not.toContainEqual(sharesOf(more)[0]);
        }
      }),
      { numRuns: 60 },
    );
    const same = Array.from({ length: 5 }, (_, index) =>
      aRun(`run-${index}`, index, { code: 0.2, web: 0.8 }),
    );
    expect(foundIn(same)).toMatchObject({ found: [], leftOut: [{ reason: 'one_mixture', runs: 5 }] });
  });

  it('has every usable run in a set of what differs, where not all agree', () => {
    const long = fc
      .array(history, { minLength: 3, maxLength: 3 })
      .map((parts) =>
        parts.flatMap((part, of) => part.map((run) => ({ ...run, runId: `${of}-${run.runId}` }))),
      );
    fc.assert(
      fc.property(long, (runs) => {
        const usable = runs.filter(({ status, isScored }) => status === 'completed' && isScored);
        const kinds = new Set(usable.map(({ facts, total }) => `${facts?.get('hardware')} ${total}`));
        const mixtures = new Set(usable.map(({ shares }) => JSON.stringify(shares)));
        const isSet = usable.length >= 12 && kinds.size > 1 && mixtures.size > 1;
        const { observed } = findExperiments(runs);
        expect(observed).toHaveLength(Number(isSet));
        if (!isSet) return;
        expect([...observed[0]!.armOf.keys()].toSorted()).toEqual(
          usable.map(({ runId }) => runId).toSorted(),
        );
        expect(observed[0]!.arms).toHaveLength(mixtures.size);
        expect(observed[0]!.name).toBe(findExperiments(runs.slice(1)).observed[0]?.name ?? observed[0]!.name);
      }),
      { numRuns: 60 },
    );
  });

  it('loses exactly the run in which one fact changes or is missing', () => {
    const { runs } = cleanAblation();
    const before = onlyOf(runs);
    const fields = factsToAgree(recorded(runs[0]!)).map(([field]) => field);
    expect(fields.length).toBeGreaterThan(35);
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        fc.nat({ max: runs.length - 1 }),
        fc.boolean(),
        (field, at, isMissing) => {
          const changed = runs.map((run, index) => {
            if (index !== at) return run;
            const facts = new Map(FACTS);
            if (isMissing) facts.delete(field);
            else facts.set(field, 'another');
            return { ...run, facts };
          });
          const after = onlyOf(changed);
          expect(after.name).toBe(before.name);
          expect([...before.armOf.keys()].filter((id) => !after.armOf.has(id))).toEqual([runs[at]!.runId]);
        },
      ),
      { numRuns: 80 },
    );
  });
});

function effectsOf(asked: Question, experiment: Experiment): readonly Effect[] {
  const answer = attribute(asked, experiment);
  if (refused(answer)) throw new Error(answer.text);
  return answer;
}

/** An ablation of one slice with arms of the given seeds, whose scores follow the share and the seed. */
const ablation = fc
  .record({
    dose: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
    gain: fc.double({ min: -1, max: 1, noNaN: true }),
  })
  .map(({ dose, gain }): Experiment => {
    const clean = cleanAblation();
    const runs = clean.runs.map((run) => {
      const code = run.arm === 'full' ? dose : 0;
      const shares = { code, code_nl: (1 - code) / 8, web: (7 * (1 - code)) / 8 };
      const score = run.scores['programming']!;
      return { ...run, shares, scores: { programming: { ...score, value: score.value + gain * code } } };
    });
    return { ...clean, arms: clean.arms.map((arm) => ({ ...arm, planned: undefined })), runs };
  });

describe('an ablation whose assignment is not recorded', () => {
  const asked = { capability: 'programming', slice: 'code', displacement: 'proportional' };
  const effectOf = (experiment: Experiment): Effect => effectsOf(asked, experiment)[0]!;

  it('has the same arms, the same effect and a weaker identification', () => {
    fc.assert(
      fc.property(ablation, (assigned) => {
        const found = onlyOf(assigned.runs);
        const arms = new Map(assigned.runs.map(({ runId, arm }) => [runId, `mixture-${arm}`]));
        expect(found.armOf).toEqual(arms);
        expect(found.why.pairs).toContainEqual(
          expect.objectContaining({ more: 'mixture-full', less: 'mixture-wo_code', slice: 'code' }),
        );
        const [before, after] = [effectOf(assigned), effectOf(asExperiment(found, assigned.runs))];
        expect(after.effect).toBe(before.effect);
        expect(after.interval).toEqual(before.interval);
        expect(isStronger(before.identification, after.identification)).toBe(true);
        expect(after.identification).toBe('controlled_ablation');
        expect(after.warnings).toContainEqual(expect.objectContaining({ code: 'found_by_comparison' }));
      }),
      { numRuns: 20 },
    );
  });

  it('is weaker still where its runs do not record what decides', () => {
    const facts = new Map([...FACTS].filter(([field]) => field !== 'hardware' && !field.startsWith('code.')));
    const runs = cleanAblation().runs.map((run) => ({ ...run, facts }));
    const found = onlyOf(runs);
    expect(found.why.notRecorded).toEqual(['code', 'hardware']);
    expect(effectOf(asExperiment(found, runs)).identification).toBe('observational_adjusted');
  });

  it('names the runs that agree and failed, in every answer', () => {
    const { runs } = cleanAblation();
    const failed = runs.map((run, index) => (index === 0 ? { ...run, status: 'failed' as const } : run));
    const found = onlyOf(failed);
    expect(found.why.leftOut).toMatchObject([{ reason: 'not_completed', runs: 1 }]);
    const { warnings } = effectOf(asExperiment(found, failed));
    const text = warnings.find(({ code }) => code === 'found_by_comparison')?.text;
    expect(text).toContain(`failed, stopped early, or without a recorded end: ${runs[0]?.runId}`);
  });

  it('is a design in blocks where its arms ran the same seeds', () => {
    const { runs } = cleanAblation();
    const next = { full: 0, wo_code: 0 };
    const blocked = runs.map((run) => ({ ...run, seed: (next[run.arm as keyof typeof next] += 1) }));
    const found = onlyOf(blocked);
    expect(found.why.pairs[0]?.sharedSeeds).toBe(4);
    expect(effectOf(asExperiment(found, blocked)).estimator.id).toBe('controlled_ablation.paired_t');
  });
});

describe('mixtures that were not run to be compared', () => {
  const { runs } = cleanSwarm();

  it('are an observational set where there are enough of them', () => {
    const found = onlyOf(runs);
    expect(new Set(found.arms.map(({ design }) => design))).toEqual(new Set(['observational']));
    expect(found.armOf.size).toBe(runs.length);
    expect(found.why.text).toContain('nobody assigned them');
  });

  it('give associations that say what supports them and what could explain them away', () => {
    const asked = { capability: 'programming', slice: 'code', displacement: 'proportional' };
    const [effect] = effectsOf(asked, asExperiment(onlyOf(runs), runs));
    expect(effect).toMatchObject({
      identification: 'observational_adjusted',
      interpretation: 'associated_with_better',
      warnings: expect.arrayContaining([
        expect.objectContaining({ code: 'not_randomised' }),
        expect.objectContaining({ code: 'overlap', text: expect.stringContaining('in 40 runs') }),
        expect.objectContaining({ code: 'sensitivity', text: expect.stringMatching(/of [1-9.]+.*E-value/) }),
      ]),
    });
    const assigned = effectsOf(asked, cleanSwarm())[0]?.warnings.map(({ code }) => code);
    expect(assigned).not.toContain('sensitivity');
  });

  it('stand beside the mixtures that were run several times and differ by one slice', () => {
    const { arms, armOf } = onlyOf([...runs, ...cleanAblation().runs]);
    const designOf = new Map(arms.map(({ arm, design }) => [arm, design]));
    for (const { runId } of runs) expect(designOf.get(armOf.get(runId) ?? '')).toBe('observational');
    expect(designOf.get('mixture-full')).toBe('controlled_ablation');
  });

  it('are left out where there are too few of them and no two differ by one slice', () => {
    expect(foundIn(runs.slice(0, 4))).toMatchObject({
      found: [],
      leftOut: [{ reason: 'no_contrast', runs: 4 }],
    });
  });

  it('are one mixture where their shares differ by less than the tolerance', () => {
    const near = Array.from({ length: 6 }, (_, index) => {
      const code = (index < 3 ? 0.2 : 0) + (index % 3) * 0.002;
      return aRun(`run-${index}`, index, { code, web: 1 - code });
    });
    const { armOf } = onlyOf(near);
    expect(Object.fromEntries(armOf)).toMatchObject({ 'run-1': 'run-0', 'run-2': 'run-0', 'run-5': 'run-3' });
  });
});

/** Reads of the members of a run, on average: to compare two runs is to read from both. */
function readsIn(runs: readonly RecordedRun[]): number {
  let reads = 0;
  const get = (run: RecordedRun, key: string | symbol): unknown => {
    reads += 1;
    return Reflect.get(run, key);
  };
  findExperiments(runs.map((run) => new Proxy(run, { get })));
  return reads / runs.length;
}

describe('the cost of a search', () => {
  const few = new Map([...FACTS].slice(0, 4));
  const many = (count: number, factsOf: (index: number) => Run['facts']) =>
    Array.from({ length: count }, (_, index) => {
      const code = ((index * 7919) % count) / count;
      return recorded(aRun(`run-${index}`, index, { code, web: 1 - code }, factsOf(index)));
    });

  it.each([
    ['in one group', () => few],
    ['in groups of one', (index: number) => new Map([...few, ['config.run', `number ${index}`]])],
  ])('is as many reads of each run, whether 1,000 or 10,000 runs are %s', (_where, factsOf) => {
    const [some, all] = [readsIn(many(1000, factsOf)), readsIn(many(10_000, factsOf))];
    expect(all).toBeLessThan(1.1 * some);
    expect(all).toBeLessThan(100);
  });
});
