import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { expect, it } from 'vitest';
import { messageIn } from './protobuf-message.ts';

it('reads fields by number in any order, and the last value of a repeated field', () => {
  const inner = new BinaryWriter().tag(1, WireType.LengthDelimited).string('inner').finish();
  const bytes = new BinaryWriter()
    .tag(9, WireType.Varint)
    .int64(-3)
    .tag(2, WireType.Bit64)
    .double(0.1)
    .tag(3, WireType.Bit32)
    .float(1.5)
    .tag(4, WireType.LengthDelimited)
    .bytes(inner)
    .tag(5, WireType.LengthDelimited)
    .string('a')
    .tag(5, WireType.LengthDelimited)
    .string('b')
    .tag(6, WireType.Varint)
    .sint64(-7)
    .finish();
  const message = messageIn(bytes);
  expect(message?.integer(9)).toBe(-3);
  expect(message?.double(2)).toBe(0.1);
  expect(message?.float(3)).toBe(1.5);
  expect(message?.message(4)?.text(1)).toBe('inner');
  expect([message?.text(5), message?.texts(5)]).toEqual(['b', ['a', 'b']]);
  expect(message?.zigzag(6)).toBe(-7);
  expect(message?.integer(99)).toBeUndefined();
});

it('returns undefined for truncated and invalid bytes', () => {
  const bytes = new BinaryWriter().tag(1, WireType.LengthDelimited).string('text').finish();
  for (let length = 1; length < bytes.length; length += 1) {
    expect(messageIn(bytes.subarray(0, length))).toBeUndefined();
  }
  expect(messageIn(Uint8Array.of(0xff, 0xff))).toBeUndefined();
});
