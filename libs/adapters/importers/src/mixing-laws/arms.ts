import { canonicalJson } from '@tributary/json';
import type { ListedRun } from './checkpoint-losses.ts';
import type { ImportRequest } from '../importer.ts';
import { limitedChunks } from '../facts/chunks.ts';
import { truncate, truncateName, sha256Of } from '../facts/text.ts';
import { addPlan } from '../facts/mixture-plan.ts';
import type { FactCollector } from '../facts/fact-collector.ts';

export type TableContext = {
  readonly path: string;
  readonly sha256: string;
  readonly experiment: string;
  readonly collector: FactCollector;
};

const ARMS_PER_FACT = 200;

/** Weights that were shortened for a directory name miss a sum of one by more than this. */
const ROUNDING = 1e-9;

export const runIdOf = ({ run }: ListedRun, { experiment }: TableContext): string =>
  truncateName(`${experiment}/${run}`, 256);

/** Adds a mixture and a run for each folder whose name has weights, and the experiment with these arms. */
export function addArms(runs: readonly ListedRun[], context: TableContext, request: ImportRequest): void {
  const experimentId = truncateName(context.experiment, 256);
  const arms = runs.flatMap((run) => {
    const mixtureId = run.weights.length > 0 ? planOf(run, context) : undefined;
    if (mixtureId === undefined) return [];
    const runId = runIdOf(run, context);
    const arm = truncateName(run.run, 256);
    context.collector.add(originOf(run, context), runId, {
      type: 'training.run.started',
      data: { runId, attempt: 1, experimentId, arm, mixtureId, model: modelOf(run), config: {}, seeds: {} },
    });
    return [{ arm, mixtureId, role: 'train' as const }];
  });
  const { assignment = 'unknown', randomisation } = request;
  for (const chunk of limitedChunks(arms, { items: ARMS_PER_FACT })) {
    const data = {
      experimentId,
      design: 'swarm' as const,
      assignment,
      ...(assignment === 'randomised' && randomisation && { randomisation }),
      arms: chunk,
    };
    const entity = sha256Of(canonicalJson(data));
    context.collector.add({ sha256: context.sha256, pointer: '' }, entity, {
      type: 'mixture.experiment.assigned',
      data,
    });
  }
  const example = `${context.path}: paths list weights by position and name no sources`;
  if (arms.length > 0) context.collector.findings.warn('sources_unnamed', example, arms.length);
}

const originOf = ({ rows: [first] }: ListedRun, { sha256 }: TableContext) => ({
  sha256,
  pointer: `line:${first?.line ?? 1}`,
});

function planOf(run: ListedRun, context: TableContext): string | undefined {
  const sum = run.weights.reduce((total, weight) => total + weight, 0);
  const whole = Math.abs(sum - 1) <= ROUNDING;
  if (!whole) {
    const example = `${run.run}: the weights sum to ${Number(sum.toPrecision(12))}; the name may be truncated`;
    context.collector.findings.warn('weights_lossy', example);
  }
  const weights = run.weights.map((weight, at) => ({ slice: `source-${at + 1}`, weight }));
  return addPlan(context.collector, originOf(run, context), {
    name: run.run,
    unit: whole ? 'token_share' : 'unnormalised',
    phases: [{ name: 'all', fromStep: 0, weights }],
    rationale: 'Imported from the path of a checkpoint, which does not say why it was decided.',
  });
}

function modelOf({ scale, run }: ListedRun) {
  if (scale === undefined) return { name: truncate(run, 256) };
  const unit = scale.toUpperCase().endsWith('B') ? 1e9 : 1e6;
  return { name: scale, parameters: Math.round(Number(scale.slice(0, -1)) * unit) };
}
