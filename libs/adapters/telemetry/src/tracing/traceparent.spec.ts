import { expect, it } from 'vitest';
import { recordHeadersOf, traceparentOfHeaders, parseTraceparent, formatTraceparent } from './traceparent.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const TEXT = `00-${TRACE}-${SPAN}-01`;
const bytes = (text: string) => Buffer.from(text);

it('parses what it formats', () => {
  const context = parseTraceparent(TEXT);
  expect(context).toEqual({ traceId: TRACE, spanId: SPAN, sampled: true });
  expect(context && formatTraceparent(context)).toBe(TEXT);
  expect(parseTraceparent(`00-${TRACE}-${SPAN}-00`)).toHaveProperty('sampled', false);
});

it('reads the fields of later versions that it knows', () => {
  expect(parseTraceparent(`cc-${TRACE}-${SPAN}-03-what-else`)).toHaveProperty('traceId', TRACE);
});

it.each([
  undefined,
  '',
  'x',
  `ff-${TRACE}-${SPAN}-01`,
  `00-${'0'.repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}-01-more`,
  `00-${TRACE}-${SPAN}`,
])('takes %s as none', (text) => expect(parseTraceparent(text)).toBeUndefined());

it('is written to and read from record headers', () => {
  expect(traceparentOfHeaders(recordHeadersOf(TEXT))).toBe(TEXT);
  expect(recordHeadersOf(undefined)).toEqual([]);
  expect(recordHeadersOf('x\r\n')).toEqual([]);
});

it('prefers the header of the record to the attribute of the event, and a valid one to an invalid one', () => {
  const other = TEXT.replace('b7', 'c8');
  expect(traceparentOfHeaders([['ce_traceparent', bytes(other)]])).toBe(other);
  expect(
    traceparentOfHeaders([
      ['ce_traceparent', bytes(other)],
      ['traceparent', bytes(TEXT)],
    ]),
  ).toBe(TEXT);
  expect(
    traceparentOfHeaders([
      ['traceparent', bytes('x')],
      ['ce_traceparent', bytes(other)],
    ]),
  ).toBe(other);
  expect(traceparentOfHeaders([['ce_id', bytes(TEXT)]])).toBeUndefined();
});
