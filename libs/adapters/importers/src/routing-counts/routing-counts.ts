import { groupBy } from '@tributary/kernel';
import { fileImporter } from '../file-importer.ts';
import { Findings } from '../facts/findings.ts';
import type { SourceFile } from '../files/folder.ts';
import { contentId, stemOf } from '../facts/shard-list.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { tableIn } from '../files/table.ts';
import type { Table } from '../files/table.ts';
import { chosenExperts } from './chosen-experts.ts';
import { countColumns, countRowOf, countsOf } from './count-row.ts';
import type { CountRow } from './count-row.ts';
import { truncateName } from '../facts/text.ts';

/** Token counts of a mixture-of-experts model: one row for each domain, layer and expert. */
export const routingCounts = fileImporter({
  kind: 'routing-counts',
  version: '1.0',
  looksFor: 'a table with model, domain, layer, expert and count',
  async recognise(file) {
    const [first = ''] = (await file.headText()).slice(0, 4096).split(/\r?\n/, 1);
    if (!/expert/i.test(first) || !/layer/i.test(first)) return undefined;
    const table = await tableIn(file, new Findings());
    if (!table || !countColumns(table.columns)) return undefined;
    return { confidence: 0.97, evidence: `counts tokens by ${table.columns.join(', ')}` };
  },
  readFile: readCounts,
});

async function readCounts(file: SourceFile, collector: FactCollector): Promise<void> {
  const table = await tableIn(file, collector.findings);
  if (!table) return;
  const groups = groupBy(rowsOf(table, collector), ({ model, choice, domain, layer }) =>
    JSON.stringify([model, choice, domain, layer]),
  );
  const all = [...groups.values()];
  if (all.length === 0) collector.findings.reject(file.path, '', 'the table has no valid rows');
  const topK = chosenExperts(all);
  const probeSet = contentId(stemOf(file.path), table.sha256);
  for (const rows of all) addLoad(rows, { file, collector, sha256: table.sha256, probeSet, topK });
}

function rowsOf(table: Table, { findings }: FactCollector): CountRow[] {
  const columns = countColumns(table.columns) ?? {};
  return table.rows.flatMap((row) => {
    const parsed = countRowOf(columns, row);
    if (typeof parsed !== 'string') return [parsed];
    findings.reject(`${table.path}:${row.line}`, '', parsed);
    return [];
  });
}

type LoadContext = {
  readonly file: SourceFile;
  readonly collector: FactCollector;
  readonly sha256: string;
  readonly probeSet: string;
  readonly topK: ReadonlyMap<string, number>;
};

function addLoad(rows: readonly CountRow[], { file, collector, sha256, probeSet, topK }: LoadContext): void {
  const [first] = rows;
  if (!first) return;
  const { model, choice, domain, layer, line } = first;
  const where = `${file.path}:${line}`;
  const counts = countsOf(rows);
  if (typeof counts === 'string') return collector.findings.reject(where, 'expert', counts);
  const chosen = first.topK ?? topK.get(model);
  if (chosen === undefined) {
    const why =
      'the number of experts for each token is unknown: add a column top_k, or rows that count first choices';
    return collector.findings.reject(where, 'topk', why);
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const tokens = choice === 'first' ? total : total / chosen;
  const [head, ...rest] = counts;
  if (head === undefined) return;
  collector.add(
    { sha256, pointer: `line:${line}` },
    JSON.stringify([probeSet, model, choice, domain, layer]),
    {
      type: 'routing.load.observed',
      data: {
        checkpointId: truncateName(model, 512),
        probeSet,
        domain: truncateName(domain, 256),
        layer,
        topK: chosen,
        choice,
        counts: [head, ...rest],
        ...(Number.isSafeInteger(tokens) && { tokens }),
        method: 'reported',
      },
    },
  );
}
