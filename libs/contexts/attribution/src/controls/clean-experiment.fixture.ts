import { createHash } from 'node:crypto';
import type { Arm, Experiment, Run } from '../index.ts';
import { random } from '../numerics/random.ts';

/** Everything that a careful trainer records of a run, equal in all runs. */
export const FACTS: ReadonlyMap<string, string> = new Map([
  ['model', 'lm'],
  ['parameters', '1000000'],
  ['architecture', 'decoder-only, 2 layers'],
  ['tokenizer', 'bpe-32k'],
  ['parent checkpoint', 'base@1000'],
  ['forked from', 'base'],
  ['forked at step', '1000'],
  ['code.repository', 'https://example.org/trainer'],
  ['code.revision', '4f2a'],
  ['code.digest', 'aa11'],
  ['snapshot', 'corpus@1'],
  ['shards', 'recorded'],
  ['hardware', '8 accelerators'],
  ['token budget', '1000000000'],
  ['config.model.name', 'lm-small'],
  ['config.hidden_size', '256'],
  ['config.layers', '2'],
  ['config.mixture_of_experts', 'false'],
  ['config.hybrid', 'false'],
  ['config.tokenizer_name', 'bpe-32k'],
  ['config.tokenizer_path', '/tokenizers/bpe'],
  ['config.load_path', '/checkpoints/base'],
  ['config.precision', 'bf16'],
  ['config.batch_size', '512'],
  ['config.micro_batch', '8'],
  ['config.context', '2048'],
  ['config.max_steps', '1000'],
  ['config.learning_rate', '0.001'],
  ['config.warmup', '100'],
  ['config.schedule', 'cosine'],
  ['config.optimiser.name', 'AdamW'],
  ['config.optimiser.beta2', '0.95'],
  ['config.weight_decay', '0.1'],
  ['config.clip', '1'],
  ['config.dropout', '0'],
  ['config.valid', 'held-out'],
  ['config.dedup_id', 'minhash-1'],
  ['config.filter.path', '/filters/quality'],
  ['config.weights.pretrained', 'none'],
  ['config.sequence_packing', 'true'],
]);

const SEED = '20261128';
const MIXTURES = {
  full: { code: 0.2, code_nl: 0.1, web: 0.7 },
  wo_code: { code: 0, code_nl: 0.125, web: 0.875 },
};

/** Seeds of their own for both arms, dealt by the recorded randomisation. */
function dealt(): { readonly arm: 'full' | 'wo_code'; readonly seed: number }[] {
  const rank = (seed: number) => createHash('sha256').update(`${SEED}\n${seed}`).digest('hex');
  const seeds = Array.from({ length: 8 }, (_, index) => index + 1).toSorted((left, right) =>
    rank(left) < rank(right) ? -1 : 1,
  );
  return seeds.map((seed, index) => ({ arm: index % 2 === 0 ? 'full' : 'wo_code', seed }));
}

function aRun(arm: string, seed: number, shares: Run['shares']): Run {
  const noise = [0.004, -0.003, 0.001, -0.002][seed % 4]! + seed / 1e5;
  const score = {
    value: 0.3 + 0.5 * (shares['code'] ?? 0) + noise,
    unit: 'accuracy',
    higherIsBetter: true,
    comparability: 'acc harness 5-shot',
    step: 1000,
    tokens: 1e9,
  };
  return {
    runId: `${arm}-run-${seed}`,
    arm,
    mixtureId: `mixture-${arm}`,
    seed,
    status: 'completed',
    shares,
    total: 1e9,
    reportedTotal: 1e9,
    unit: 'token',
    method: 'measured',
    lastStep: 1000,
    facts: FACTS,
    scores: { programming: score },
    evidence: [`${arm}-${seed}`],
  };
}

const anArm = (arm: string, design: Arm['design'], planned: Arm['planned']): Arm => ({
  arm,
  mixtureId: `mixture-${arm}`,
  design,
  assignment: 'randomised',
  randomisationSeed: SEED,
  randomisationMethod: design === 'swarm' ? 'Dirichlet' : 'sha256-rank',
  control: arm === 'full',
  role: 'train',
  planned,
});

/** Two arms of four runs whose seeds were assigned at random; the assignment can be computed again. */
export const cleanAblation = (): Experiment => ({
  name: 'clean',
  arms: (['full', 'wo_code'] as const).map((arm) => anArm(arm, 'controlled_ablation', MIXTURES[arm])),
  runs: dealt().map(({ arm, seed }) => aRun(arm, seed, MIXTURES[arm])),
});

/** So many random mixtures of three slices, one run each. */
export function cleanSwarm(mixtures = 40): Experiment {
  const generator = random(5);
  const runs = Array.from({ length: mixtures }, (_, index) => {
    const weights = [0, 1, 2].map(() => -Math.log(1 - generator.uniform()));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const [code = 0, prose = 0, web = 0] = weights.map((weight) => weight / total);
    return aRun(`sw-${String(index).padStart(2, '0')}`, index + 1, { code, code_nl: prose, web });
  });
  return { name: 'clean-swarm', arms: runs.map(({ arm, shares }) => anArm(arm, 'swarm', shares)), runs };
}
