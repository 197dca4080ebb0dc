import fc from 'fast-check';
import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

/** Ids that a query must not read as patterns, quotes, separators or parts of each other. */
const RUNS = ['r1', 'R1', 'r1-long', '100%_done', `O'Neil"s \\run`, 'ünï cödé', 'a:b/c@d'];
const EXPERIMENTS = ['lab', 'lab%', 'r1'];
const MIXTURES = ['full', 'wo_code', 'r1'];
const SHARDS = ['web/0', 'web/1', 'Web/1'];
const MODELS = ['olmo', 'olmo-1b'];

type Data = Readonly<Record<string, unknown>>;

/** A fact, and what its event says besides: some were read from a file. */
type Made = readonly [type: string, data: Data, more?: object];
const origin = fc.constantFrom({}, { importedsha256: 'a'.repeat(64), importedpointer: '' });

const planned = fc
  .record({
    runId: fc.constantFrom(...RUNS),
    mixtureId: fc.option(fc.constantFrom(...MIXTURES), { nil: undefined }),
    model: fc.constantFrom(...MODELS).map((name) => ({ name })),
  })
  .map((data): Made => ['training.run.planned', { ...data, config: { lr: 3e-4 }, seeds: {} }]);

const started = fc
  .record({
    runId: fc.constantFrom(...RUNS),
    attempt: fc.constantFrom(1, 2),
    experimentId: fc.option(fc.constantFrom(...EXPERIMENTS), { nil: undefined }),
    mixtureId: fc.option(fc.constantFrom(...MIXTURES), { nil: undefined }),
    name: fc.option(fc.constantFrom('Calm Delta', 'r1', '%'), { nil: undefined }),
    model: fc.constantFrom(...MODELS).map((name) => ({ name })),
  })
  .chain((data) =>
    origin.map((more): Made => ['training.run.started', { ...data, config: { lr: 3e-4 }, seeds: {} }, more]),
  );

const ended = fc
  .record({
    runId: fc.constantFrom(...RUNS),
    attempt: fc.constantFrom(1, 2),
    status: fc.constantFrom('completed', 'failed', 'stopped'),
    lastStep: fc.constant(7),
  })
  .map((data): Made => ['training.run.ended', data]);

const steps = fc
  .record({ runId: fc.constantFrom(...RUNS), attempt: fc.constantFrom(1, 2) })
  .map((data): Made => ['training.steps.recorded', { ...data, steps: [1], columns: { loss: [2] } }]);

const saved = fc
  .record({ runId: fc.constantFrom(...RUNS), step: fc.constantFrom(10, 20) })
  .map(({ runId, step }): Made => [
    'training.checkpoint.saved',
    { runId, attempt: 1, step, checkpointId: `${runId}@${step}`, uri: `s3://bucket/${runId}/${step}` },
  ]);

const scored = fc
  .record({ runId: fc.constantFrom(...RUNS), benchmark: fc.constantFrom('mmlu', 'gsm8k') })
  .map(({ runId, benchmark }): Made => [
    'evaluation.score.recorded',
    {
      runId,
      step: 10,
      capability: 'all',
      benchmark,
      metric: 'acc',
      value: 0.5,
      unit: 'share',
      harness: { name: 'h', version: '1' },
      higherIsBetter: true,
      method: 'measured',
    },
  ]);

const registered = fc
  .record({ shardId: fc.constantFrom(...SHARDS), slice: fc.constantFrom('web', 'web/news') })
  .map(({ shardId, slice }): Made => [
    'corpus.shard.registered',
    {
      shardId,
      slice,
      uri: `file:///data/${shardId}.jsonl`,
      split: 'train',
      licence: 'CC0-1.0',
      origin: { registry: 'npm', package: 'vue', version: shardId.length > 5 ? '2' : '3' },
    },
  ]);

const decided = fc
  .record({ mixtureId: fc.constantFrom(...MIXTURES), decidedBy: fc.constantFrom('eva', 'bob') })
  .map(({ mixtureId, decidedBy }): Made => [
    'mixture.plan.decided',
    {
      mixtureId,
      decidedBy,
      unit: 'token_share',
      rationale: `because of ${mixtureId}`,
      phases: [{ name: 'all', fromStep: 0, weights: [{ slice: 'web', weight: 1 }] }],
    },
  ]);

