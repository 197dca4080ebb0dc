import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Importer } from '@tributary/importers';
import { SAMPLES, sampleOf } from '../../libs/adapters/importers/src/samples.fixture.ts';
import type { Files, Growth } from './growth.fixture.ts';
import { beginCounting, workIn } from './work.fixture.ts';
import type { Work } from './work.fixture.ts';

/* Before the importers are loaded. */
beginCounting();
const { folderOf, importers } = await import('@tributary/importers');
const { GROWTHS } = await import('./growth.fixture.ts');

/** What the smaller of two inputs has more than the sample, in items, columns or levels: more than 64, where facts begin anew. */
const SIZE = 72;
/** Twice as much is twice the work, and a little more where it is sorted. */
const GROWTH = 2.5;
/** Twice as much of what is quadratic is four times the work. */
const BEGUN = 10;
/** What a size may add besides, where something begins within it. */
const BESIDES = 16 * SIZE;

/**
 * Growths whose counts are steeper, and why. One that is mended no longer belongs here.
 *
 * The owner of a table of outcomes depends on the names and keys of both, so it is compared with each table of mixtures. The
 * first 64 columns of a run are recorded together and each further one alone, which is more work, and is not quadratic.
 */
const STEEPER: Readonly<Record<string, readonly string[]>> = {
  sweep: ['of many files'],
  'megatron-golden': ['wide'],
  'wandb-history': ['wide'],
};

function sampleFiles(kind: string): Files {
  const root = join(SAMPLES, sampleOf(kind));
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = found.map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    paths
      .filter((path) => !/\.(?:md|py)$/.test(path))
      .map((path) => [path.slice(root.length + 1), new Uint8Array(readFileSync(path))]),
  );
}

type Read = { readonly work: Work; readonly matched: number };

/** The work of looking at a folder and of reading what is recognised, by what did it. */
async function readingOf(
  importer: Importer,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Read> {
  let matched = 0;
  const work = await workIn(async () => {
    for (const match of await importer.detect(folderOf('sample', files))) {
      matched += match.files.length;
      await importer.read({ name: 'sample', files: match.files }, {});
    }
  });
  return { work, matched };
}

/** What grows faster than the input, with its counts. What is more than ten times as much has only begun with the larger one. */
const steep = (less: Work, more: Work): [string, string][] =>
  [...more].flatMap(([name, count]): [string, string][] => {
    const before = less.get(name) ?? 0;
    const isSteep = count > GROWTH * before + BESIDES && count < BEGUN * before;
    return isSteep ? [[name, `${before}, then ${count}`]] : [];
  });

const sum = ({ work }: Read): number => [...work.values()].reduce((all, count) => all + count, 0);

/** What is too steep in one growth of a sample, and whether the importer sees it at all. */
async function lawOf(importer: Importer, files: Files, growth: Growth) {
  const at = async (size: number) => readingOf(importer, growth(files, size));
  const [less, more] = [await at(SIZE), await at(2 * SIZE)];
  const isRead = more.matched > 0 && sum(more) > 1.2 * sum(less);
  const found = steep(less.work, more.work);
  if (found.length === 0) return { isRead, found };
  /* The counts of a function whose code was dropped meanwhile are lost, so what is steep is counted once more. */
  const again = new Map(steep((await at(SIZE)).work, (await at(2 * SIZE)).work));
  return { isRead, found: found.filter(([name]) => again.has(name)) };
}

describe.each(importers.map((importer) => ({ kind: importer.kind, importer })))(
  'the work of importing $kind',
  ({ kind, importer }) => {
    it('grows as its input, whatever of it is larger', async () => {
      const files = sampleFiles(kind);
      const read: string[] = [];
      const found: Record<string, unknown> = {};
      for (const [name, growth] of Object.entries(GROWTHS)) {
        if (!changes(growth, files)) continue;
        const law = await lawOf(importer, files, growth);
        if (law.isRead) read.push(name);
        if (law.found.length > 0) found[name] = Object.fromEntries(law.found);
      }
      /* A sample that no growth makes larger would hold for anything. */
      expect(read.length).toBeGreaterThan(1);
      const known = STEEPER[kind] ?? [];
      for (const name of known) expect(found).toHaveProperty(name);
      expect(Object.fromEntries(Object.entries(found).filter(([name]) => !known.includes(name)))).toEqual({});
    });
  },
);

/** Whether a growth makes anything of a sample larger; the content of binary files is left as it is. */
function changes(growth: Growth, files: Files): boolean {
  const grown = growth(files, 2);
  return Object.keys(grown).some((path) => grown[path] !== files[path]);
}
