import type { Effect } from '@tributary/attribution';
import type { Fact, FactCatalogue } from '@tributary/contracts';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { effectOfCode } from './asked-effect.fixture.ts';
import { experimentFacts, recorded, storeOf } from './experiment-facts.fixture.ts';

const [LESS, MORE] = [
  { code: 25, text: 75 },
  { code: 50, text: 50 },
];

/** The run of each experiment that is restarted. */
const restarted = (experiment: string) => `${experiment}-more-s1`;

const saved = (runId: string, attempt: number, step: number, checkpointId: string) =>
  recorded('training.checkpoint.saved', { runId, attempt, step, checkpointId });

/** A second attempt of a run that goes on from step 50 of the first and ends at step 100. */
const secondAttempt = (runId: string, started: FactCatalogue['training.run.started']) => [
  recorded('training.run.started', { ...started, attempt: 2, resumedFrom: { attempt: 1, step: 50 } }),
  recorded('training.exposure.recorded', {
    runId,
    attempt: 2,
    firstStep: 51,
    lastStep: 100,
    unit: 'token',
    method: 'measured',
    amounts: [
      { slice: 'code', amount: 3000 },
      { slice: 'text', amount: 3000 },
    ],
  }),
  recorded('training.run.ended', { runId, attempt: 2, status: 'completed', lastStep: 100 }),
];

type Named = { readonly checkpointId?: string; readonly step?: number };

/** An experiment in which the first attempt of one run was scored, by what that score names of the state. */
function scoredBefore(experiment: string, named: Named, after: readonly Fact[] = []): Fact[] {
  const runId = restarted(experiment);
  const facts = experimentFacts(experiment, [
    { arm: 'more', shares: MORE, scores: [0.2, 4.1, 4.2] },
    { arm: 'less', shares: LESS, scores: [4.6, 4.7, 4.8] },
  ]).flatMap((fact): Fact[] => {
    if (fact.type !== 'evaluation.score.recorded' || fact.data.runId !== runId) return [fact];
    const { step: _, ...data } = fact.data;
    return [saved(runId, 1, 100, 'last'), recorded('evaluation.score.recorded', { ...data, ...named })];
  });
  const starts = facts.flatMap(({ type, data }) =>
    type === 'training.run.started' && data.runId === runId ? [data] : [],
  );
  return [...facts, ...starts.flatMap((start) => secondAttempt(runId, start)), ...after];
}

const scoreAgain = (runId: string, named: Named, value: number) =>
  recorded('evaluation.score.recorded', {
    runId,
    ...named,
    capability: 'reasoning',
    benchmark: 'held-out',
    metric: 'bits',
    harness: { name: 'lab', version: '1' },
    value,
    unit: 'bits',
    higherIsBetter: false,
    method: 'measured',
  });

const FACTS = [
  ...scoredBefore('named', { checkpointId: 'last', step: 100 }),
  ...scoredBefore('stepless', { checkpointId: 'last' }),
  ...scoredBefore('step', { step: 100 }),
  ...scoredBefore('elsewhere', { checkpointId: 'published', step: 100 }),
  ...scoredBefore('reused', { checkpointId: 'last', step: 100 }, [
    saved(restarted('reused'), 2, 100, 'last'),
  ]),
  ...scoredBefore('saved-again', { step: 100 }, [saved(restarted('saved-again'), 2, 100, 'new')]),
  ...scoredBefore('scored-again', { checkpointId: 'last', step: 100 }, [
    saved(restarted('scored-again'), 2, 100, 'new'),
    scoreAgain(restarted('scored-again'), { checkpointId: 'new', step: 100 }, 4),
  ]),
  ...scoredBefore('unsaved', { step: 99 }),
];

let store: TestStore;
beforeAll(async () => {
  store = await storeOf(FACTS);
});
afterAll(() => store.remove());

const effectOf = (experiment: string) => effectOfCode(store, FACTS.length, { experiment });

const codesOf = ({ warnings }: Effect) => warnings.map(({ code }) => code);

describe('the score of a checkpoint whose steps a later attempt supersedes', () => {
  it.each(['named', 'stepless', 'step', 'elsewhere', 'reused'])(
    'is left out, and named with its run, step and attempt: %s',
    async (experiment) => {
      const effect = await effectOf(experiment);
      expect(effect.warnings).toContainEqual({
        code: 'superseded_scores',
        text: `Scores of reasoning are left out, because later attempts supersede the steps of their checkpoints: ${restarted(experiment)} at step 100 of attempt 1.`,
      });
      expect(codesOf(effect)).toContain('scores_missing');
      expect(effect).toMatchObject({ n: { runs: 5 } });
    },
  );

  it.each([
    ['was saved by the attempt that counts too', 'saved-again', 6],
    ['was saved by none', 'unsaved', 0],
  ])('counts where it names a step that %s', async (_what, experiment, runs) => {
    const effect = await effectOf(experiment);
    expect(codesOf(effect)).not.toContain('superseded_scores');
    expect(effect).toMatchObject({ n: { runs } });
  });

  it('makes room for one of the checkpoint that counts', async () => {
    const effect = await effectOf('scored-again');
    expect(effect.effect).toBeCloseTo(4.1 - 4.7, 9);
    expect(effect).toMatchObject({ n: { runs: 6 } });
  });
});
