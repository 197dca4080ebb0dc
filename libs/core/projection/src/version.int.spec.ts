import type { Projection, Upcaster } from '@tributary/contracts';
import { openTestStore } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { appliedMigrations, tablesVersion, versionFrom } from './version.ts';

const shard: Upcaster = { type: 'corpus.shard.registered', from: 1, digest: 'a', up: (data) => data };
const corpus: Projection = {
  context: 'corpus',
  tables: ['corpus_shard', 'corpus_slice'],
  upcasters: [shard],
  project: () => ({}),
};
const mixture: Projection = { context: 'mixture', tables: ['mixture_plan'], project: () => ({}) };
const applied = [
  { name: '0001_create_corpus_shard.sql', sha256: '1' },
  { name: '0002_alter_corpus_shard.sql', sha256: '2' },
  { name: '0003_create_training_run.sql', sha256: '3' },
];
const version = versionFrom([corpus, mixture], applied);

it.each([
  ['a projection makes other rows', [{ ...corpus, version: 2 }, mixture], applied],
  [
    'an upcaster does something else',
    [{ ...corpus, upcasters: [{ ...shard, digest: 'b' }] }, mixture],
    applied,
  ],
  ['an upcaster is gone', [{ ...corpus, upcasters: [] }, mixture], applied],
  ['a table is added', [{ ...corpus, tables: [...corpus.tables, 'corpus_step'] }, mixture], applied],
  ['a projection is added', [corpus, mixture, { ...mixture, context: 'other' }], applied],
  [
    'a table is altered',
    [corpus, mixture],
    [...applied, { name: '0004_alter_mixture_plan.sql', sha256: '4' }],
  ],
])('is another one when %s', (_change, projections, migrations) => {
  expect(versionFrom(projections, migrations)).not.toBe(version);
});

it('is the same in any order, and whatever becomes of tables that no projection fills', () => {
  const more = [...applied, { name: '0004_alter_training_run.sql', sha256: '4' }];
  expect(versionFrom([mixture, corpus], more)).toBe(version);
});

it('reads what has made the tables from the database itself', async () => {
  const store = await openTestStore();
  const migrations = await store.engine.reader.all(appliedMigrations, {});
  expect(migrations).toContainEqual(expect.objectContaining({ name: '0002_create_corpus_shard.sql' }));
  expect(await tablesVersion(store.engine.reader, [corpus])).toBe(versionFrom([corpus], migrations));
  await store.remove();
});
