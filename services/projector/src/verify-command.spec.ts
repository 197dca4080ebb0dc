import { expect, it } from 'vitest';
import { isVerified, verifiedText } from './verify-command.ts';

const topic = {
  records: 2,
  events: 2,
  repeated: 0,
  refused: 0,
  missingBlobs: 0,
  notKept: 0,
  differences: [],
};
const verified = {
  position: '2',
  topic,
  blobs: { blobs: 3, damaged: 0, divergence: null },
  tables: [],
};

it('counts files that facts name and that are not kept, which is no divergence', () => {
  const absent = { ...verified, topic: { ...topic, notKept: 11 } };
  expect(isVerified(absent)).toBe(true);
  expect(verifiedText(verified)).toContain('blobs   3 blobs have their digests, none is missing\n');
  expect(verifiedText(absent)).toContain(
    'blobs   3 blobs have their digests, none is missing; 11 files that facts name are not kept\n',
  );
});
