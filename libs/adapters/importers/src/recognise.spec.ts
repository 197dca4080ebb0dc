import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { folderOf, importers, recognise, sweep } from './index.ts';
import type { Importer, KindRule } from './index.ts';

type MatchedPaths = { readonly paths: string[]; readonly confidence: number };

/** An importer that matches the files with these paths, each list as one source. */
function matching(kind: string, ...matched: MatchedPaths[]): Importer {
  return {
    kind,
    version: '1.0',
    looksFor: `files of ${kind}`,
    detect: ({ files }) =>
      Promise.resolve(
        matched.map(({ paths, confidence }) => ({
          files: files.filter(({ path }) => paths.includes(path)),
          confidence,
          evidence: [`matches ${paths.join()}`],
        })),
      ),
    read: sweep.read,
  };
}

const folder = folderOf('mixed', { 'a/x': '1', 'a/y': '2', 'b/z': '3', LICENSE: 'text' });

async function recognised(kinds: Importer[], rules: KindRule[] = []) {
  const { sources, ...rest } = await recognise(kinds, folder, rules);
  return {
    sources: sources.map(({ importer, folder: { name, files } }) => [
      importer.kind,
      name,
      files.map(({ path }) => path),
    ]),
    ...rest,
  };
}

it('assigns every file to the kind with the highest confidence and lists unmatched files', async () => {
  const kinds = [
    matching('weak', { paths: ['a/x'], confidence: 0.7 }, { paths: ['b/z'], confidence: 0.7 }),
    matching('strong', { paths: ['a/x'], confidence: 0.95 }),
    matching('unsure', { paths: ['LICENSE'], confidence: 0.4 }),
  ];
  expect(await recognised(kinds)).toEqual({
    sources: [
      ['weak', 'b', ['b/z']],
      ['strong', 'a', ['a/x']],
    ],
    ambiguous: [],
    unrecognised: ['LICENSE', 'a/y'],
    failed: [],
  });
});

it('reports a file as ambiguous if two kinds match it with similar confidence, and keeps the other files', async () => {
  const kinds = [
    matching('one', { paths: ['a/x', 'a/y'], confidence: 0.8 }),
    matching('two', { paths: ['a/y'], confidence: 0.85 }),
    matching('three', { paths: ['a/y'], confidence: 0.7 }),
  ];
  expect(await recognised(kinds)).toEqual({
    sources: [['one', 'a', ['a/x']]],
    ambiguous: [{ path: 'a/y', kinds: ['two', 'one', 'three'] }],
    unrecognised: ['LICENSE', 'b/z'],
    failed: [],
  });
});

it('prefers a match of a whole store to a match of one of its files with equal confidence', async () => {
  const kinds = [
    matching('file', { paths: ['a/x'], confidence: 0.9 }),
    matching('store', { paths: ['a/x', 'a/y'], confidence: 0.9 }),
  ];
  expect(await recognised(kinds)).toMatchObject({
    sources: [['store', 'a', ['a/x', 'a/y']]],
    ambiguous: [],
  });
});

it('applies a kind rule to all files or to the files below a path', async () => {
  const kinds = [
    matching('one', { paths: ['a/x'], confidence: 0.8 }, { paths: ['b/z'], confidence: 0.8 }),
    matching('two', { paths: ['a/x'], confidence: 0.8 }, { paths: ['b/z'], confidence: 0.3 }),
  ];
  expect(await recognised(kinds, [{ path: '', kind: 'two' }])).toMatchObject({
    sources: [
      ['two', 'a', ['a/x']],
      ['two', 'b', ['b/z']],
    ],
    ambiguous: [],
  });
  expect(await recognised(kinds, [{ path: 'a/', kind: 'two' }])).toMatchObject({
    sources: [
      ['one', 'b', ['b/z']],
      ['two', 'a', ['a/x']],
    ],
  });
});

it('continues with the other kinds if one fails', async () => {
  const broken = { ...matching('broken'), detect: () => Promise.reject(new RangeError('no such thing')) };
  const kinds = [broken, matching('one', { paths: ['a/x'], confidence: 0.8 })];
  expect(await recognised(kinds)).toMatchObject({
    sources: [['one', 'a', ['a/x']]],
    failed: [{ kind: 'broken', reason: 'no such thing' }],
  });
});

it('names a source after the innermost folder that contains it', async () => {
  const across = [matching('one', { paths: ['a/x', 'b/z'], confidence: 0.8 })];
  expect(await recognised(across)).toMatchObject({ sources: [['one', 'mixed', ['a/x', 'b/z']]] });
});

it.each([
  ['a folder of prose', { 'README.md': '# Notes, and more\nnothing, here, at all\n' }],
  ['an empty folder', {}],
  ['mixtures without outcomes', { 'mix.csv': 'id,web,code\na,0.5,0.5\n' }],
  ['outcomes without mixtures', { 'loss.csv': 'id,loss\na,2\n' }],
  ['mixtures without a key', { 'mix.csv': 'web,code\n0.5,0.5\n0.2,0.8\n' }],
  ['an empty table', { 'mix.csv': '' }],
  ['a stray binary file', { 'mix.csv': 'a\u0000,b' }],
])('matches nothing in %s', async (_name, files) => {
  const { sources } = await recognise(importers, folderOf('folder', files));
  expect(sources).toEqual([]);
});

it('has a distinct name for every kind', () => {
  const kinds = importers.map(({ kind }) => kind);
  expect(kinds).toEqual([...new Set(kinds)]);
  expect(kinds.every((kind) => /^[a-z][a-z0-9-]*$/.test(kind))).toBe(true);
});

it('refuses a folder with a file of which a part would not be read, whatever importer looks at it', async () => {
  const rows = gzipSync(`{"id":"a"}\n`.repeat(9_000));
  const padded = Buffer.concat([rows, Buffer.alloc(512), rows]);
  const reading = recognise(importers, folderOf('packed', { 'a/rows.jsonl.gz': padded, 'b.json': '{}' }));
  await expect(reading).rejects.toMatchObject({
    code: 'gzip_ends_early',
    message: expect.stringContaining(
      `a/rows.jsonl.gz: its gzip ends at byte ${rows.length} of ${padded.length}`,
    ),
  });
});
