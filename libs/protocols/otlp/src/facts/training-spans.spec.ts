import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attributes, Scalar } from '../decoding/attributes.ts';
import type { Span } from '../decoding/spans.ts';
import { factOf, spanOf } from '../otlp.fixture.ts';
import { stepEvents } from './step-events.ts';
import { trainingOf } from './training-spans.ts';

const RUN: Attributes = new Map([['slurm.job.id', 'r']]);
const TIME = 1_764_000_000_000_000;

const train = (...spans: Span[]) => trainingOf([{ resource: RUN, spans }]);
const stepOf = (iteration: number, columns: Record<string, Scalar> = { 'megatron.loss': 2 }) =>
  spanOf('megatron.train_step', { 'megatron.iteration': iteration, ...columns });
const stepsIn = (...spans: Span[]) => [...(train(...spans).runs[0]?.steps ?? [])];
const factsOf = (...spans: Span[]) => train(...spans).runs.flatMap(({ events }) => events.map(factOf));
const ofType = (facts: ReturnType<typeof factsOf>, type: string) =>
  facts.filter((fact) => fact.type === type);

describe('a step', () => {
  it('has our names for three columns and keeps the other names of the trainer', () => {
    const columns = {
      'megatron.loss': 2.5,
      'megatron.grad_norm': 1,
      'megatron.learning_rate': 0.1,
      'megatron.num_zeros': 7,
    };
    expect(stepsIn(stepOf(3, columns))).toEqual([
      [
        3,
        new Map([
          ['loss', 2.5],
          ['gradNorm', 1],
          ['learningRate', 0.1],
          ['num_zeros', 7],
        ]),
      ],
    ]);
  });

  it.each([
    ['text', 'megatron.note', 'warm'],
    ['a boolean', 'megatron.skipped', true],
    ['a number of another library', 'nccl.time', 7],
    ['a nested name', 'megatron.time.forward', 7],
    ['a name of 61 characters', `megatron.${'x'.repeat(61)}`, 7],
  ])('has no column for %s', (_what, key, value) => {
    expect(stepsIn(stepOf(1, { 'megatron.loss': 2, [key]: value }))).toEqual([[1, new Map([['loss', 2]])]]);
  });

  it('has a column for a name of 60 characters', () => {
    const name = 'x'.repeat(60);
    expect(stepsIn(stepOf(1, { [`megatron.${name}`]: 7 }))).toEqual([[1, new Map([[name, 7]])]]);
  });

  it.each([
    [64, 64],
    [65, 64],
  ])('with %i metrics has %i columns', (count, kept) => {
    const columns = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`megatron.m${index}`, index]),
    );
    expect(stepsIn(stepOf(1, columns))[0]?.[1].size).toBe(kept);
  });

  it.each([
    ['without an iteration', spanOf('megatron.train_step', { 'megatron.loss': 2 })],
    ['of a negative iteration', stepOf(-1)],
    ['of a fractional iteration', stepOf(1.5)],
    ['of an iteration that no double holds exactly', stepOf(2 ** 53)],
    ['without a metric', stepOf(1, {})],
    ['with another name', { ...stepOf(1), name: 'megatron.train_steps' }],
  ])('%s is ignored', (_what, span) => {
    expect(train(span)).toEqual({ runs: [], ignored: 1, contradicting: [] });
  });

  it.each([0, Number.MAX_SAFE_INTEGER])('can have the iteration %i', (iteration) => {
    expect(stepsIn(stepOf(iteration)).map(([step]) => step)).toEqual([iteration]);
  });

  it('repeated with NaN is the same step', () => {
    const nan = stepOf(1, { 'megatron.loss': Number.NaN });
    expect(train(nan, nan).contradicting).toEqual([]);
  });

  it.each([
    ['another value', { 'megatron.loss': 3 }],
    ['a further column', { 'megatron.loss': 2, 'megatron.grad_norm': 1 }],
    ['another column', { 'megatron.grad_norm': 2 }],
    ['NaN in place of a number', { 'megatron.loss': Number.NaN }],
  ])('that is repeated with %s contradicts the first, which stays', (_what, columns) => {
    const { runs, contradicting } = train(stepOf(1), stepOf(1, columns));
    expect([...(runs[0]?.steps ?? [])]).toEqual([[1, new Map([['loss', 2]])]]);
    expect(contradicting).toEqual([{ resource: RUN, span: stepOf(1, columns) }]);
  });

  it('knows the span that it was read from', () => {
    const { runs } = train(stepOf(1), stepOf(2));
    expect(runs[0]?.sourceSpans.get(2)).toEqual({ resource: RUN, span: stepOf(2) });
  });
});

