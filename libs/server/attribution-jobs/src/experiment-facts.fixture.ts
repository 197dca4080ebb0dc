import type { Fact, FactCatalogue, FactType } from '@tributary/contracts';
import { evaluationProjection } from '@tributary/evaluation';
import { corpusProjection } from '@tributary/corpus';
import { aFact, openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { mixtureProjection } from '@tributary/mixture';
import { trackerProjection, trainingProjection } from '@tributary/training';

/** Tokens that every run consumes. */
const BUDGET = 12_000;

/** What decides of a training, as its configuration says it. */
const WHOLE_CONFIGURATION = {
  optimizer: 'AdamW',
  rate: 0.01,
  schedule: 'cosine',
  batch_size: 8,
  precision: 'float32',
  steps: 100,
  init_from: 'scratch',
};

let made = 0;

/** A fact under an id of its own. */
export function recorded<Type extends FactType>(type: Type, data: FactCatalogue[Type]): Fact<Type> {
  made += 1;
  return aFact(type, data, `fact-${made}`);
}

type Arm = {
  readonly arm: string;
  /** Parts of the budget that each slice has; they need not sum to one. */
  readonly shares: Readonly<Record<string, number>>;
  /** The score of each run. */
  readonly scores: readonly number[];
};

/** An experiment with its arms, and the runs, exposures and scores of each arm. The first arm of an ablation is the control. */
export function experimentFacts(
  experimentId: string,
  arms: readonly Arm[],
  design: 'controlled_ablation' | 'swarm' = 'controlled_ablation',
): Fact[] {
  const assigned = recorded('mixture.experiment.assigned', {
    experimentId,
    design,
    assignment: 'randomised',
    randomisation: { method: 'shuffled run order', seed: '7' },
    ...(design === 'controlled_ablation' && { control: arms[0]?.arm ?? '' }),
    arms: arms.map(({ arm }) => ({ arm, mixtureId: `${experimentId}-${arm}`, role: 'train' })),
  });
  const runs = arms.flatMap(({ arm, shares, scores }) =>
    scores.flatMap((value, index) => runFacts({ experimentId, arm, seed: index + 1 }, shares, value)),
  );
  return [assigned, ...runs];
}

type RunName = { readonly experimentId: string; readonly arm: string; readonly seed: number };

function runFacts({ experimentId, arm, seed }: RunName, shares: Arm['shares'], value: number): Fact[] {
  const runId = `${experimentId}-${arm}-s${seed}`;
  const total = Object.values(shares).reduce((sum, share) => sum + share, 0);
  return [
    recorded('training.run.started', {
      runId,
      attempt: 1,
      experimentId,
      arm,
      mixtureId: `${experimentId}-${arm}`,
      model: { name: 'lm', parameters: 1000, architecture: 'decoder' },
      tokenizer: 'byte',
      hardware: 'CPU',
      code: { revision: '1' },
      snapshotId: 'corpus@1',
      config: { ...WHOLE_CONFIGURATION, weights: shares },
      seeds: { init: seed },
    }),
    recorded('training.exposure.recorded', {
      runId,
      attempt: 1,
      firstStep: 1,
      lastStep: 100,
      unit: 'token',
      method: 'measured',
      amounts: Object.entries(shares).map(([slice, share]) => ({ slice, amount: (share / total) * BUDGET })),
    }),
    recorded('evaluation.score.recorded', {
      runId,
      step: 100,
      capability: 'reasoning',
      benchmark: 'held-out',
      metric: 'bits',
      harness: { name: 'lab', version: '1' },
      value,
      unit: 'bits',
      higherIsBetter: false,
      method: 'measured',
    }),
    recorded('training.run.ended', { runId, attempt: 1, status: 'completed', lastStep: 100 }),
  ];
}

/** A run without recorded exposure that names a dataset version. */
export function trainedOn(snapshotId: string, seed: number, value: number, rate = 0.01): Fact[] {
  const runId = `${snapshotId}-s${seed}`;
  return [
    recorded('training.run.started', {
      runId,
      attempt: 1,
      model: { name: 'published' },
      config: { rate, dataset_name: snapshotId },
      seeds: { init: seed },
      snapshotId,
      tokenBudget: 1000,
    }),
    recorded('evaluation.score.recorded', {
      runId,
      capability: 'reasoning',
      benchmark: 'published',
      metric: 'accuracy',
      harness: { name: 'published' },
      value,
      unit: 'accuracy',
      higherIsBetter: true,
      method: 'reported',
    }),
    recorded('training.run.ended', { runId, attempt: 1, status: 'completed' }),
  ];
}

/** Tables that hold the facts at positions 1, 2, 3… */
export async function storeOf(facts: readonly Fact[]): Promise<TestStore> {
  const store = await openTestStore();
  for (const projection of [
    corpusProjection,
    mixtureProjection,
    trainingProjection,
    trackerProjection,
    evaluationProjection,
  ])
    await project(store, projection, facts);
  return store;
}
