import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scalar } from '../decoding/attributes.ts';
import { pointsOfJson } from '../decoding/points.ts';
import type { MeasuredPoint } from '../decoding/points.ts';
import { spansOfJson } from '../decoding/spans.ts';
import { anyAttributes, anyPoint, anySpan, factOf } from '../otlp.fixture.ts';
import { gaugeEvents } from './gauge-events.ts';
import { pointRequest, spanRequest } from './refused-request.ts';

const RUN = new Map<string, Scalar>([['slurm.job.id', 'r']]);
const TRAINER = new Map<string, Scalar>([...RUN, ['megatron.world_size', 8]]);

const pointOf = (more: Partial<MeasuredPoint> = {}): MeasuredPoint => ({
  name: 'loss',
  value: 1,
  time: 5,
  attributes: new Map(),
  ...more,
});
const factsOf = (...points: MeasuredPoint[]) =>
  gaugeEvents([{ resource: RUN, points }]).events.map((event) => factOf(event));
const keyOf = (name: string, attributes: Record<string, Scalar>) =>
  factsOf(pointOf({ name, attributes: new Map(Object.entries(attributes)) }))[0].data.keys[0];

describe('points of a run', () => {
  it('are measurements with a time and without a step', () => {
    expect(factsOf(pointOf({ value: 2.5 }), pointOf({ name: 'ms', time: 0 }))).toMatchObject([
      {
        type: 'training.metrics.recorded',
        source: 'urn:tributary:otlp',
        data: {
          runId: 'r',
          keys: ['loss', 'ms'],
          steps: [null, null],
          times: [5, null],
          values: [2.5, 1],
          method: 'measured',
        },
      },
    ]);
  });

  it('name the values that JSON does not have', () => {
    const [fact] = factsOf(pointOf(), pointOf({ value: Number.NaN }), pointOf({ value: -Infinity }));
    expect(fact.data).toMatchObject({
      values: [1, null, null],
      nonfinite: [
        { index: 1, value: 'nan' },
        { index: 2, value: '-inf' },
      ],
    });
    expect(factsOf(pointOf())[0].data).not.toHaveProperty('nonfinite');
  });

  it.each([
    [10_000, [10_000]],
    [10_001, [10_000, 1]],
  ])('become events of at most 10,000: %i become %j', (count, sizes) => {
    const points = Array.from({ length: count }, (_, index) => pointOf({ value: index }));
    const { events } = gaugeEvents([{ resource: RUN, points }]);
    expect(events.map((event) => factOf(event).data.keys.length)).toEqual(sizes);
  });

  it('start the run where they come from a trainer, once an export', () => {
    const group = { resource: TRAINER, points: [pointOf()] };
    const other = { resource: TRAINER, points: [pointOf({ value: 2 })] };
    const { events } = gaugeEvents([group, other]);
    expect(events.map(({ type }) => type)).toEqual([
      'training.run.started',
      'training.metrics.recorded',
      'training.metrics.recorded',
    ]);
  });

  it('are stored once where an export repeats them', () => {
    const group = { resource: RUN, points: [pointOf()] };
    expect(gaugeEvents([group, group]).events).toHaveLength(1);
  });

  it('are not recorded where a resource has none', () => {
    expect(gaugeEvents([{ resource: TRAINER, points: [] }])).toEqual({ events: [], ignored: 0, unnamed: [] });
  });

  it.each([
    [0, 0],
    [1, 1],
    [250, 1],
    [251, 0],
  ])('with a name of %i characters are recorded %i times', (length, recorded) => {
    const { events, unnamed } = gaugeEvents([
      { resource: RUN, points: [pointOf({ name: 'x'.repeat(length) })] },
    ]);
    expect([events.length, unnamed.length]).toEqual([recorded, 1 - recorded]);
  });
});

describe('the key of a series', () => {
  it('is the name where the point has no attributes', () => {
    expect(keyOf('loss', {})).toBe('loss');
  });

  it('has the attributes in order of their names, however they are sent', () => {
    expect(keyOf('loss', { rank: 1, host: 'a', hot: true })).toBe('loss{host=a,hot=true,rank=1}');
    expect(keyOf('loss', { hot: true, rank: 1, host: 'a' })).toBe('loss{host=a,hot=true,rank=1}');
  });

  it('has at most 512 characters, and half of a surrogate pair is replaced', () => {
    expect(keyOf('m', { a: 'x'.repeat(600) })).toBe(`m{a=${'x'.repeat(508)}`);
    expect(keyOf('m', { a: `${'x'.repeat(507)}😀` })).toBe(`m{a=${'x'.repeat(507)}\ufffd`);
  });
});

describe('a refused part', () => {
  const json = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'));

  it('is a request that is decoded to the same span', () => {
    fc.assert(
      fc.property(anyAttributes, anySpan, (resource, span) => {
        expect(spansOfJson(json(spanRequest({ resource, span })))).toEqual([{ resource, spans: [span] }]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('is a request that is decoded to the same point', () => {
    fc.assert(
      fc.property(anyAttributes, anyPoint, (resource, point) => {
        expect(pointsOfJson(json(pointRequest({ resource, point })))).toEqual([
          { resource, points: [point] },
        ]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
