import { expect, it } from 'vitest';
import { batchOf, encodeRecord, encoders, RecordBatch } from './encoded-batch.fixture.ts';
import { readRecordSet } from './record-set.ts';

const CRC_END = 21;

const read = (bytes: Buffer, from = 0, aborted: { producer: number; first: number }[] = []) => {
  const { records, ...rest } = readRecordSet(bytes, { partition: 2, from, aborted });
  return { ...rest, records: records.map(({ offset, value }) => `${offset}=${String(value)}`) };
};

it('decodes batches of another encoder, compressed or not', async () => {
  for (const compression of [0, 1]) {
    const bytes = await batchOf(40, ['x', 'y'], { compression });
    const { records, next } = readRecordSet(bytes, { partition: 2, from: 0, aborted: [] });
    expect(next).toBe(42);
    expect(records[1]).toEqual({
      partition: 2,
      offset: 41,
      key: Buffer.from('key'),
      value: Buffer.from('y'),
      headers: [
        ['a', Buffer.from('1')],
        ['b', Buffer.from('2')],
        ['b', Buffer.from('3')],
      ],
      timestamp: 1005,
    });
  }
});

it('omits records before the requested offset, and a truncated last batch', async () => {
  const bytes = Buffer.concat([await batchOf(10, ['a', 'b', 'c']), await batchOf(13, ['d'])]);
  const truncated = bytes.subarray(0, bytes.length - 1);
  expect(read(truncated, 11)).toEqual({ records: ['11=b', '12=c'], next: 13, error: undefined });
});

it('detects every flipped bit under the checksum, and keeps the batches before it', async () => {
  const good = await batchOf(0, ['a']);
  const second = await batchOf(1, ['b', 'c']);
  for (let at = CRC_END; at < second.length; at += 1) {
    const damaged = Buffer.from(second);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 4, at);
    expect(read(Buffer.concat([good, damaged]))).toMatchObject({
      records: ['0=a'],
      next: 1,
      error: expect.stringContaining('checksum') as string,
    });
  }
});

it('never throws on corrupted bytes', async () => {
  const good = await batchOf(0, ['a']);
  for (let at = 0; at < good.length; at += 1) {
    for (const byte of [0, 0x7f, 0xff]) {
      const damaged = Buffer.from(good);
      damaged.writeUInt8(byte, at);
      expect(() => read(damaged)).not.toThrow();
    }
  }
});

const CODEC = 0b111;
const rewritten = async (batch: Buffer, write: (bytes: Buffer) => void): Promise<Buffer> => {
  const bytes = Buffer.from(batch);
  write(bytes);
  const { default: crc32c } = (await import(`${encoders}/crc32C/index.js`)) as {
    default: (bytes: Buffer) => number;
  };
  bytes.writeUInt32BE(crc32c(bytes.subarray(CRC_END)), CRC_END - 4);
  return bytes;
};

it.each<[string, RegExp, () => Promise<Buffer>]>([
  [
    'an unknown compression',
    /codec 7 is unknown/,
    async () => rewritten(await batchOf(1, ['b', 'c']), (bytes) => bytes.writeInt16BE(CODEC, CRC_END)),
  ],
  [
    'fewer records than it states',
    /end too early/,
    async () => rewritten(await batchOf(1, ['b', 'c']), (bytes) => bytes.writeInt32BE(9, 57)),
  ],
  [
    'truncated compressed bytes',
    /unexpected end of file/,
    async () => {
      const whole = await batchOf(1, ['b', 'c'], { compression: 1 });
      const cut = Buffer.from(whole.subarray(0, whole.length - 4));
      return rewritten(cut, (bytes) => bytes.writeInt32BE(cut.length - 12, 8));
    },
  ],
  [
    'more than memory may take',
    /more than 67108864 bytes when decompressed/,
    () => batchOf(1, ['x'.repeat(35_000_000), 'y'.repeat(35_000_000)], { compression: 1 }),
  ],
  [
    'more records and headers than memory may take',
    /more than 1000000 records and headers/,
    async () => rewritten(await batchOf(1, ['b', 'c']), (bytes) => bytes.writeInt32BE(1_000_001, 57)),
  ],
])('reads a batch with %s as one record for all of its offsets', async (_what, reason, write) => {
  const batch = await write();
  const bytes = Buffer.concat([await batchOf(0, ['a']), batch, await batchOf(3, ['d'])]);
  const set = readRecordSet(bytes, { partition: 2, from: 0, aborted: [] });
  expect(set).toMatchObject({ next: 4, error: undefined });
  expect(set.records.map(({ offset }) => offset)).toEqual([0, 2, 3]);
  expect(set.records[1]).toMatchObject({ key: null, value: null, unreadable: { first: 1, bytes: batch } });
  expect(set.records[1]?.unreadable?.reason).toMatch(reason);
});

it('leaves batches to the next fetch once their records are large together', async () => {
  const one = await batchOf(0, ['x'.repeat(40_000_000)], { compression: 1 });
  const bytes = Buffer.concat(
    [0, 1, 2].map((base) => {
      const batch = Buffer.from(one);
      batch.writeBigInt64BE(BigInt(base), 0);
      return batch;
    }),
  );
  expect(readRecordSet(bytes, { partition: 2, from: 0, aborted: [] }).next).toBe(2);
});

it('drops aborted transactions, and keeps others of the same producer', async () => {
  const mine = { transactional: true, producerId: 7 };
  const bytes = Buffer.concat([
    await rewritten(await batchOf(0, ['aborted'], mine), (cut) => cut.writeInt32BE(9, 57)),
    await batchOf(1, ['not transactional']),
    await marker(2, 7, 0),
    await batchOf(3, ['finished'], mine),
    await marker(4, 7, 1),
  ]);
  expect(read(bytes, 0, [{ producer: 7, first: 0 }])).toEqual({
    records: ['1=not transactional', '3=finished'],
    next: 5,
    error: undefined,
  });
});

/** A control batch. kafkajs writes none, so a normal batch gets the flag, the key and a new checksum. */
async function marker(base: number, producerId: number, type: number): Promise<Buffer> {
  const { default: crc32c } = (await import(`${encoders}/crc32C/index.js`)) as {
    default: (bytes: Buffer) => number;
  };
  const key = Buffer.from([0, 0, 0, type]);
  const records = [encodeRecord({ offsetDelta: 0, timestampDelta: 0, key, value: 'x' })];
  const batch = {
    records,
    lastOffsetDelta: 0,
    firstTimestamp: 0,
    maxTimestamp: 0,
    transactional: true,
    producerId,
  };
  const bytes = Buffer.from((await RecordBatch(batch)).buffer);
  bytes.writeBigInt64BE(BigInt(base), 0);
  bytes.writeInt16BE(bytes.readInt16BE(CRC_END) | 0x20, CRC_END);
  bytes.writeUInt32BE(crc32c(bytes.subarray(CRC_END)), CRC_END - 4);
  return bytes;
}
