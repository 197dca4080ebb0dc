import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { expect, it } from 'vitest';
import { wandbRecord } from './wandb-record.ts';

const nested = (field: number, ...parts: Uint8Array[]): Uint8Array =>
  parts.length === 0
    ? new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(new Uint8Array()).finish()
    : new Uint8Array(
        Buffer.concat(
          parts.map((part) => new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(part).finish()),
        ),
      );
const text = (field: number, value: string): Uint8Array =>
  new BinaryWriter().tag(field, WireType.LengthDelimited).string(value).finish();
const both = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

it('reads a value as JSON or as the type of newer items', () => {
  const item = (value: Uint8Array) => nested(1, both(text(1, 'x'), value));
  const value = (bytes: Uint8Array) => {
    const record = wandbRecord(nested(2, item(bytes)));
    return record?.kind === 'history' ? record.values[0]?.[1] : undefined;
  };
  expect(value(text(16, 'NaN'))).toBeNaN();
  expect(value(text(16, '{"a":1}'))).toEqual({ a: 1 });
  expect(value(new BinaryWriter().tag(4, WireType.Varint).bool(true).finish())).toBe(true);
  expect(value(new BinaryWriter().tag(5, WireType.Varint).sint64(-4).finish())).toBe(-4);
  expect(value(new BinaryWriter().tag(6, WireType.Bit64).double(0.5).finish())).toBe(0.5);
  expect(value(text(7, 'word'))).toBe('word');
  expect(value(text(16, '{broken'))).toBeUndefined();
});

it('reads the run and step of a fork', () => {
  const branch = both(text(1, 'parent'), new BinaryWriter().tag(2, WireType.Bit64).double(200).finish());
  const record = wandbRecord(nested(17, both(text(1, 'child'), nested(23, branch))));
  expect(record).toMatchObject({
    kind: 'run',
    run: { runId: 'child', branch: { runId: 'parent', step: 200 } },
  });
});

it('reads the accelerators and the commit of an environment, and no personal values', () => {
  const git = both(text(1, 'git@example.org:someone/code'), text(2, 'abc123'));
  const count = new BinaryWriter().tag(19, WireType.Varint).uint32(8).finish();
  const people = both(
    text(10, 'someone@example.org'),
    text(11, '/home/someone'),
    text(12, 'node-1'),
    text(13, 'someone'),
  );
  const record = wandbRecord(nested(26, both(text(18, 'NVIDIA H100'), count, nested(9, git), people)));
  expect(record).toEqual({ kind: 'machine', gpu: '8 × NVIDIA H100', commit: 'abc123' });
});
