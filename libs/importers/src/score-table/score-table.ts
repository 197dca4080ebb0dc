import type { FactCatalogue } from '@tributary/contracts';
import { canonicalJson } from '@tributary/kernel';
import { fileImporter } from '../file-importer.ts';
import { Findings } from '../findings.ts';
import type { SourceFile } from '../folder.ts';
import type { ImportRequest } from '../importer.ts';
import { directionOf } from '../lm-eval/direction.ts';
import { numberIn, whyNoNumber } from '../number.ts';
import type { Reading } from '../reading.ts';
import { parametersOf } from '../sweep/file-tokens.ts';
import { tableIn } from '../table.ts';
import type { Table, TableRow } from '../table.ts';
import { scoreColumns } from './score-columns.ts';
import type { ScoreColumns } from './score-columns.ts';

/** Tables with one score a row: what was scored, on what, by which metric, and the value. */
export const scoreTable = fileImporter({
  kind: 'score-table',
  version: '1.0',
  looksFor: 'a table with one score a row: run, model or arm, task, metric and value',
  async recognise(file) {
    const table = await tableIn(file, new Findings());
    const columns = table && scoreColumns(table.columns);
    if (!table || !columns || table.rows.length === 0) return undefined;
    const names = [columns.task, columns.metric, columns.value].map((at) => table.columns[at] ?? '');
    return { confidence: 0.9, evidence: `has a score a row (columns ${names.join(', ')})` };
  },
  readFile,
});

type Source = { readonly table: Table; readonly columns: ScoreColumns; readonly name: string };

async function readFile(file: SourceFile, reading: Reading, request: ImportRequest): Promise<void> {
  const table = await tableIn(file, reading.findings);
  const columns = table && scoreColumns(table.columns);
  if (!columns) {
    reading.findings.reject(file.path, '', 'there are no columns for a task, a metric and a value');
    return;
  }
  const name = request.name ?? file.name.replace(/\.[^.]*$/, '');
  const source = { table, columns, name };
  const seen = new Map<string, number>();
  const started = new Set<string>();
  for (const row of table.rows) {
    const score = scoreOf(source, row, reading);
    if (!score) continue;
    const identity = canonicalJson([
      score.runId,
      score.step ?? null,
      score.shots ?? null,
      score.benchmark,
      score.metric,
    ]);
    const first = seen.get(identity);
    if (first !== undefined) {
      reading.findings.reject(`${table.path}:${row.line}`, '', `the same score is on line ${first} already`);
      continue;
    }
    seen.set(identity, row.line);
    const origin = { sha256: table.sha256, pointer: `line:${row.line}` };
    if (!started.has(score.runId)) {
      started.add(score.runId);
      reading.add(origin, score.runId, {
        type: 'training.run.started',
        data: runOf(source, row, score.runId),
      });
    }
    reading.add(origin, identity, { type: 'evaluation.score.recorded', data: score });
  }
  if (seen.size > 0)
    reading.findings.warn('harness_unknown', `${file.path} does not say which program scored`, seen.size);
}

const cellOf = ({ cells }: TableRow, at: number | undefined): string =>
  at === undefined ? '' : (cells[at] ?? '');

/** The row as a score, or undefined where it was rejected. */
function scoreOf(
  { table, columns, name }: Source,
  row: TableRow,
  { findings }: Reading,
): FactCatalogue['evaluation.score.recorded'] | undefined {
  const reject = (at: number, reason: string) => {
    findings.reject(`${table.path}:${row.line}`, table.columns[at] ?? '', reason);
    return undefined;
  };
  const value = numberIn(cellOf(row, columns.value));
  const task = cellOf(row, columns.task).slice(0, 256);
  const metric = cellOf(row, columns.metric).slice(0, 256);
  if (value === undefined) return reject(columns.value, whyNoNumber(cellOf(row, columns.value)));
  if (task === '') return reject(columns.task, 'the name of the task is empty');
  if (metric === '') return reject(columns.metric, 'the name of the metric is empty');
  const told = { step: columns.step, shots: columns.shots, tokens: columns.tokens, items: columns.items };
  const counts: Partial<Record<keyof typeof told, number>> = {};
  for (const [key, at] of Object.entries(told)) {
    const cell = cellOf(row, at);
    if (at === undefined || cell === '') continue;
    const count = numberIn(cell) ?? Number.NaN;
    if (!Number.isSafeInteger(count) || count < (key === 'items' ? 1 : 0))
      return reject(at, `"${cell}" is no count`);
    Object.assign(counts, { [key]: count });
  }
  const stderr = numberIn(cellOf(row, columns.stderr));
  return {
    runId: runIdOf({ columns, name }, row),
    ...counts,
    capability: task,
    benchmark: task,
    metric,
    harness: { name: 'unknown' },
    value,
    ...(stderr !== undefined && stderr >= 0 && { stderr }),
    ...directionOf(metric, undefined, findings, table.path),
    method: 'reported',
  };
}

/** A run's own id, else what names it: size, model, arm and seed under the name of the table. */
function runIdOf({ columns, name }: Pick<Source, 'columns' | 'name'>, row: TableRow): string {
  const run = cellOf(row, columns.run);
  if (run !== '') return run.slice(0, 256);
  const parts = [columns.model, columns.size, columns.arm, columns.seed].map((at) => cellOf(row, at));
  return `${name}/${parts.filter((part) => part !== '').join('/')}`.slice(0, 256);
}

function runOf(
  { columns, name }: Source,
  row: TableRow,
  runId: string,
): FactCatalogue['training.run.started'] {
  const [model, size, arm] = [columns.model, columns.size, columns.arm].map((at) => cellOf(row, at));
  const seed = numberIn(cellOf(row, columns.seed));
  const parameters = size && /^\d+(\.\d+)?[kmb]$/i.test(size) ? parametersOf(size) : undefined;
  return {
    runId,
    attempt: 1,
    ...(arm && { experimentId: name.slice(0, 128), arm: arm.slice(0, 128) }),
    model: { name: model || size || 'unknown', ...(parameters !== undefined && { parameters }) },
    config: {},
    seeds: seed !== undefined && Number.isSafeInteger(seed) && seed >= 0 ? { init: seed } : {},
  };
}
