import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  option,
  record,
  string,
  tuple,
  uint8Array,
} from 'fast-check';
import { expect, it } from 'vitest';
import { readRecordSet } from '../fetch/record-set.ts';
import { batchBytes } from './batch-bytes.ts';

const bytes = uint8Array({ maxLength: 300 });
const NOW = 1_700_000_000_000;
const records = array(
  record({
    partition: constantFrom(3),
    /* Copied records have their own, in any order. */
    timestamp: option(integer({ min: 0, max: 4_102_444_800_000 }), { nil: undefined }),
    key: bytes,
    value: constantFrom(0, 1, 63, 64, 8191, 8192, 20_000).map((length) =>
      new Uint8Array(length).fill(length),
    ),
    headers: array(tuple(string({ unit: 'grapheme', maxLength: 90 }), bytes), { maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 70 },
);

it('decodes to the records that were encoded, with their headers in order and their times', async () => {
  await assert(
    asyncProperty(records, constantFrom('none', 'gzip'), async (generated, compression) => {
      const written = generated.map(({ timestamp, ...rest }) =>
        timestamp === undefined ? rest : { ...rest, timestamp },
      );
      const batch = await batchBytes(written, { compression, now: NOW });
      const { records: read, ...rest } = readRecordSet(batch, { partition: 3, from: 0, aborted: [] });
      expect(rest).toEqual({ next: written.length, error: undefined });
      expect(plain(read)).toEqual(
        plain(written.map((sent, offset) => ({ timestamp: NOW, ...sent, offset }))),
      );
    }),
    { numRuns: 100 },
  );
});

/** Replaces bytes by hexadecimal text, so that Buffers and Uint8Arrays compare equal. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      part instanceof Uint8Array || isBufferJson(part)
        ? Buffer.from(part instanceof Uint8Array ? part : part.data).toString('hex')
        : part,
    ),
  );

const isBufferJson = (part: unknown): part is { data: number[] } =>
  typeof part === 'object' && part !== null && 'type' in part && part.type === 'Buffer';
