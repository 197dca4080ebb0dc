import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, importers, readFolder, recognise, whyUnrecognised } from './index.ts';
import type { Folder } from './index.ts';
import { measured, SAMPLES, sampleOf } from './samples.fixture.ts';

const DECODER = new TextDecoder('utf-8', { fatal: true });

/** The text of bytes; undefined where they are none. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = DECODER.decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

const utf16 = (text: string): Uint8Array =>
  Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]);

/** Every second line ends with a carriage return too. */
const mixed = (text: string): Uint8Array => {
  let line = 0;
  return Buffer.from(text.replaceAll(/\r?\n/g, () => (line++ % 2 === 0 ? '\r\n' : '\n')));
};

const VARIANTS = {
  'with mixed line ends': mixed,
  'with a byte order mark': (text: string) => Buffer.from(`\uFEFF${text}`),
  'in UTF-16': utf16,
};

async function found(folder: Folder) {
  const { sources } = await recognise(importers, folder);
  const read = await Promise.all(sources.map(({ importer, folder: own }) => importer.read(own, {})));
  return {
    kinds: sources.map(({ importer }) => importer.kind),
    counts: measured(read.flatMap(({ events }) => events)),
    rejected: read.flatMap(({ rejected }) => rejected.map(({ source, pointer }) => [source, pointer])),
  };
}

/** Kinds whose files are named in their files, or are no text. */
const BINARY = new Set([
  'neptune',
  'parquet-history',
  'tensorboard',
  'wandb',
  'dolma',
  'datatrove',
  'megatron-data',
]);

describe.each(importers.map(({ kind }) => kind).filter((kind) => !BINARY.has(kind)))(
  'a file of %s',
  (kind) => {
    it.each(Object.entries(VARIANTS))('%s is read as any other', async (_how, variant) => {
      const folder = await readFolder(join(SAMPLES, sampleOf(kind)));
      const files = await Promise.all(
        folder.files.map(async (file) => {
          const bytes = await file.read();
          const text = textOf(bytes);
          return [file.path, text === undefined ? bytes : variant(text)] as const;
        }),
      );
      expect(await found(folderOf(folder.name, Object.fromEntries(files)))).toEqual(await found(folder));
    });
  },
);

it('names the first line that is not UTF-8, and what is UTF-16 without saying so', async () => {
  const table = 'run_id,task,metric,value\nr,copa,acc,0.5\nr,caf\u00E9,acc,0.25\n';
  const latin = folderOf('t', { 'scores.csv': Buffer.from(table, 'latin1') });
  expect((await found(latin)).counts).toMatchObject({ scores: 2 });
  expect(latin.files.map(({ undecodableLine }) => undecodableLine)).toEqual([3]);
  const unmarked = folderOf('t', { 'scores.csv': Buffer.from(table.replace('\u00E9', 'e'), 'utf16le') });
  expect((await found(unmarked)).kinds).toEqual([]);
  expect(await whyUnrecognised(unmarked.files)).toEqual([
    { path: 'scores.csv', reason: expect.stringContaining('UTF-16 without a byte order mark') },
  ]);
});
