import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { SourceFile } from './files/folder.ts';
import { secretKindsIn } from './secret-scan.ts';

const HEX = '0123456789abcdef0123456789abcdef01234567';
const HF = `hf_${'abcdefghijABCDEFGHIJ0123456789abcd'}`;

const fileOf = (parts: Uint8Array[]) => {
  const read = () => Promise.resolve(new Uint8Array(Buffer.concat(parts)));
  return new SourceFile({
    path: 'f',
    bytes: 0,
    read,
    // oxlint-disable-next-line require-await -- the parts are at hand
    parts: async function* () {
      yield* parts;
    },
  });
};

it('finds a secret in a file that is binary, compressed, or split inside the secret', async () => {
  const bytes = Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from(` ${HF} `), Buffer.from([0])]);
  for (const parts of [[bytes], [gzipSync(bytes)], [bytes.subarray(0, 20), bytes.subarray(20)]]) {
    expect(await secretKindsIn(fileOf(parts))).toEqual(['hugging_face_token']);
  }
  expect(await secretKindsIn(fileOf([Buffer.from(`"git_hash": "${HEX}"`)]))).toEqual([]);
});

it('finds a secret before the place where gzip is broken', async () => {
  const broken = Buffer.from(gzipSync(Buffer.concat([Buffer.from(` ${HF} `), Buffer.alloc(100_000, 'x')])));
  /* The checksum of the content. */
  broken.writeUInt32LE(0, broken.length - 8);
  expect(await secretKindsIn(fileOf([broken]))).toEqual(['hugging_face_token']);
});
