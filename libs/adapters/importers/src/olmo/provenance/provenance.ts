import { addMembers } from '../../facts/add-members.ts';
import { fileImporter } from '../../file-importer.ts';
import type { SourceFile } from '../../files/folder.ts';
import type { FactCollector } from '../../facts/fact-collector.ts';
import { tableIn } from '../../files/table.ts';
import { fileStem } from '../naming.ts';
import { filesByLabel, membersOf } from '../listed-members.ts';

const HEADER = /^\uFEFF?"?dataset"?\s*,\s*"?data directory"?\s*\r?\n/i;

/** A table with the source dataset and the directory of each token shard. */
export const olmoProvenance = fileImporter({
  kind: 'olmo-provenance',
  version: '1.0',
  looksFor: 'a table of token shards with the columns Dataset and Data Directory',
  recognise: async (file) =>
    HEADER.test(await file.headText())
      ? { confidence: 0.96, evidence: 'has the columns Dataset and Data Directory' }
      : undefined,
  readFile,
});

async function readFile(file: SourceFile, collector: FactCollector): Promise<void> {
  const table = await tableIn(file, collector.findings);
  if (!table) return;
  const column = (name: string) => table.columns.findIndex((each) => each.toLowerCase() === name);
  const [dataset, directory] = [column('dataset'), column('data directory')];
  const shards = table.rows.flatMap(({ cells, line }) => {
    const [label = '', path = ''] = [cells[dataset], cells[directory]];
    if (label !== '' && path !== '') return [{ label, path }];
    collector.findings.reject(`${table.path}:${line}`, '', 'the row has no dataset or no data directory');
    return [];
  });
  const members = membersOf(shards);
  if (members.members.length === 0) return;
  const snapshotId = `urn:olmo:provenance:${table.sha256}`;
  const origin = { sha256: table.sha256, pointer: '' };
  const labels = filesByLabel(members);
  collector.add(origin, file.name, {
    type: 'corpus.snapshot.registered',
    data: {
      snapshotId,
      name: fileStem(file.name).slice(0, 512),
      digest: { algorithm: 'sha256', value: members.digest },
      sources: Object.entries(labels).map(([label, count]) => ({
        kind: 'name',
        ref: label.slice(0, 2048),
        multiplicity: Math.min(count, 1_000_000),
      })),
      config: { rows: members.references, shards: members.members.length, rowsByDataset: labels },
    },
  });
  addMembers(collector, origin, snapshotId, members.members);
}
