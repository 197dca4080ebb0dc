type Encoder = { readonly buffer: Buffer };
type EncodeBatch = (batch: Record<string, unknown>) => Promise<Encoder>;
type EncodeRecord = (record: Record<string, unknown>) => Encoder;
export const encoders = 'kafkajs/src/protocol/recordBatch';
export const { RecordBatch } = (await import(`${encoders}/v0/index.js`)) as { RecordBatch: EncodeBatch };
export const { default: encodeRecord } = (await import(`${encoders}/record/v0/index.js`)) as {
  default: EncodeRecord;
};

/** A batch from kafkajs's encoder, which is independent of the code under test. */
export async function batchOf(base: number, values: readonly string[], extra: object = {}): Promise<Buffer> {
  const records = values.map((value, offsetDelta) =>
    encodeRecord({ offsetDelta, timestampDelta: 5, key: 'key', value, headers: { a: '1', b: ['2', '3'] } }),
  );
  const lastOffsetDelta = values.length - 1;
  const { buffer } = await RecordBatch({
    records,
    lastOffsetDelta,
    firstTimestamp: 1000,
    maxTimestamp: 1005,
    ...extra,
  });
  const bytes = Buffer.from(buffer);
  bytes.writeBigInt64BE(BigInt(base), 0);
  return bytes;
}
