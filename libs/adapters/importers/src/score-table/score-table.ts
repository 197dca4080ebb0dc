import type { FactCatalogue } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import { fileImporter } from '../file-importer.ts';
import { Findings } from '../facts/findings.ts';
import type { SourceFile } from '../files/folder.ts';
import type { ImportRequest } from '../importer.ts';
import { directionOf, metricOf } from '../facts/metric.ts';
import { numberIn, whyNoNumber } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { truncateName } from '../facts/text.ts';
import { parametersOf } from '../sweep/file-tokens.ts';
import { tableIn } from '../files/table.ts';
import type { Table, TableRow } from '../files/table.ts';
import { scoreColumns } from './score-columns.ts';
import type { ScoreColumns } from './score-columns.ts';

/** Tables with one score a row: the evaluated model, the task, the metric and the value. */
export const scoreTable = fileImporter({
  kind: 'score-table',
  version: '1.0',
  takes: ['model', 'unit'],
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

type ScoreFile = {
  readonly table: Table;
  readonly columns: ScoreColumns;
  readonly name: string;
  /** What the caller says of rows that do not. */
  readonly declared: Pick<ImportRequest, 'model' | 'unit'>;
};

async function readFile(file: SourceFile, collector: FactCollector, request: ImportRequest): Promise<void> {
  const table = await tableIn(file, collector.findings);
  const columns = table && scoreColumns(table.columns, request.model !== undefined);
  if (!columns) {
    const reason =
      'the table has no columns for task, metric and value, or none for the model: name it with --model';
    collector.findings.reject(file.path, '', reason);
    return;
  }
  const name = request.name ?? file.name.replace(/\.[^.]*$/, '');
  const source = { table, columns, name, declared: request };
  const seen = new Map<string, number>();
  const started = new Set<string>();
  for (const row of table.rows) {
    const score = scoreOf(source, row, collector);
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
      collector.findings.reject(
        `${table.path}:${row.line}`,
        '',
        `the row repeats the score of line ${first}`,
      );
      continue;
    }
    seen.set(identity, row.line);
    const origin = { sha256: table.sha256, pointer: `line:${row.line}` };
    if (!started.has(score.runId)) {
      started.add(score.runId);
      collector.add(origin, [score.runId, ...declaredModel(source, row)].join('|'), {
        type: 'training.run.started',
        data: runOf(source, row, score.runId),
      });
    }
    const { unit } = request;
    const entity = unit === undefined ? identity : canonicalJson([identity, unit]);
    collector.add(origin, entity, { type: 'evaluation.score.recorded', data: score });
  }
  if (seen.size > 0)
    collector.findings.warn(
      'harness_unknown',
      `${file.path} does not name the evaluation harness`,
      seen.size,
    );
}

/** The model that only the caller names. It is part of the id, as the unit is, so that an import that named a wrong one can be repeated. */
const declaredModel = ({ columns, declared }: ScoreFile, row: TableRow): string[] =>
  declared.model === undefined || cellOf(row, columns.model) !== '' ? [] : [declared.model];

const cellOf = ({ cells }: TableRow, at: number | undefined): string =>
  at === undefined ? '' : (cells[at] ?? '');

type Score = FactCatalogue['evaluation.score.recorded'];
type CellFault = { readonly at: number; readonly reason: string };

/** The row as a score; undefined if it was rejected. */
function scoreOf(source: ScoreFile, row: TableRow, { findings }: FactCollector): Score | undefined {
  const { table, columns, declared } = source;
  const fault = faultIn(columns, row) ?? countFault(columns, row) ?? contradictionIn(source, row);
  if (fault) {
    findings.reject(`${table.path}:${row.line}`, table.columns[fault.at] ?? '', fault.reason);
    return undefined;
  }
  const task = cellOf(row, columns.task).slice(0, 256);
  const metric = cellOf(row, columns.metric).slice(0, 256);
  return {
    runId: runIdOf(source, row),
    ...countsOf(columns, row),
    capability: task,
    benchmark: task,
    metric,
    harness: { name: 'unknown' },
    value: numberIn(cellOf(row, columns.value)) ?? Number.NaN,
    ...stderrOf(columns, row),
    ...directionOf(metric, undefined, findings, table.path),
    ...(declared.unit !== undefined && { unit: declared.unit }),
    method: 'reported',
  };
}

/** A model or unit that the row states and that is not the one that the caller names. */
function contradictionIn({ columns, declared }: ScoreFile, row: TableRow): CellFault | undefined {
  const model = cellOf(row, columns.model);
  if (columns.model !== undefined && declared.model !== undefined && model !== '' && model !== declared.model)
    return { at: columns.model, reason: `the row names the model ${model}; --model says ${declared.model}` };
  const metric = cellOf(row, columns.metric);
  const { unit } = metricOf(metric);
  const states = unit !== metric && declared.unit !== undefined && unit !== declared.unit;
  return states
    ? { at: columns.metric, reason: `the metric ${metric} is in ${unit}; --unit says ${declared.unit}` }
    : undefined;
}

/** Empty and negative cells have no standard error. */
function stderrOf(columns: ScoreColumns, row: TableRow): { stderr?: number } {
  const stderr = numberIn(cellOf(row, columns.stderr)) ?? -1;
  return stderr < 0 ? {} : { stderr };
}

function faultIn({ value, task, metric }: ScoreColumns, row: TableRow): CellFault | undefined {
  const cell = cellOf(row, value);
  if (numberIn(cell) === undefined) return { at: value, reason: whyNoNumber(cell) };
  if (cellOf(row, task) === '') return { at: task, reason: 'the task is empty' };
  return cellOf(row, metric) === '' ? { at: metric, reason: 'the metric is empty' } : undefined;
}

const COUNTS = ['step', 'shots', 'tokens', 'items'] as const;

const countsOf = (columns: ScoreColumns, row: TableRow): Pick<Score, (typeof COUNTS)[number]> =>
  Object.fromEntries(
    COUNTS.flatMap((key) => {
      const count = numberIn(cellOf(row, columns[key]));
      return count === undefined ? [] : [[key, count]];
    }),
  );

function countFault(columns: ScoreColumns, row: TableRow): CellFault | undefined {
  const wrong = COUNTS.find((key) => {
    const cell = cellOf(row, columns[key]);
    const count = numberIn(cell) ?? Number.NaN;
    return cell !== '' && !(Number.isSafeInteger(count) && count >= (key === 'items' ? 1 : 0));
  });
  const at = wrong && columns[wrong];
  return at === undefined ? undefined : { at, reason: `"${cellOf(row, at)}" is not a count` };
}

/** The id of the run, otherwise the name of the table with model, size, arm and seed. */
function runIdOf({ columns, name, declared }: ScoreFile, row: TableRow): string {
  const run = cellOf(row, columns.run);
  if (run !== '') return truncateName(run, 256);
  const design = [columns.size, columns.arm, columns.seed].map((at) => cellOf(row, at));
  const parts = [modelOf({ columns, declared }, row), ...design];
  return truncateName(`${name}/${parts.filter((part) => part !== '').join('/')}`, 256);
}

const modelOf = ({ columns, declared }: Pick<ScoreFile, 'columns' | 'declared'>, row: TableRow): string =>
  cellOf(row, columns.model) || (declared.model ?? '');

function runOf(
  { columns, name, declared }: ScoreFile,
  row: TableRow,
  runId: string,
): FactCatalogue['training.run.started'] {
  const model = modelOf({ columns, declared }, row);
  const [size, arm] = [columns.size, columns.arm].map((at) => cellOf(row, at));
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
