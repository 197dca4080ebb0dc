import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyAttributes,
  anySpan,
  attribute,
  int,
  join,
  message,
  repeated,
  tracesMessage,
} from '../otlp.fixture.ts';
import { numberAt } from './json.ts';
import { recordsOfBytes } from './logs.ts';
import { partialSuccessMessage, readMessage } from './message.ts';
import { spansOfBytes, spansOfJson } from './spans.ts';

const ofJson = (span: object) =>
  spansOfJson({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })[0]?.spans[0];
const ofBytes = (span: Uint8Array) =>
  spansOfBytes(message([1, message([2, message([2, span])])]))[0]?.spans[0];

describe('a span in protobuf', () => {
  it('keeps its name, times, status and attributes, whatever they are', () => {
    fc.assert(
      fc.property(anyAttributes, fc.array(anySpan, { maxLength: 3 }), (resource, spans) => {
        expect(spansOfBytes(tracesMessage(resource, spans))).toEqual([{ resource, spans }]);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('is refused where its request is truncated', () => {
    const bytes = tracesMessage(new Map([['nemo.run.id', 'r']]), []);
    expect(() => spansOfBytes(bytes)).not.toThrow();
    for (let length = 1; length < bytes.length; length += 1)
      expect(() => spansOfBytes(bytes.subarray(0, length))).toThrow(
        /premature|wire type|out of range|varint/i,
      );
  });

  it('is the same where two requests are concatenated, as protobuf defines it', () => {
    const [first, second] = [tracesMessage(new Map(), []), tracesMessage(new Map([['a', 1]]), [])];
    expect(spansOfBytes(join(first, second))).toEqual([...spansOfBytes(first), ...spansOfBytes(second)]);
  });

  it.each([
    ['without a status', new Uint8Array(), false],
    ['with the status OK', message([15, int(3, 1)]), false],
    ['with the status ERROR', message([15, int(3, 2)]), true],
  ])('%s has its outcome', (_what, bytes, failed) => {
    expect(ofBytes(join(message([5, 'x']), bytes))?.failed).toBe(failed);
  });

  it('omits attributes that are lists, maps or bytes', () => {
    const kept = message([9, attribute('a', message([1, 'x']))]);
    const omitted = [5, 6, 7].map((kind) => message([9, attribute('b', message([kind, new Uint8Array()]))]));
    expect(ofBytes(join(kept, ...omitted))?.attributes).toEqual(new Map([['a', 'x']]));
  });

  it('has the last value of an attribute that is repeated', () => {
    const attributes = ['x', 'y'].map((text) => message([9, attribute('a', message([1, text]))]));
    expect(ofBytes(join(...attributes))?.attributes).toEqual(new Map([['a', 'y']]));
  });
});

describe('a span in JSON', () => {
  it.each([
    [{}, false],
    [{ status: {} }, false],
    [{ status: { code: 1 } }, false],
    [{ status: { code: 'STATUS_CODE_OK' } }, false],
    [{ status: { code: 2 } }, true],
    [{ status: { code: 'STATUS_CODE_ERROR' } }, true],
  ])('with %j has failed: %j', (fields, failed) => {
    expect(ofJson(fields)?.failed).toBe(failed);
  });

  it.each([
    ['0', 0],
    ['999', 0],
    ['1000', 1],
    [1_764_000_000_000, 1_764_000_000],
    ['18446744073709551615', Number(18_446_744_073_709_551n)],
    [undefined, 0],
    [null, 0],
    [{}, 0],
  ])('that ends at %j ns ends at %j µs', (endTimeUnixNano, end) => {
    expect(ofJson({ endTimeUnixNano })?.end).toBe(end);
  });

  it.each(['18446744073709551616', '-1', '1.5', 'noon', 1.5])(
    'that ends at %j, which is no unsigned 64-bit integer, is refused',
    (endTimeUnixNano) => {
      expect(() => ofJson({ endTimeUnixNano })).toThrow(/64-bit integer|BigInt/);
    },
  );

  it('has empty parts where its fields have other types', () => {
    expect(ofJson({ name: 7, startTimeUnixNano: [], status: 'x' })).toEqual({
      name: '',
      start: 0,
      end: 0,
      failed: false,
      attributes: new Map(),
    });
  });
});

describe('a number in JSON', () => {
  it.each(['', ' ', '\t\n', 'x', '1x', null, true, [], {}])('is not %j', (value) => {
    expect(numberAt({ value }, 'value')).toBeUndefined();
  });

  it('is the same as text', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(numberAt({ value: String(value) }, 'value')).toBe(value === 0 ? 0 : value);
      }),
      { seed: 7 },
    );
  });
});

describe('a partial success', () => {
  it('is read back with its count and its message', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string({ unit: 'grapheme' }), (rejected, text) => {
        let read: [number, string] = [0, ''];
        readMessage(partialSuccessMessage(rejected, text), {
          1: (reader) =>
            readMessage(reader.bytes(), {
              1: (field) => (read = [Number(field.int64()), read[1]]),
              2: (field) => (read = [read[0], field.string()]),
            }),
        });
        expect(read).toEqual([rejected, text]);
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});

it('counts log records over all resources and scopes', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat({ max: 3 }), { maxLength: 3 }), { maxLength: 3 }), (counts) => {
      const scope = (count: number) =>
        repeated(
          2,
          Array.from({ length: count }, () => new Uint8Array()),
        );
      const groups = counts.map((scopes) => repeated(2, scopes.map(scope)));
      expect(recordsOfBytes(repeated(1, groups))).toBe(counts.flat().reduce((sum, count) => sum + count, 0));
    }),
    { seed: 7, numRuns: 100 },
  );
});
