import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ZstdFrames } from './zstd-frames.ts';

const block = fc
  .record({ kind: fc.constantFrom(0, 1, 2), bytes: fc.nat(300) })
  .map(({ kind, bytes }) => ({ header: (bytes << 3) | (kind << 1), length: kind === 1 ? 1 : bytes }));

const sizeField = fc.constantFrom(
  { flag: 0, bytes: 0 },
  { flag: 1, bytes: 2 },
  { flag: 2, bytes: 4 },
  { flag: 3, bytes: 8 },
);

/** A frame of RFC 8878 with the window that it declares. What is in its blocks does not matter. */
const frame = fc
  .record({
    isSingle: fc.boolean(),
    window: fc.nat(255),
    size: sizeField,
    value: fc.nat(250),
    dictionary: fc.constantFrom(0, 1, 2, 3),
    hasChecksum: fc.boolean(),
    blocks: fc.array(block, { minLength: 1, maxLength: 4 }),
  })
  .map(({ isSingle, window, size, value, dictionary, hasChecksum, blocks }) => {
    const descriptor = (size.flag << 6) | (isSingle ? 0x20 : 0) | (hasChecksum ? 4 : 0) | dictionary;
    const field = Buffer.alloc(size.flag === 0 && isSingle ? 1 : size.bytes);
    if (field.length > 0) field[0] = value;
    const parts = blocks.map(({ header, length }, at) => {
      const bytes = Buffer.alloc(3 + length, 0xb5);
      bytes.writeUIntLE(header | (at === blocks.length - 1 ? 1 : 0), 0, 3);
      return bytes;
    });
    const base = 2 ** (10 + (window >> 3));
    return {
      bytes: Buffer.concat([
        Buffer.from([0x28, 0xb5, 0x2f, 0xfd, descriptor, ...(isSingle ? [] : [window])]),
        Buffer.alloc([0, 1, 2, 4][dictionary] ?? 0, 9),
        field,
        ...parts,
        Buffer.alloc(hasChecksum ? 4 : 0, 7),
      ]),
      window: isSingle ? value + (size.flag === 1 ? 256 : 0) : base + (base / 8) * (window & 7),
    };
  });

const skippable = fc.record({ kind: fc.nat(15), length: fc.nat(40) }).map(({ kind, length }) => {
  const bytes = Buffer.alloc(8 + length, 0x28);
  bytes.writeUInt32LE(0x184d2a50 + kind, 0);
  bytes.writeUInt32LE(length, 4);
  return { bytes, window: undefined };
});

it('cuts any frames at their ends and knows the window of each, wherever the file is cut into parts', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(frame, skippable), { maxLength: 5 }),
      fc.array(fc.nat(2_000), { maxLength: 20 }),
      (all, cuts) => {
        const bytes = Buffer.concat(all.map((one) => one.bytes));
        const ends = [...cuts.filter((cut) => cut < bytes.length), bytes.length].toSorted((a, b) => a - b);
        const frames = new ZstdFrames();
        const found: { bytes: number; window: number }[] = [];
        let length = 0;
        for (const [at, end] of ends.entries())
          for (const part of frames.push(bytes.subarray(ends[at - 1] ?? 0, end))) {
            length += part.bytes.length;
            if (!part.isLast) continue;
            found.push({ bytes: length, window: frames.window });
            length = 0;
          }
        expect(frames.isBetween).toBe(true);
        expect(found).toEqual(
          all.flatMap((one) =>
            one.window === undefined ? [] : [{ bytes: one.bytes.length, window: one.window }],
          ),
        );
      },
    ),
    { seed: 7, numRuns: 1_000 },
  );
});
