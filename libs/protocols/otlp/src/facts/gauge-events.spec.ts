import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scalar } from '../decoding/attributes.ts';
import { pointsOfJson } from '../decoding/points.ts';
import type { MeasuredPoint } from '../decoding/points.ts';
import { spansOfJson } from '../decoding/spans.ts';
import { anyAttributes, anyPoint, anySpan, factOf } from '../otlp.fixture.ts';
import { gaugeEvents } from './gauge-events.ts';
import { pointRequests, spanRequests } from './refused-request.ts';
import type { RefusedRequest } from './refused-request.ts';

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

describe('refused parts', () => {
  const json = ({ bytes }: RefusedRequest): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'));

  it('are requests that are decoded to the same spans', () => {
    fc.assert(
      fc.property(anyAttributes, fc.array(anySpan, { maxLength: 5 }), (resource, spans) => {
        const requests = spanRequests(spans.map((span) => ({ resource, span })));
        const decoded = requests.flatMap((request) => spansOfJson(json(request)));
        expect(decoded.flatMap((one) => one.spans)).toEqual(spans);
        expect(decoded.every((one) => isDeepStrictEqual(one.resource, resource))).toBe(true);
        expect(requests.map(({ count }) => count)).toEqual(decoded.map((one) => one.spans.length));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('are requests that are decoded to the same points', () => {
    fc.assert(
      fc.property(anyAttributes, fc.array(anyPoint, { maxLength: 5 }), (resource, points) => {
        const requests = pointRequests(points.map((point) => ({ resource, point })));
        const decoded = requests.flatMap((request) => pointsOfJson(json(request)));
        expect(decoded.flatMap((one) => one.points)).toEqual(points);
        expect(decoded.every((one) => isDeepStrictEqual(one.resource, resource))).toBe(true);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('weigh no more than twice the parts and once the resource of each, however many there are', () => {
    const span = { name: 'megatron.train_step', start: 0, end: 5, failed: false, attributes: new Map() };
    for (const [characters, count] of [
      [100_000, 1_000],
      [10, 5_000],
    ] as const) {
      const resource = new Map([['nemo.run.id', 'r'.repeat(characters)]]);
      const requests = spanRequests(Array.from({ length: count }, () => ({ resource, span })));
      const bytes = requests.reduce((sum, one) => sum + one.bytes.length, 0);
      expect(requests.reduce((sum, one) => sum + one.count, 0)).toBe(count);
      expect(bytes).toBeLessThan(2 * count * 250 + characters);
    }
  });
});
