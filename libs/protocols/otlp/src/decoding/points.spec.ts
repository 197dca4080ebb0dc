import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyAttributes,
  anyPoint,
  attributesMessage,
  fixed,
  gaugePoint,
  join,
  message,
  metricsMessage,
  nanos,
} from '../otlp.fixture.ts';
import { pointsOfBytes, pointsOfJson } from './points.ts';

const TIME = 1_764_000_000_000_000;
const timeUnixNano = `${TIME}000`;
const run = new Map([['nemo.run.id', 'r']]);
const rank = new Map([['rank', 3]]);
const rankJson = [{ key: 'rank', value: { intValue: '3' } }];

/** The points of one metric in protobuf, by name and value. */
const decoded = (kind: number, ...points: Uint8Array[]) =>
  pointsOfBytes(metricsMessage(run, [{ name: 'm', kind, points }])).flatMap((group) => group.points);
/** The points of one metric in JSON. */
const decodedJson = (metric: object) =>
  pointsOfJson({ resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: 'm', ...metric }] }] }] }).flatMap(
    (group) => group.points,
  );
const pairs = (points: readonly { name: string; value: number }[]) =>
  points.map(({ name, value }) => [name, value]);

describe('a number point in protobuf', () => {
  it('keeps its name, value, time and attributes, whatever they are', () => {
    fc.assert(
      fc.property(anyAttributes, fc.array(anyPoint, { maxLength: 4 }), (resource, points) => {
        const metrics = points.map((point) => ({ name: point.name, kind: 5, points: [gaugePoint(point)] }));
        expect(pointsOfBytes(metricsMessage(resource, metrics))).toEqual([{ resource, points }]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it.each([
    ['a positive integer', 7n, 7],
    ['a negative integer', -7n, -7],
    ['the greatest integer that a double holds exactly', 9_007_199_254_740_991n, 9_007_199_254_740_991],
  ])('has %s in its signed 64-bit field', (_what, stored, value) => {
    const point = join(nanos(3, TIME), fixed(6, BigInt.asUintN(64, stored)));
    expect(decoded(5, point)).toEqual([{ name: 'm', value, time: TIME, attributes: new Map() }]);
  });

  it('is read from a sum as from a gauge', () => {
    const point = gaugePoint({ value: 2.5, time: TIME, attributes: rank });
    expect(decoded(7, point)).toEqual(decoded(5, point));
  });

  it('without a value is omitted', () => {
    expect(decoded(5, nanos(3, TIME))).toEqual([]);
  });

  it('is one of as many as a request can contain', () => {
    const point = message([4, 1]);
    const bytes = metricsMessage(run, [{ name: 'm', kind: 5, points: Array(300_000).fill(point) }]);
    expect(pointsOfBytes(bytes)[0]?.points).toHaveLength(300_000);
  });
});

describe('a distribution', () => {
  const bounds = { timeUnixNano, count: '2', sum: 7, min: 3, max: 4, attributes: rankJson };
  const start = join(nanos(3, TIME), fixed(4, 2n), message([5, 7]));

  it.each([
    ['histogram', 9, join(start, message([11, 3], [12, 4]), attributesMessage(9, rank))],
    ['exponentialHistogram', 10, join(attributesMessage(1, rank), start, message([12, 3], [13, 4]))],
  ])('in a %s is read the same from protobuf and from JSON', (kind, number, point) => {
    const points = decoded(number, point);
    expect(points).toEqual(decodedJson({ [kind]: { dataPoints: [bounds] } }));
    expect(pairs(points)).toEqual([
      ['m.count', 2],
      ['m.sum', 7],
      ['m.min', 3],
      ['m.max', 4],
    ]);
    expect(points.map(({ time, attributes }) => [time, attributes])).toEqual(
      Array.from({ length: 4 }, () => [TIME, rank]),
    );
  });

  it('in a summary has a count, a sum and the attributes of its points', () => {
    const points = decoded(11, join(start, attributesMessage(7, rank)));
    expect(points).toEqual(
      decodedJson({
        summary: { dataPoints: [{ timeUnixNano, count: '2', sum: 7, attributes: rankJson }] },
      }),
    );
    expect(points.map(({ name, attributes }) => [name, attributes.get('rank')])).toEqual([
      ['m.count', 3],
      ['m.sum', 3],
    ]);
  });

  it('has no extremes where its exporter states none', () => {
    expect(pairs(decoded(9, start))).toEqual([
      ['m.count', 2],
      ['m.sum', 7],
    ]);
  });

  it('ignores its bucket bounds, which are packed doubles in the field of other attributes', () => {
    const packed = message([7, Buffer.alloc(16)]);
    expect(pairs(decoded(9, join(start, packed)))).toEqual([
      ['m.count', 2],
      ['m.sum', 7],
    ]);
  });
});

describe('a point in JSON', () => {
  it.each([
    ['asDouble', { asDouble: 2.5 }, 2.5],
    ['asDouble as text', { asDouble: '-Infinity' }, -Infinity],
    ['asInt as text', { asInt: '12' }, 12],
    ['asInt as a number', { asInt: 12 }, 12],
  ])('has its value in %s', (_what, fields, value) => {
    expect(decodedJson({ gauge: { dataPoints: [{ timeUnixNano, ...fields }] } })).toEqual([
      { name: 'm', value, time: TIME, attributes: new Map() },
    ]);
  });

  it('without a time has the time 0', () => {
    expect(decodedJson({ sum: { dataPoints: [{ asInt: 1 }] } }).map(({ time }) => time)).toEqual([0]);
  });

  it('belongs to the resource that it is listed under', () => {
    const group = (id: string, name: string) => ({
      resource: { attributes: [{ key: 'nemo.run.id', value: { stringValue: id } }] },
      scopeMetrics: [{ metrics: [{ name, gauge: { dataPoints: [{ asInt: 1 }] } }] }],
    });
    const exported = pointsOfJson({ resourceMetrics: [group('a', 'x'), group('b', 'y')] });
    expect(
      exported.map(({ resource, points }) => [resource.get('nemo.run.id'), points.map(({ name }) => name)]),
    ).toEqual([
      ['a', ['x']],
      ['b', ['y']],
    ]);
  });

  it.each([
    ['the list of resources', { resourceMetrics: 7 }],
    ['the list of scopes', { resourceMetrics: [{ scopeMetrics: 'x' }] }],
    ['the list of metrics', { resourceMetrics: [{ scopeMetrics: [{ metrics: [7] }] }] }],
    [
      'the list of points',
      { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ gauge: { dataPoints: {} } }] }] }] },
    ],
  ])('is refused where %s is no list of objects', (_what, body) => {
    expect(() => pointsOfJson(body)).toThrow(TypeError);
  });

  it('is absent from a body that is no object or has no metrics', () => {
    for (const body of [null, 7, 'x', [], {}]) expect(pointsOfJson(body)).toEqual([]);
  });
});
