import { expect, it } from 'vitest';
import { modeOf, split } from './split.ts';

const texts = (body: string | Buffer, mode: 'structured' | 'batch' | 'ndjson') =>
  split(Buffer.from(body), mode)?.map(({ bytes, isUtf8 }) => (isUtf8 ? bytes.toString() : undefined));

it('splits lines and skips empty ones', () => {
  expect(texts('{"a":1}\r\n\n{"b":2}', 'ndjson')).toEqual(['{"a":1}', '{"b":2}']);
});

it('marks only the line that is not UTF-8', () => {
  const body = Buffer.concat([
    Buffer.from('{"a":"ü"}\n'),
    Buffer.from([0x22, 0xff, 0x22]),
    Buffer.from('\n{}'),
  ]);
  expect(texts(body, 'ndjson')).toEqual(['{"a":"ü"}', undefined, '{}']);
});

it('keeps the text of each element of a batch', () => {
  const body = '[ {"a": "],{\\"", "b": [1, {"c": 2}]} ,{"d":9007199254740993},\n3]';
  expect(texts(body, 'batch')).toEqual([
    '{"a": "],{\\"", "b": [1, {"c": 2}]}',
    '{"d":9007199254740993}',
    '3',
  ]);
  expect(texts('[]', 'batch')).toEqual([]);
});

it('splits a broken batch so that each element can be refused on its own', () => {
  expect(texts('[{"a":NaN},,{"b":1}, {"c]', 'batch')).toEqual(['{"a":NaN}', '', '{"b":1}', '{"c']);
});

it('reads no further than one event beyond the most', () => {
  const body = (separator: string) => Buffer.from(Array(100).fill('1').join(separator));
  expect(split(Buffer.from(`[${body(',').toString()}]`), 'batch', 7)).toHaveLength(8);
  expect(split(body('\n'), 'ndjson', 7)).toHaveLength(8);
  expect(split(body('\n'), 'ndjson', 100)).toHaveLength(100);
});

it('returns undefined for what is not an array', () => {
  expect(texts('{"a":1}', 'batch')).toBeUndefined();
  expect(texts('[1,', 'batch')).toBeUndefined();
});

it('chooses the mode by media type', () => {
  expect(modeOf('application/cloudevents-batch+json; charset=utf-8')).toBe('batch');
  expect(modeOf('Application/CloudEvents+json')).toBe('structured');
  expect(modeOf('application/x-ndjson')).toBe('ndjson');
  expect(modeOf('text/plain')).toBeUndefined();
});
