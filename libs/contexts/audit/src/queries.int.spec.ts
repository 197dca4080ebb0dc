import { aFact, project, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditProjection } from './projection.ts';
import { auditActions, publishedCheckpoints } from './queries.ts';

let runtime: TestStore;
beforeAll(async () => {
  runtime = await openTestStore();
  await project(runtime, auditProjection, [
    aFact('audit.key.changed', {
      keyId: 'k',
      change: 'added',
      algorithm: 'ed25519',
      publicKey: 'AAAA',
      reason: 'first',
      actor: 'ada',
    }),
    aFact('audit.checkpoint.published', { origin: 'o', treeSize: 1, rootHash: 'ab', note: 'o\n1\n' }),
    aFact('audit.subject.erased', { subjectId: 'p', reason: 'asked', actor: 'ada', approvedBy: 'grace' }),
    aFact('audit.key.changed', { keyId: 'k', change: 'compromised', reason: 'leak', actor: 'ada' }),
    aFact('audit.log.scrubbed', {
      scrubId: 's',
      part: 1,
      parts: 1,
      events: [{ position: '3', hash: 'ab'.repeat(32) }],
      blobs: [],
      deadLetters: 0,
      kinds: ['named_secret'],
      reason: 'a token',
      actor: 'ada',
    }),
  ]);
});
afterAll(() => runtime.remove());

it('keeps actions in the order of the log, with actor, reason and approval', async () => {
  const all = await runtime.engine.reader.all(auditActions, {
    subject: null,
    after: 0,
    first: 10,
    as_of: [5],
  });
  expect(all).toMatchObject([
    { action: 'key_added', subject: 'k', algorithm: 'ed25519', evidence: 1 },
    { action: 'subject_erased', subject: 'p', approved_by: 'grace', evidence: 3 },
    { action: 'key_compromised', reason: 'leak', actor: 'ada', evidence: 4 },
    { action: 'log_scrubbed', subject: 's', reason: 'a token', actor: 'ada', evidence: 5 },
  ]);
  expect(all[0]?.recorded_at).toBe('1970-01-01T00:00:00.000001Z');
});

it('has no leak before it is recorded', async () => {
  const asked = { subject: 'k', after: 0, first: 10, as_of: [3] };
  expect(await runtime.engine.reader.all(auditActions, asked)).toMatchObject([{ action: 'key_added' }]);
});

it('gives published tree heads after a position', async () => {
  const heads = (after: number) =>
    runtime.engine.reader.all(publishedCheckpoints, { origin: 'o', after, first: 10, as_of: [4] });
  expect(await heads(0)).toMatchObject([{ tree_size: 1, root_hash: 'ab', note: 'o\n1\n', evidence: 2 }]);
  expect(await heads(2)).toEqual([]);
});
