import { getNamedType, isEnumType, isNonNullType } from 'graphql';
import type { GraphQLArgument, GraphQLField } from 'graphql';
import { readSchema, selectionOf } from '../schema.fixture.ts';
import { NAMES, pick } from './facts-of-every-type.fixture.ts';
import type { Random } from './facts-of-every-type.fixture.ts';

export type Question = { readonly field: string; readonly text: string; readonly variables: object };

/** How far behind the end of the log the tables are is no part of an answer as of a position. */
const WITHOUT = /^lag$/;

const of = (name: string): readonly string[] => NAMES[name] ?? [];

const NODES = [
  ...of('runId').map((id) => `run:${id}`),
  ...of('checkpointId').map((id) => `checkpoint:${id}`),
  ...of('shardId').map((id) => `shard:${id}`),
  ...of('snapshotId').map((id) => `snapshot:${id}`),
  ...of('mixtureId').map((id) => `mixture:${id}`),
  ...of('slice').map((id) => `slice:${id}`),
  'experiment:e1',
  'question:q1',
  'pipeline:p1',
];

const shares = of('slice').map((slice, _, { length }) => ({ slice, share: 1 / length }));

/** What is given to arguments, by field and argument, or by argument alone. */
const GIVEN: Readonly<Record<string, readonly unknown[]>> = {
  'run.id': of('runId'),
  'trackedRun.id': of('runId'),
  'mixture.id': of('mixtureId'),
  'pipeline.id': of('pipelineId'),
  'entity.id': NODES,
  'lineageNode.id': NODES,
  'retractionImpact.id': [...of('shardId'), ...of('snapshotId')],
  'normaliser.id': ['quality-2026'],
  'openLineageRun.id': ['41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7'],
  'answer.id': ['0000'],
  import: ['second', '6f1f5c1e-94d5-4f0e-9f0a-2a54c0ffee01'],
  run: of('runId'),
  otherRun: of('runId'),
  runs: [['r1', 'r2'], ['r3']],
  prefix: ['r', 'r1'],
  checkpoint: of('checkpointId'),
  otherCheckpoint: of('checkpointId'),
  experiment: of('experimentId'),
  mixture: of('mixtureId'),
  shard: of('shardId'),
  address: of('address'),
  snapshot: of('snapshotId'),
  slice: of('slice'),
  slices: [['code'], [...of('slice')]],
  capability: of('capability'),
  capabilities: [['code'], ['code', 'math']],
  benchmark: of('benchmark'),
  attribute: of('attribute'),
  ref: of('shardId'),
  family: of('familyId'),
  question: of('questionId'),
  node: NODES,
  from: NODES,
  to: NODES,
  neighbour: NODES,
  contains: ['r', '1'],
  text: ['r', 'web', 'm1'],
  key: ['loss', 'gpu'],
  'curve.metric': ['loss', 'gradNorm', 'gpu', 'none'],
  'curve.fromStep': [10],
  'curve.toStep': [90],
  'metricHistory.fromStep': [2],
  'metrics.attempt': [1],
  displacement: ['proportional', 'swap:math/plain', 'added_budget'],
  mixtures: [[{ key: 'k', shares }]],
  'decisionAccuracy.small': [{ parameters: 1000 }, { parameters: 1000, tokens: 12_000 }],
  'decisionAccuracy.target': [{ parameters: 8000 }],
  tokens: [1000],
  steps: [100],
  'batch.step': [100, 30, 80],
  'batch.attempt': [1],
  windows: [3],
  every: [20],
  effect: [0.1],
};

/** Every query that takes a position, with random arguments: as many questions to each as `each` says. */
export function everyQuestion(random: Random, each: number): Question[] {
  const fields = Object.values(readSchema().getQueryType()?.getFields() ?? {});
  return fields
    .filter(({ args }) => args.some(({ name }) => name === 'asOf'))
    .flatMap((field) => Array.from({ length: each }, () => questionTo(field, random)));
}

function questionTo(field: GraphQLField<unknown, unknown>, random: Random): Question {
  const passed = field.args.flatMap((arg) => {
    const values = valuesOf(field.name, arg);
    const isGiven = values.length > 0 && (isNonNullType(arg.type) || random() < 0.4);
    return isGiven ? [{ arg, value: pick(values, random) }] : [];
  });
  const declared = passed.map(({ arg }) => `, $${arg.name}: ${String(arg.type)}`).join('');
  const given = passed.map(({ arg }) => `${arg.name}: $${arg.name}, `).join('');
  const selected = selectionOf(getNamedType(field.type), { without: WITHOUT, depth: 5 });
  return {
    field: field.name,
    text: `query ($asOf: Position${declared}) { answer: ${field.name}(${given}asOf: $asOf) { ${selected} } }`,
    variables: Object.fromEntries(passed.map(({ arg, value }) => [arg.name, value])),
  };
}

function valuesOf(field: string, { name, type }: GraphQLArgument): readonly unknown[] {
  const known = GIVEN[`${field}.${name}`] ?? GIVEN[name];
  if (known) return known;
  const named = getNamedType(type);
  if (!isEnumType(named)) return [];
  const values = named.getValues().map((value) => value.name);
  return String(type).startsWith('[') ? values.map((value) => [value]) : values;
}
