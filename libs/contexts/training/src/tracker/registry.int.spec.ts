import { aFact, openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trackerProjection } from './projection.ts';
import { artifactChildren, trackedArtifacts, trackedRegistrations, trackedTags } from './queries.ts';

const [ONE, TWO] = ['1'.repeat(64), '2'.repeat(64)];
const file = (path: string, digest: string, more: object = {}) =>
  aFact('training.artifact.recorded', {
    ownerKind: 'run',
    ownerId: 'r',
    path,
    digest,
    bytes: 10,
    ...more,
  });

const FACTS = [
  file('a/b.txt', ONE),
  file('a.txt', ONE),
  file('a/b.txt', TWO, { bytes: 20 }),
  aFact('training.artifact.removed', { ownerKind: 'run', ownerId: 'r', path: 'a.txt' }),
  file('a/b.txt', ONE, { ownerKind: 'model' }),
  aFact('training.registration.annotated', { name: 'lm', description: 'first', aliases: { best: 1 } }),
  aFact('training.version.annotated', { name: 'lm', version: 1, source: 's1', runId: 'r' }),
  aFact('training.version.annotated', { name: 'lm', version: 1, description: 'x', tags: { a: 'b' } }),
  aFact('training.registration.annotated', { name: 'lm', removedAliases: ['best'], retired: true }),
];
const as_of = [FACTS.length];

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  await project(store, trackerProjection, FACTS);
});
afterAll(() => store.remove());

const ask: TestStore['engine']['reader']['all'] = (question, params) =>
  store.engine.reader.all(question, params);
const OWNER = { owner_kind: 'run', owner_id: 'r', folder: '', first: 10 } as const;

it('lists the newest content of each file that is not removed, as of a position', async () => {
  const files = (position: number, more: object = {}) =>
    ask(trackedArtifacts, { ...OWNER, paths: [], after: '', as_of: [position], ...more });
  expect(await files(2)).toEqual([
    { path: 'a.txt', digest: ONE, bytes: 10, position: 2 },
    { path: 'a/b.txt', digest: ONE, bytes: 10, position: 1 },
  ]);
  expect(await files(9)).toEqual([{ path: 'a/b.txt', digest: TWO, bytes: 20, position: 3 }]);
  expect(await files(9, { folder: 'a/' })).toHaveLength(1);
  expect(await files(9, { paths: ['a'] })).toEqual([]);
  expect(await files(2, { after: 'a.txt' })).toMatchObject([{ path: 'a/b.txt' }]);
});

it('lists files and folders directly in a folder', async () => {
  const children = (folder: string, position = 9) =>
    ask(artifactChildren, { ...OWNER, folder, skip: 0, as_of: [position] });
  expect(await children('', 2)).toEqual([
    { name: 'a', is_folder: true, bytes: 10 },
    { name: 'a.txt', is_folder: false, bytes: 10 },
  ]);
  expect(await children('')).toEqual([{ name: 'a', is_folder: true, bytes: 20 }]);
  expect(await children('a/')).toEqual([{ name: 'b.txt', is_folder: false, bytes: 20 }]);
});

it('lists names and versions of the registry with what was said of them by a position', async () => {
  const named = (position: number) => ask(trackedRegistrations, { names: ['lm'], as_of: [position] });
  expect(await named(7)).toMatchObject([
    { name: 'lm', version: 0, description: 'first', retired: false },
    { name: 'lm', version: 1, source: 's1', run_id: 'r', description: '' },
  ]);
  expect(await ask(trackedRegistrations, { names: [], as_of })).toMatchObject([
    { version: 0, retired: true },
    { version: 1, source: 's1', description: 'x', retired: false },
  ]);
  const aliases = (position: number) =>
    ask(trackedTags, { owner_kind: 'alias', owner_ids: ['lm'], keys: [], as_of: [position] });
  expect(await aliases(8)).toEqual([{ owner_id: 'lm', key: 'best', value: '1', position: 6 }]);
  expect(await aliases(9)).toEqual([]);
  expect(
    await ask(trackedTags, { owner_kind: 'version', owner_ids: ['lm/1'], keys: [], as_of }),
  ).toMatchObject([{ key: 'a', value: 'b' }]);
});
