import { expect, it } from 'vitest';
import { sourceText } from './commands/source.ts';

const sha256 = 'ab'.repeat(32);
const answer = {
  position: '1',
  id: 'e',
  source: 'urn:tributary:importer:manifest',
  type: 'corpus.shard.registered',
  sha256,
  kept: true,
};

it.each([
  ['record:7', null],
  ['bytes:1-3', '6263'],
])('says that the file of %s is binary and how to get its bytes', (pointer, excerpt) => {
  const text = sourceText({ ...answer, pointer, excerpt });
  expect(text).toContain(
    `file ${sha256}, ${pointer}\nthe file is binary; its bytes: GET /v1/blobs/${sha256}`,
  );
  expect(text.endsWith('  6263')).toBe(excerpt !== null);
});

it('shows the line only, and says where the file is not stored', () => {
  expect(sourceText({ ...answer, pointer: 'line:2', excerpt: 'a,b' })).toMatch(/line:2\n {2}a,b$/);
  expect(sourceText({ ...answer, kept: false, pointer: 'record:7', excerpt: null })).toMatch(/not kept$/);
});
