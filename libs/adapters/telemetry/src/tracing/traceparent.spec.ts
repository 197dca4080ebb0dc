import { expect, it } from 'vitest';
import { recordHeadersOf, traceparentOfHeaders } from './record-headers.ts';
import { placeFromText, textOfPlace } from './traceparent.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const TEXT = `00-${TRACE}-${SPAN}-01`;
const bytes = (text: string) => Buffer.from(text);

it('reads what it writes', () => {
  const place = placeFromText(TEXT);
  expect(place).toEqual({ traceId: TRACE, spanId: SPAN, sampled: true });
  expect(place && textOfPlace(place)).toBe(TEXT);
  expect(placeFromText(`00-${TRACE}-${SPAN}-00`)).toHaveProperty('sampled', false);
});

it('reads later versions by what they share with this one', () => {
  expect(placeFromText(`cc-${TRACE}-${SPAN}-03-what-else`)).toHaveProperty('traceId', TRACE);
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
])('takes %s as none', (text) => expect(placeFromText(text)).toBeUndefined());

it('travels in the headers of a record', () => {
  expect(traceparentOfHeaders(recordHeadersOf(TEXT))).toBe(TEXT);
  expect(recordHeadersOf(undefined)).toEqual([]);
  expect(recordHeadersOf('x\r\n')).toEqual([]);
});

it('prefers the header of the record to the attribute of the event, and a valid one to a broken one', () => {
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
