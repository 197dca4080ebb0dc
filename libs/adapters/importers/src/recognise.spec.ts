import { expect, it } from 'vitest';
import { folderOf, importers, recognise, sweep } from './index.ts';
import type { Importer, KindRule } from './index.ts';

type MatchedPaths = { readonly paths: string[]; readonly confidence: number };

/** An importer that claims the files with these paths, each list as one source. */
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
          evidence: [`claims ${paths.join()}`],
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

it('gives every file to the kind that is surest of it, and lists what nobody claims', async () => {
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

it('calls a file ambiguous that two kinds are alike sure of, and reads the others', async () => {
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

it('prefers a whole store to a claim on one of its files that is no surer', async () => {
  const kinds = [
    matching('file', { paths: ['a/x'], confidence: 0.9 }),
    matching('store', { paths: ['a/x', 'a/y'], confidence: 0.9 }),
  ];
  expect(await recognised(kinds)).toMatchObject({
    sources: [['store', 'a', ['a/x', 'a/y']]],
    ambiguous: [],
  });
});

it('obeys a kind that was asked for, for all files or only below a path', async () => {
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

it('goes on with the other kinds where one breaks off', async () => {
  const broken = { ...matching('broken'), detect: () => Promise.reject(new RangeError('no such thing')) };
  const kinds = [broken, matching('one', { paths: ['a/x'], confidence: 0.8 })];
  expect(await recognised(kinds)).toMatchObject({
    sources: [['one', 'a', ['a/x']]],
    failed: [{ kind: 'broken', reason: 'no such thing' }],
  });
});

it('names a source after the innermost folder that holds it', async () => {
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
])('claims nothing of %s', async (_name, files) => {
  const { sources } = await recognise(importers, folderOf('folder', files));
  expect(sources).toEqual([]);
});

it('gives every kind a name of its own', () => {
  const kinds = importers.map(({ kind }) => kind);
  expect(kinds).toEqual([...new Set(kinds)]);
  expect(kinds.every((kind) => /^[a-z][a-z0-9-]*$/.test(kind))).toBe(true);
});
