import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributesOfJson, numberAttribute, textAttribute } from './attributes.ts';
import { listOf, microsAt, numberAt, textAt } from './json.ts';
import { recordsOfBytes, recordsOfJson } from './logs.ts';
import { readMessage, statusMessage } from './message.ts';
import { pointsOfBytes, pointsOfJson } from './points.ts';
import { spansOfBytes } from './spans.ts';

const nested = (number: number, content: Uint8Array): Uint8Array =>
  new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(content).finish();

/** False for an error. What is not an Error is thrown on. */
function isDecoded(decode: () => unknown): boolean {
  try {
    decode();
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

describe('protobuf', () => {
  it('is skipped where a field is unknown', () => {
    const read: number[] = [];
    const bytes = Buffer.concat([nested(9, Buffer.from('x')), nested(1, Buffer.from('ab'))]);
    readMessage(bytes, { 1: (reader) => read.push(reader.bytes().length) });
    expect(read).toEqual([2]);
  });

  it('is decoded or refused with an error, whatever the bytes are', () => {
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        for (const decode of [spansOfBytes, pointsOfBytes, recordsOfBytes])
          outcomes.add(isDecoded(() => decode(bytes)));
      }),
      { seed: 7, numRuns: 1_000 },
    );
    expect(outcomes).toEqual(new Set([true, false]));
  });

  it('carries a status', () => {
    const read: (number | string)[] = [];
    readMessage(statusMessage(3, 'no'), {
      1: (reader) => read.push(reader.int32()),
      2: (reader) => read.push(reader.string()),
    });
    expect(read).toEqual([3, 'no']);
  });

  it('counts log records as JSON does', () => {
    const bytes = nested(
      1,
      nested(2, Buffer.concat([nested(2, Buffer.alloc(0)), nested(2, Buffer.alloc(0))])),
    );
    expect(recordsOfBytes(bytes)).toBe(2);
    expect(recordsOfJson({ resourceLogs: [{ scopeLogs: [{ logRecords: [{}, {}] }] }] })).toBe(2);
  });
});

describe('JSON', () => {
  it('has attributes of every scalar type, and omits the others', () => {
    const attributes = attributesOfJson([
      { key: 's', value: { stringValue: 'x' } },
      { key: 'b', value: { boolValue: true } },
      { key: 'i', value: { intValue: '7' } },
      { key: 'd', value: { doubleValue: 'NaN' } },
      { key: 'list', value: { arrayValue: {} } },
      { key: 'none' },
    ]);
    expect([...attributes]).toEqual([
      ['s', 'x'],
      ['b', true],
      ['i', 7],
      ['d', Number.NaN],
    ]);
    expect([numberAttribute(attributes, 'i'), numberAttribute(attributes, 's')]).toEqual([7, undefined]);
    expect([textAttribute(attributes, 'i'), textAttribute(attributes, 'absent')]).toEqual(['7', undefined]);
  });

  it('has integers and nonfinite numbers as strings', () => {
    const values = { integer: '12', infinite: '-Infinity', text: 'x', empty: '' };
    expect(Object.keys(values).map((key) => numberAt(values, key))).toEqual([
      12,
      -Infinity,
      undefined,
      undefined,
    ]);
    expect([microsAt({ at: '1764000000000000999' }, 'at'), microsAt({}, 'at')]).toEqual([
      1_764_000_000_000_000, 0,
    ]);
    expect([textAt({ name: 'x' }, 'name'), textAt({ name: 7 }, 'name')]).toEqual(['x', '']);
  });

  it.each([[7], ['x'], [[7]], [[[]]]])('refuses %j in place of a list of objects', (value) => {
    expect(() => listOf(value)).toThrow(TypeError);
  });

  it('has a histogram as its parts', () => {
    const dataPoints = [{ timeUnixNano: '1000', count: '4', sum: 10, min: 1, max: 4 }];
    const metrics = [{ name: 'h', histogram: { dataPoints } }];
    const [exported] = pointsOfJson({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] });
    expect(exported?.points.map(({ name, value }) => [name, value])).toEqual([
      ['h.count', 4],
      ['h.sum', 10],
      ['h.min', 1],
      ['h.max', 4],
    ]);
  });
});
