import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportedEvent } from './facts/imported-event.ts';

export const SAMPLES = join(import.meta.dirname, '../../../../examples/samples');

/** What facts hold, counted by what they say and not by their number. */
export type Counts = Readonly<Record<string, number>>;

/** What the recipes of the samples counted while they wrote them, by kind. `refused` records are named by the report. */
export const counted: Readonly<Record<string, Counts>> = JSON.parse(
  readFileSync(join(SAMPLES, 'counts.json'), 'utf8'),
);

/** The folder of a kind, where it is not named by it. */
const FOLDERS: Readonly<Record<string, string>> = { 'megatron-log': 'megatron' };

export const sampleOf = (kind: string): string => FOLDERS[kind] ?? kind;

type Fact = Pick<ImportedEvent, 'type' | 'data'>;

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

/** Numbers of the columns of steps, with those that are not finite. */
function valuesIn({ columns = {}, nonfinite = {} }: Readonly<Record<string, object | undefined>>): number {
  const finite = Object.values(columns).flatMap((column: unknown[]) => column.filter((one) => one !== null));
  return finite.length + Object.values(nonfinite).reduce((sum, list) => sum + lengthOf(list), 0);
}

const weightsIn = (phases: unknown): number =>
  (Array.isArray(phases) ? phases : []).reduce(
    (sum: number, { weights }: { weights?: unknown }) => sum + lengthOf(weights),
    0,
  );

const MEASURES: Readonly<Record<string, (type: string, data: Readonly<Record<string, never>>) => number>> = {
  steps: (type, data) => (type === 'training.steps.recorded' ? lengthOf(data['steps']) : 0),
  values: (type, data) => (type === 'training.steps.recorded' ? valuesIn(data) : 0),
  points: (type, data) => (type === 'training.metrics.recorded' ? lengthOf(data['steps']) : 0),
  runs: (type, data) => (type === 'training.run.started' && data['attempt'] === 1 ? 1 : 0),
  attempts: (type) => (type === 'training.run.started' ? 1 : 0),
  plans: (type) => (type === 'training.run.planned' ? 1 : 0),
  checkpoints: (type) => (type === 'training.checkpoint.saved' ? 1 : 0),
  exposures: (type) => (type === 'training.exposure.recorded' ? 1 : 0),
  scores: (type) => (type === 'evaluation.score.recorded' ? 1 : 0),
  items: (type, data) => (type === 'evaluation.items.recorded' ? lengthOf(data['itemIds']) : 0),
  mixtures: (type) => (type === 'mixture.plan.decided' ? 1 : 0),
  weights: (type, data) => (type === 'mixture.plan.decided' ? weightsIn(data['phases']) : 0),
  snapshots: (type) => (type === 'corpus.snapshot.registered' ? 1 : 0),
  shards: (type) => (type === 'corpus.shard.registered' ? 1 : 0),
  members: (type, data) => (type === 'corpus.members.listed' ? lengthOf(data['members']) : 0),
  pipelineSteps: (type) => (type === 'corpus.step.completed' ? 1 : 0),
  attributeValues: (type, data) => (type === 'corpus.attribute.measured' ? lengthOf(data['values']) : 0),
  routingLoads: (type) => (type === 'routing.load.observed' ? 1 : 0),
  lineageEvents: (type) => (type.startsWith('lineage.') ? 1 : 0),
};

/** All measures of facts that are not zero. Runs have as many attempts where those are not said. */
export function measured(facts: readonly Fact[]): Counts {
  const entries = Object.entries(MEASURES).map(
    ([name, measure]) =>
      [name, facts.reduce((sum, { type, data }) => sum + measure(type, Object(data)), 0)] as const,
  );
  const { runs, attempts, ...others } = Object.fromEntries(entries.filter(([, value]) => value > 0));
  return {
    ...others,
    ...(runs !== undefined && { runs }),
    ...(attempts !== undefined && attempts !== runs && { attempts }),
  };
}
