import { expect, it } from 'vitest';
import { dataReference, referencedDigest, resolveData } from './data-reference.ts';
import { memoryBlobs } from './memory-blobs.ts';

const data = { mixtureId: 'm', weights: [1, 2] };

it('replaces a reference by the data', async () => {
  const blobs = memoryBlobs();
  const { sha256, bytes } = await blobs.put(Buffer.from(JSON.stringify(data)));
  const event = { id: '1', ...dataReference(sha256, bytes) };
  expect(referencedDigest(event)).toBe(sha256);
  expect(await resolveData(event, blobs)).toEqual({ id: '1', data });
});

it('returns an event that has its data unchanged', async () => {
  const event = { id: '1', data };
  expect(referencedDigest(event)).toBeUndefined();
  expect(await resolveData(event, memoryBlobs())).toBe(event);
});

it('finds no reference without a digest or outside an event', () => {
  for (const event of [
    { datadigest: 'sha256:../..' },
    { datadigest: 7 },
    { datadigest: 'md5:00' },
    {},
    null,
    'x',
  ])
    expect(referencedDigest(event)).toBeUndefined();
});

it('names the missing blob', async () => {
  const event = { id: '1', ...dataReference('a'.repeat(64), 7) };
  await expect(resolveData(event, memoryBlobs())).rejects.toMatchObject({ code: 'blob_missing' });
});
