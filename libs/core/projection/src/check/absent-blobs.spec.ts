import { dataReference, memoryBlobs } from '@tributary/blobs';
import { Fault } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { absentBlobs } from './absent-blobs.ts';

const type = 'training.order.recorded';

const bytesOf = (event: object) => Buffer.from(JSON.stringify({ id: '1', type, ...event }));

it('names the files that a fact names and that are not kept, also where its data are in a blob', async () => {
  const blobs = memoryBlobs();
  const { sha256: kept } = await blobs.put(Buffer.from('kept'));
  const absent = 'a'.repeat(64);
  const corpora = [{ path: '/c', document: kept, sample: absent, shuffle: kept }];
  const megatronIndex = {
    sequenceLength: 8,
    firstSample: 0,
    batches: [{ fromStep: 1, samples: 2 }],
    corpora,
  };
  const data = {
    runId: 'r',
    attempt: 1,
    firstStep: 1,
    lastStep: 2,
    method: 'inferred',
    order: { megatronIndex },
  };
  expect(await absentBlobs({ type, bytes: bytesOf({ data }) }, blobs)).toEqual([absent]);
  const { sha256, bytes } = await blobs.put(Buffer.from(JSON.stringify(data)));
  const reference = dataReference(sha256, bytes);
  expect(await absentBlobs({ type, bytes: bytesOf(reference) }, blobs)).toEqual([absent]);
  const read = () => Promise.reject(new Fault('blob_damaged', 'x'));
  expect(await absentBlobs({ type, bytes: bytesOf(reference) }, { ...blobs, read })).toEqual([]);
  await expect(absentBlobs({ type, bytes: bytesOf({ data: {} }) }, blobs)).resolves.toEqual([]);
  const other = { type: 'training.run.started', bytes: bytesOf({ data }) };
  expect(await absentBlobs(other, blobs)).toEqual([]);
});
