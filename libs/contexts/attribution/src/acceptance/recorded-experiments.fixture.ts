import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arm, Experiment, Run, Score } from '../index.ts';

// oxlint-disable-next-line node/no-process-env -- the shared folder may lie elsewhere
const ROOT = process.env['TRIBUTARY_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../../shared/data');

export const isShared = (name: string) => existsSync(join(ROOT, name));

type Row = Readonly<Record<string, string>>;

function rowsOf(set: string, file: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(ROOT, set, file), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index]!, cell])));
}

const numbered = (row: Row, prefix: RegExp): Record<string, number> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => prefix.test(name))
      .map(([name, cell]) => [name.replace(prefix, '').replace('_val_loss', ''), Number(cell)]),
  );

const loss = (value: number): Score => ({ value, unit: 'nats', higherIsBetter: false });

/** 512 mixtures of 17 domains, one run each, or the 256 held-out ones. */
export function regmix(part: 'train' | 'test') {
  const losses = new Map(rowsOf('regmix', `${part}_pile_loss_1m.csv`).map((row) => [row['index'], row]));
  return rowsOf('regmix', `${part}_mixture_1m.csv`).map((row) => ({
    mixture: `${part}-${row['index']?.padStart(3, '0')}`,
    shares: numbered(row, /^train_the_pile_/),
    losses: numbered(losses.get(row['index']) ?? {}, /^metric\/the_pile_/),
  }));
}

export function regmixExperiment(outcomes: readonly string[], rows = regmix('train')): Experiment {
  const arm = (mixture: string): Arm => ({
    arm: mixture,
    mixtureId: mixture,
    design: 'swarm',
    assignment: 'randomised',
    randomisationSeed: 'published',
    control: false,
    role: 'train',
  });
  const run = ({ mixture, shares, losses }: (typeof rows)[number]): Run => ({
    runId: `run-${mixture}`,
    arm: mixture,
    mixtureId: mixture,
    status: 'completed',
    shares,
    total: 1e9,
    unit: 'token',
    method: 'reported',
    scores: Object.fromEntries(outcomes.map((outcome) => [outcome, loss(losses[outcome]!)])),
    evidence: [`${mixture}`],
  });
  return {
    name: 'regmix',
    arms: rows.map(({ mixture }) => arm(mixture)),
    runs: rows.map(run),
    proxy: { model: '1M', parameters: 1e6 },
  };
}

type Truth = { true_effects_vs_full: Record<string, Record<string, number>> };

export const syntheticTruth = (): Truth =>
  JSON.parse(readFileSync(join(ROOT, 'synthetic-truth', 'truth.json'), 'utf8'));

const DESIGNS = { ablation: 'controlled_ablation', swarm: 'swarm', observational: 'observational' } as const;

function syntheticArm(row: Row): Arm {
  const design = row['design'] === 'ablation' || row['design'] === 'swarm' ? row['design'] : 'observational';
  const assignment =
    design === 'swarm'
      ? ({ assignment: 'randomised', randomisationSeed: 260519762 } as const)
      : ({ assignment: 'manual' } as const);
  const arm = armName(row);
  return {
    arm,
    mixtureId: arm,
    design: DESIGNS[design],
    ...assignment,
    control: arm === 'full',
    role: 'train',
  };
}

const armName = (row: Row) =>
  row['design'] === 'swarm' ? row['run_id']!.replace(/-s\d+$/, '') : row['arm']!;

function syntheticShares(row: Row): Record<string, number> {
  const scaffold = Number(row['scaffold_fraction_within_math']);
  const { math, ...others } = numbered(row, /^(?=(web|code|code_nl|math|wikipedia|books|multilingual)$)/);
  return { ...others, 'math/plain': math! * (1 - scaffold), 'math/scaffold': math! * scaffold };
}

/** The planted outcomes depend on the mixture and the seed alone, as if everything else had been recorded and equal. */
const PLANTED: ReadonlyMap<string, string> = new Map(
  [
    'parameters',
    'architecture',
    'tokenizer',
    'code.revision',
    'hardware',
    'snapshot',
    'token budget',
    'config.optimizer',
    'config.lr',
    'config.schedule',
    'config.batch_size',
    'config.precision',
    'config.init_from',
  ].map((field) => [field, 'planted']),
);

/** The planted experiment: five ablation arms of five seeds, and a swarm of 128 mixtures with two seeds. */
export function syntheticExperiment(designs: readonly string[] = ['ablation', 'swarm']): Experiment {
  const scores = new Map<string, Record<string, Score>>();
  for (const row of rowsOf('synthetic-truth', 'outcomes.csv')) {
    const score = { value: Number(row['score']), unit: 'accuracy', higherIsBetter: true, step: 1 };
    scores.set(row['run_id']!, { ...scores.get(row['run_id']!), [row['capability']!]: score });
  }
  const rows = rowsOf('synthetic-truth', 'runs.csv').filter((row) => designs.includes(row['design']!));
  const arms = new Map(rows.map((row) => [armName(row), syntheticArm(row)]));
  const run = (row: Row): Run => ({
    runId: row['run_id']!,
    arm: armName(row),
    mixtureId: armName(row),
    seed: row['seed'],
    status: 'completed',
    shares: syntheticShares(row),
    total: Number(row['total_tokens']),
    unit: 'token',
    method: 'measured',
    facts: PLANTED,
    scores: scores.get(row['run_id']!) ?? {},
    evidence: [`position-of-${row['run_id']}`],
  });
  return { name: 'synthetic-truth', arms: [...arms.values()], runs: rows.map(run) };
}
