import { expect, it } from 'vitest';
import { dataReference, referencedDigest, resolveData } from './data-reference.ts';
import { memoryBlobs } from './memory-blobs.ts';

const data = { mixtureId: 'm', weights: [1, 2] };

it('redeems a claim and leaves no trace of it in the event', async () => {
  const blobs = memoryBlobs();
  const { sha256, bytes } = await blobs.put(Buffer.from(JSON.stringify(data)));
  const event = { id: '1', ...dataReference(sha256, bytes) };
  expect(referencedDigest(event)).toBe(sha256);
  expect(await resolveData(event, blobs)).toEqual({ id: '1', data });
});

it('leaves an event that holds its data as it is', async () => {
  const event = { id: '1', data };
  expect(referencedDigest(event)).toBeUndefined();
  expect(await resolveData(event, memoryBlobs())).toBe(event);
});

it('sees no claim in what is no digest, nor in what is no event', () => {
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

it('says which blob is missing', async () => {
  const event = { id: '1', ...dataReference('a'.repeat(64), 7) };
  await expect(resolveData(event, memoryBlobs())).rejects.toMatchObject({ code: 'blob_missing' });
});