describe('steps of a run', () => {
  it('are collected over all resources that name the same attempt', () => {
    const other: Attributes = new Map([...RUN, ['rank', 1]]);
    const { runs } = trainingOf([
      { resource: RUN, spans: [stepOf(1)] },
      { resource: other, spans: [stepOf(2)] },
    ]);
    expect(runs.map(({ steps }) => [...steps.keys()])).toEqual([[1, 2]]);
  });

  it('are kept apart from those of another attempt and of another run', () => {
    const resources = [
      RUN,
      new Map<string, Scalar>([...RUN, ['slurm.restart_count', 1]]),
      new Map([['slurm.job.id', 's']]),
    ];
    const { runs, contradicting } = trainingOf(
      resources.map((resource, index) => ({ resource, spans: [stepOf(1, { 'megatron.loss': index })] })),
    );
    expect(runs.map(({ runId, attempt }) => [runId, attempt])).toEqual([
      ['r', 1],
      ['r', 2],
      ['s', 1],
    ]);
    expect(contradicting).toEqual([]);
  });

  it.each([
    [0, []],
    [1024, [1024]],
    [1025, [1024, 1]],
    [2049, [1024, 1024, 1]],
  ])('become events of at most 1,024 steps: %i become %j', (count, sizes) => {
    const steps = new Map(Array.from({ length: count }, (_, step) => [step, new Map([['loss', 1]])]));
    const events = [...stepEvents({ runId: 'r', attempt: 1 }, steps)];
    expect(events.map((event) => factOf(event).data.steps.length)).toEqual(sizes);
  });

  it('become the same events in whatever order they arrive', () => {
    const entry = fc.tuple(fc.nat({ max: 5000 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const entries = fc.uniqueArray(entry, { selector: ([step]) => step, maxLength: 20 });
    const eventsOf = (list: [number, number][]) => [
      ...stepEvents(
        { runId: 'r', attempt: 1 },
        new Map(list.map(([step, loss]) => [step, new Map([['loss', loss]])])),
      ),
    ];
    fc.assert(
      fc.property(entries, (list) => {
        expect(eventsOf(list.toReversed()).map(({ id }) => id)).toEqual(eventsOf(list).map(({ id }) => id));
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('have null in a column that only other steps have', () => {
    const steps = new Map([
      [1, new Map([['loss', 3]])],
      [2, new Map([['gradNorm', 0.5]])],
    ]);
    const [event] = stepEvents({ runId: 'r', attempt: 2 }, steps);
    expect(event && factOf(event).data).toEqual({
      runId: 'r',
      attempt: 2,
      steps: [1, 2],
      columns: { gradNorm: [null, 0.5], loss: [3, null] },
    });
  });
});

describe('the end of a run', () => {
  it.each([
    [false, 'completed'],
    [true, 'failed'],
  ])('is read from its span: with an error %j it is %s', (failed, status) => {
    const [ended] = ofType(
      factsOf(spanOf('megatron.pretrain', {}, { failed, end: TIME })),
      'training.run.ended',
    );
    expect(ended).toMatchObject({
      time: '2025-11-24T16:00:00.000000Z',
      data: { runId: 'r', attempt: 1, status },
    });
  });

  it('states the attributes of its span as params', () => {
    const pretrain = spanOf('megatron.pretrain', { 'megatron.layers': 12, tied: true, note: 'x' });
    expect(ofType(factsOf(pretrain), 'training.run.annotated').map(({ data }) => data)).toEqual([
      { runId: 'r', params: { 'megatron.layers': '12', note: 'x', tied: 'true' } },
    ]);
  });

  it('states no params where its span has no attributes', () => {
    expect(ofType(factsOf(spanOf('megatron.pretrain', {})), 'training.run.annotated')).toEqual([]);
  });

  it('truncates long params, also within a surrogate pair', () => {
    const pretrain = spanOf('megatron.pretrain', { ['k'.repeat(251)]: 'v', a: `${'x'.repeat(5999)}😀` });
    const [annotated] = ofType(factsOf(pretrain), 'training.run.annotated');
    expect(annotated.data.params).toEqual({ ['k'.repeat(250)]: 'v', a: `${'x'.repeat(5999)}\ufffd` });
  });

  it('has no time where its span has none, so the time of recording counts', () => {
    expect(ofType(factsOf(spanOf('megatron.pretrain', {})), 'training.run.ended')[0]).not.toHaveProperty(
      'time',
    );
  });
});

describe('a checkpoint', () => {
  it.each([
    [5, 'r/iter_0000005'],
    [0, 'r/iter_0000000'],
    [12_345_678, 'r/iter_12345678'],
  ])('of the iteration %i has the id %s', (iteration, checkpointId) => {
    const saved = spanOf('megatron.save_checkpoint', { 'megatron.iteration': iteration });
    expect(ofType(factsOf(saved), 'training.checkpoint.saved').map(({ data }) => data)).toEqual([
      { runId: 'r', attempt: 1, step: iteration, checkpointId },
    ]);
  });

  it('without an iteration is ignored', () => {
    expect(train(spanOf('megatron.save_checkpoint', {})).ignored).toBe(1);
  });
});

it('starts a run for a trainer that has no spans of training yet', () => {
  const trainer: Attributes = new Map<string, Scalar>([...RUN, ['megatron.world_size', 8]]);
  const { runs, ignored } = trainingOf([{ resource: trainer, spans: [spanOf('GET /', {})] }]);
  expect(runs.flatMap(({ events }) => events.map((event) => factOf(event).type))).toEqual([
    'training.run.started',
  ]);
  expect(ignored).toBe(1);
});

it('gives one event each id within an export, apart from repeated starts', () => {
  const facts = factsOf(
    stepOf(1),
    spanOf('megatron.pretrain', { a: 1 }),
    spanOf('megatron.save_checkpoint', { 'megatron.iteration': 1 }),
  );
  expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
});

it('keeps columns that are named as inherited members', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const columns = Object.fromEntries(names.map((name) => [`megatron.${name}`, 7]));
  const [run] = train(stepOf(3, { 'megatron.loss': 2, ...columns })).runs;
  const [event] = run ? stepEvents(run, run.steps) : [];
  const { data }: { data?: { columns?: object } } = JSON.parse(Buffer.from(event?.bytes ?? '{}').toString());
  expect(Object.entries(data?.columns ?? {})).toEqual([
    ['__proto__', [7]],
    ['constructor', [7]],
    ['loss', [2]],
    ['toString', [7]],
  ]);
});
