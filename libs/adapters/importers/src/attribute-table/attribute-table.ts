import { appendAll } from '@tributary/kernel';
import type { Folder, SourceFile } from '../files/folder.ts';
import { Findings } from '../facts/findings.ts';
import type { FileMatch, Importer } from '../importer.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { tableIn } from '../files/table.ts';
import { attributesIn, readAttributes } from './attributes.ts';
import { normaliserIn, readNormaliser } from './normaliser.ts';

const NAME = { kind: 'attribute-table', version: '1.0' };

/** Scores of documents, one document a row, with the statistics that normalise them. */
export const attributeTable: Importer = {
  ...NAME,
  looksFor:
    'a table of documents with code features and a cirs score, or the statistics that normalise the scores',
  async detect({ files }) {
    const matches: FileMatch[] = [];
    for (const [folder, members] of groupByFolder(files)) {
      const classified = await classifyFiles(members);
      const all = [...classified.tables, ...classified.normalisers];
      if (all.length === 0) continue;
      const evidence = [
        `${all.map(({ path }) => path).join(', ')} hold document features${folder && ` in ${folder}`}`,
      ];
      matches.push({ files: all, confidence: 0.9, evidence });
    }
    return matches;
  },
  async read(folder: Folder) {
    const collector = new FactCollector(NAME);
    for (const [, members] of groupByFolder(folder.files)) {
      const { tables, normalisers } = await classifyFiles(members);
      const ids: string[] = [];
      for (const file of normalisers) appendAll(ids, await readNormaliser(file, collector, folder.name));
      for (const file of tables) await readAttributes(file, collector, ids.length === 1 ? ids[0] : undefined);
    }
    return collector.finish();
  },
};

function groupByFolder(files: readonly SourceFile[]): Map<string, SourceFile[]> {
  const folders = new Map<string, SourceFile[]>();
  for (const file of files) {
    folders.set(file.folder, [...(folders.get(file.folder) ?? []), file]);
  }
  return folders;
}

async function classifyFiles(files: readonly SourceFile[]) {
  const tables: SourceFile[] = [];
  const normalisers: SourceFile[] = [];
  for (const file of files) {
    const head = await file.headText();
    if (head.includes('feature_order') && normaliserIn(await file.json())) normalisers.push(file);
    else if (/\.(csv|tsv)(\.gz)?$/i.test(file.path) && /\bcirs\b/.test(head.split('\n', 1)[0] ?? '')) {
      const table = await tableIn(file, new Findings());
      if (table && attributesIn(table.columns)) tables.push(file);
    }
  }
  return { tables, normalisers };
}
