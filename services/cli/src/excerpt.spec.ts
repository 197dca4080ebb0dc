import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { excerptOf } from './excerpt.ts';

const file = (text: string) => new TextEncoder().encode(text);

it.each([
  ['line:2', 'a\r\nb\r\nc', 'b'],
  ['lines:1-2', 'a\nb\nc', 'a\nb'],
  ['/results/a~1b/0', '{"results":{"a/b":[1.5]}}', '1.5'],
  ['/x', '{"x":{"y":1}}', '{\n  "y": 1\n}'],
  ['bytes:1-3', 'abcd', '6263'],
  ['line:9', 'a', undefined],
  ['/constructor', '{}', undefined],
  ['/x', 'no json', undefined],
  ['record:3', 'a', undefined],
])('finds %s', async (pointer, text, excerpt) => {
  expect(await excerptOf(file(text), pointer)).toBe(excerpt);
});

it('reads gzip', async () => {
  expect(await excerptOf(gzipSync('a\nb'), 'line:2')).toBe('b');
});
