import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fileImporter } from './file-importer.ts';
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
    unread: [],
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
    unread: [],
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

it('reads a file that a rule names as its kind though nothing recognises it, and no other file of a folder', async () => {
  const kinds = [matching('one', { paths: ['a/x'], confidence: 0.8 }), matching('two')];
  const named = await recognise(kinds, folder, [{ path: 'a/x', kind: 'two' }]);
  expect(named.sources).toMatchObject([
    {
      importer: { kind: 'two' },
      isAsked: true,
      evidence: ['a/x is read as two because --as says so'],
      folder: { files: [{ path: 'a/x' }] },
    },
  ]);
  expect((await recognise(kinds, folder, [{ path: 'a', kind: 'two' }])).sources).toEqual([]);
  const alone = folderOf('alone', { 'notes.txt': 'words' });
  expect((await recognise(kinds, alone, [{ path: '', kind: 'two' }])).sources).toHaveLength(1);
  const known = await recognise(kinds, folder, [{ path: 'a/x', kind: 'one' }]);
  expect(known.sources.map(({ isAsked }) => isAsked)).toEqual([undefined]);
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

const VOCABULARY = [
  'step loss uuid iteration global_step log_history results versions config datasets weight path name cirs feature_order',
  'run_id doc_id source_name target_ratio sources shards metric value task model model_args streams proportion train test',
].flatMap((words) => words.split(' '));
const NUMBERED = Object.fromEntries(VOCABULARY.map((word, index) => [word, index]));
const LINES =
  'step: 1  loss: 9.5\nstep: 2  loss: 9.1\niter 1: loss 3.1, time 1ms\niter 2: loss 3, time 1ms\n';
const TABLE = 'step,loss\n1,9.5\n2,9.1\n';

it.each([
  ['vocab.json', JSON.stringify(NUMBERED)],
  ['tokenizer.json', JSON.stringify({ version: '1.0', model: { type: 'BPE', vocab: NUMBERED, merges: [] } })],
  ['train.slurm', `#!/bin/bash\n${LINES.replaceAll(/^/gm, '# ')}\nsrun train.py\n`],
  ['README.md', `| model | task | metric | value |\n|---|---|---|---|\n${LINES}`],
  ['table.md', TABLE],
  ['train.py', `x = '''\n${TABLE}'''\n`],
  ['table.py', TABLE],
])('makes nothing of %s', async (path, text) => {
  const folder = folderOf('repository', { [path]: text });
  const { sources, ambiguous, unrecognised } = await recognise(importers, folder);
  expect([sources, ambiguous, unrecognised]).toEqual([[], [], [path]]);
});

it('shows prose, programs and scripts only to kinds that have them, or that the user names', async () => {
  const shown = { 'a.csv': '1', 'b.md': '2', 'c.py': '3', 'd.sh': '4' };
  const seenBy = async (looksAt: Pick<Importer, 'looksAt'>, rules: KindRule[] = []) => {
    const seen: string[] = [];
    const detect: Importer['detect'] = ({ files }) => {
      seen.push(...files.map(({ path }) => path));
      return Promise.resolve([]);
    };
    await recognise([{ ...matching('one'), ...looksAt, detect }], folderOf('mixed', shown), rules);
    return seen;
  };
  expect(await seenBy({})).toEqual(['a.csv']);
  expect(await seenBy({ looksAt: 'scripts' })).toEqual(['a.csv', 'd.sh']);
  expect(await seenBy({ looksAt: 'everything' })).toEqual(Object.keys(shown));
  expect(await seenBy({}, [{ path: 'b.md', kind: 'one' }])).toEqual(['a.csv', 'b.md']);
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

it('leaves out a file that holds too much, says so, and reads the others', async () => {
  const bomb = gzipSync(Buffer.concat([Buffer.from('{'), Buffer.alloc(65 * 1024 * 1024, ' ')]));
  const spans = JSON.stringify({ datasets: [{ name: 'web', path: '/d/web', weight: 1 }] });
  const folder = folderOf('packed', { 'a/bomb.json.gz': bomb, 'blend.json': spans });
  const { sources, unread, failed } = await recognise(importers, folder);
  expect(failed).toEqual([]);
  expect(sources.flatMap((source) => source.folder.files.map(({ path }) => path))).toEqual(['blend.json']);
  expect(unread).toEqual([
    {
      path: 'a/bomb.json.gz',
      reason: expect.stringMatching(/a\/bomb\.json\.gz: its \d+ bytes of gzip hold more than/),
    },
  ]);
});

const bombOf = (start: string): Buffer =>
  gzipSync(Buffer.concat([Buffer.from(start), Buffer.alloc(65 * 1024 * 1024, ' ')]));

it('imports beside a file that begins as a vocabulary does and holds too much', async () => {
  const blend = JSON.stringify({ datasets: [{ name: 'web', path: '/d/web', weight: 1 }] });
  const folder = folderOf('packed', { 'a.json.gz': bombOf('{"a":1,'), 'blend.json': blend });
  const { sources, unread, failed } = await recognise(importers, folder);
  expect(failed).toEqual([]);
  expect(sources.flatMap((source) => source.folder.files.map(({ path }) => path))).toEqual(['blend.json']);
  expect(unread.map(({ path }) => path)).toEqual(['a.json.gz']);
});

it('looks at files for files that hold too much, not for each of them and each importer', async () => {
  const bomb = bombOf('{');
  const bombs = ['a', 'b'].map((name) => [`${name}.json.gz`, bomb] as const);
  const folder = folderOf('packed', { ...Object.fromEntries(bombs), 'e.json': '{}' });
  let begun = 0;
  const whole = (kind: string): Importer => ({
    ...matching(kind),
    async detect({ files }) {
      begun += 1;
      for (const file of files) await file.json();
      return [{ files, confidence: 1, evidence: [] }];
    },
  });
  const { unread, failed } = await recognise([whole('one'), whole('two'), whole('three')], folder);
  expect([unread.length, failed]).toEqual([2, []]);
  /* Once for each importer, once more for those that meet what is known, and once for each file that is not yet. */
  expect(begun).toBe(3 + 2 + 2);
  let looks = 0;
  const single = fileImporter({
    ...matching('single'),
    recognise: async (file) => {
      looks += 1;
      return (await file.json()) === undefined ? undefined : { confidence: 1, evidence: 'is JSON' };
    },
    readFile: () => Promise.resolve(),
  });
  await recognise([single], folder);
  expect(looks).toBe(folder.files.length);
});