const completed = fc
  .record({ pipelineId: fc.constantFrom('crawl', 'crawl-2'), stepId: fc.constantFrom('dedup', 'tokenize') })
  .map(({ pipelineId, stepId }): Made => [
    'corpus.step.completed',
    {
      pipelineId,
      stepId,
      name: `${stepId} all`,
      kind: 'other',
      inputs: ['shard:web/0'],
      outputs: ['s3://out'],
    },
  ]);

const projects = fc
  .constantFrom('p1', 'p2')
  .map((projectId): Made => ['training.project.registered', { projectId, name: `Project ${projectId}` }]);

/** Facts in the order of a log. Some correct an earlier one of the same run. */
export const aHistory: fc.Arbitrary<readonly SentEvent[]> = fc
  .array(fc.oneof(planned, started, ended, steps, saved, scored, registered, decided, completed, projects), {
    minLength: 30,
    maxLength: 60,
  })
  .map((facts) => facts.map(([type, data, more = {}]) => ({ ...fact(type, data), ...more })))
  .chain((facts) =>
    fc.array(fc.nat(), { minLength: 5, maxLength: 5 }).map((picks) => withCorrections(facts, picks)),
  );

/** After every tenth fact the newest end or start of a run is recorded again, as one of another attempt. */
function withCorrections(facts: readonly SentEvent[], picks: readonly number[]): readonly SentEvent[] {
  const all: SentEvent[] = [];
  const corrected = new Set<string>();
  for (const [index, event] of facts.entries()) {
    all.push(event);
    const open = all.filter(
      ({ id, type }) => /^training\.run\.(started|ended)$/.test(type) && !corrected.has(id),
    );
    const target =
      index % 10 === 9 ? open[(picks[index / 10 - 0.9] ?? 0) % Math.max(1, open.length)] : undefined;
    if (target === undefined) continue;
    corrected.add(target.id);
    const { attempt } = Object(target['data']);
    const data = { ...Object(target['data']), attempt: 3 - attempt, experimentId: undefined };
    const why = { corrects: target.id, correctionreason: 'wrong', actor: 'somebody' };
    all.push({ ...fact(target.type, data), ...why });
  }
  return all;
}

/** The facts up to a position that count: of a record and its corrections the last one. */
export function counting(history: readonly SentEvent[], position: number): readonly SentEvent[] {
  const known = history.slice(0, position);
  const replaced = new Set(known.map((event) => event['corrects']));
  return known.filter(({ id }) => !replaced.has(id));
}

/** What a fact names, as `kind:id`. */
export function namedIn({ type, data }: SentEvent): string[] {
  const value: Record<string, string> = Object(data);
  const { runId, checkpointId, mixtureId, experimentId, shardId, slice = '', pipelineId } = value;
  const optional = (kind: string, id: string | undefined): string[] =>
    id === undefined ? [] : [`${kind}:${id}`];
  switch (type) {
    case 'corpus.shard.registered': {
      const { registry, package: name, version } = Object(value['origin']);
      const outer = slice.split('/').map((_, index, parts) => `slice:${parts.slice(0, index + 1).join('/')}`);
      return [`shard:${shardId}`, `source:${registry}/${name}@${version}`, ...outer];
    }
    case 'mixture.plan.decided':
      return [`mixture:${mixtureId}`, `actor:${value['decidedBy']}`];
    case 'corpus.step.completed':
      return [
        `pipeline:${pipelineId}`,
        `step:${pipelineId}/${value['stepId']}`,
        'shard:web/0',
        'uri:s3://out',
      ];
    case 'training.project.registered':
      return [`project:${value['projectId']}`];
    case 'evaluation.score.recorded':
      return [`run:${runId}`, `score:${runId}/${value['benchmark']}/acc/10`];
    default:
      return [
        `run:${runId}`,
        ...optional('checkpoint', checkpointId),
        ...optional('mixture', mixtureId),
        ...optional('experiment', experimentId),
      ];
  }
}
