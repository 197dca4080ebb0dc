import { groupBy } from '@tributary/kernel';
import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import type { ImportRequest } from '../importer.ts';
import { stemOf } from '../facts/shard-list.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { addArms } from './arms.ts';
import { addLosses } from './losses.ts';
import { lossRowsIn, runPathIn } from './checkpoint-losses.ts';
import type { RunPath } from './checkpoint-losses.ts';

/** Losses of proxy runs whose mixture is in the path of their checkpoints. */
export const mixingLaws = fileImporter({
  kind: 'mixing-laws',
  version: '1.0',
  looksFor:
    'lines of checkpoint, validation file and loss, with weights in the folder names of the checkpoints',
  async recognise(file) {
    const head = (await file.headText()).replace(/^\uFEFF/, '');
    if (head.includes('\0') || !head.includes('\t')) return undefined;
    const lines = head.split('\n').slice(0, 50);
    const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
    const { rows, rejected } = lossRowsIn(whole.join('\n'));
    const weighted = rows.find(({ path }) => runPathIn(path).weights.length > 0);
    if (!weighted || rejected.length * 2 > rows.length) return undefined;
    return { confidence: 0.95, evidence: `has losses of checkpoints such as ${weighted.path.slice(-80)}` };
  },
  readFile,
});

async function readFile(file: SourceFile, collector: FactCollector, request: ImportRequest): Promise<void> {
  const { rows, rejected } = lossRowsIn(await file.text());
  for (const { line, reason } of rejected) collector.findings.reject(`${file.path}:${line}`, '', reason);
  const sha256 = await file.sha256();
  const listed = [...groupBy(rows, ({ path }) => nameOf(runPathIn(path))).values()].map((own) => ({
    ...runPathIn(own[0]?.path ?? ''),
    rows: own,
  }));
  const group = listed.find(({ weights }) => weights.length > 0)?.group ?? '';
  const runs = listed.map((run) => (run.group === group ? run : { ...run, run: nameOf(run) }));
  const experiment = request.name ?? [group, stemOf(file.path)].filter((part) => part !== '').join('/');
  const context = { path: file.path, sha256, experiment, collector };
  addArms(runs, context, request);
  for (const run of runs) addLosses(run, context);
}

const nameOf = ({ group, run }: RunPath): string => `${group}/${run}`;
