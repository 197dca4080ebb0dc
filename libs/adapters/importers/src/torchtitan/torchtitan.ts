import { fileImporter } from '../file-importer.ts';
import type { Recognition } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import { spanOf } from '../run-history/point.ts';
import type { Point } from '../run-history/point.ts';
import { recordPoints } from '../run-history/record-points.ts';
import { fileRunName } from '../run-history/run-name.ts';
import { startRun } from '../run-history/start-run.ts';
import { hasLogLines } from '../files/log-lines.ts';
import { isConsoleLine } from './console-lines.ts';
import { lossLines } from './loss-lines.ts';
import type { LossRow } from './console-lines.ts';

/**
 * Loss curves of torchtitan: test files with `step loss` on each line, CSV and TSV with a header, and training logs.
 * Each file is a run. If the steps restart, the following lines are another attempt.
 */
export const torchtitan = fileImporter({
  kind: 'torchtitan',
  version: '1.0',
  takes: ['run'],
  looksFor: 'loss curves with a step and a loss on each line',
  recognise,
  async readFile(file, collector, request) {
    const { rows, rejected } = lossLines(await file.text());
    for (const { line, reason } of rejected)
      collector.findings.reject(`${file.path}:line:${line}`, '', reason);
    if (rows.length === 0) {
      if (rejected.length === 0)
        collector.findings.reject(`${file.path}:line:1`, '', 'the file has no line with a step');
      return;
    }
    const chart = chartColumnIn(rows);
    if (chart !== undefined) {
      collector.findings.reject(
        `${file.path}:line:1`,
        chart,
        'the column is named RUN - METRIC, and the columns of several runs are not one run: say what they are with a map (tributary map)',
      );
      return;
    }
    const names = namesIn(rows);
    if (names) {
      collector.findings.reject(
        `${file.path}:line:${names.line}`,
        '',
        `the column ${names.column} has several names, and rows of several runs are not one run: say what it is with a map (tributary map)`,
      );
      return;
    }
    const sha256 = await file.sha256();
    const runId = fileRunName(file, request, sha256);
    const texts = rows.flatMap(({ line, texts: columns }) =>
      columns.map(([column]) => `line:${line} ${column}`),
    );
    if (texts[0]) collector.findings.warn('value_is_no_number', `${file.path}:${texts[0]}`, texts.length);
    const { attempts, repeated } = attemptsOf(rows);
    if (repeated[0]) {
      const example = `${file.path}:line:${repeated[0].line} repeats the previous line`;
      collector.findings.warn('row_repeated', example, repeated.length);
    }
    for (const [index, attempt] of attempts.entries()) {
      const name = { runId, attempt: index + 1 };
      startRun(collector, { sha256, pointer: `line:${attempt[0]?.line ?? 1}` }, name);
      const points = attempt.flatMap(({ line, step, values }): Point[] =>
        values.map(([key, value]) => ({ key, step, value, at: line })),
      );
      recordPoints(collector, { sha256, pointer: spanOf('lines') }, name, points);
    }
  },
});

/**
 * Splits rows into attempts: a new one starts if the step decreases or repeats with another value. Lines of one step
 * with different columns are merged, and repeated values are left out.
 */
function attemptsOf(rows: readonly LossRow[]): { attempts: LossRow[][]; repeated: LossRow[] } {
  const attempts: LossRow[][] = [];
  const repeated: LossRow[] = [];
  let last = -1;
  let seen = new Map<string, number>();
  for (const row of rows) {
    const differs = ([column, value]: readonly [string, number]) =>
      seen.has(column) && !Object.is(seen.get(column), value);
    const starts = row.step < last || (row.step === last && row.values.some(differs));
    if (row.step !== last || starts) seen = new Map();
    if (starts || attempts.length === 0) attempts.push([]);
    const values = row.values.filter(([column]) => !seen.has(column));
    if (values.length === 0) repeated.push(row);
    else attempts.at(-1)?.push({ ...row, values });
    for (const [column, value] of values) seen.set(column, value);
    last = row.step;
  }
  return { attempts, repeated };
}

/** A column of a chart that W&B exports: `RUN - METRIC`. Read as a metric, the name of the run would be a part of it. */
const chartColumnIn = (rows: readonly LossRow[]): string | undefined =>
  rows.flatMap(({ values }) => values.flatMap(([column]) => (/\S - \S/.test(column) ? [column] : [])))[0];

/** Columns that tell runs apart, also where they hold numbers. */
const RUN_NAME = /^(?:run|experiment|exp|trial|model|seed|job)(?:[_ ]?(?:id|name))?$/i;

/**
 * The first column that tells rows apart: one that is named so, or one of several texts of which some stand in several
 * rows, such as phases or metrics. In a column of times no text is repeated. Undefined where there is none.
 */
function namesIn(rows: readonly LossRow[]): { readonly column: string; readonly line: number } | undefined {
  const columns = new Map<string, { names: Map<string, number>; rows: number }>();
  for (const { line, texts, values } of rows) {
    const named = values.filter(([column]) => RUN_NAME.test(column));
    for (const [column, cell] of [...texts, ...named]) {
      const found = columns.get(column) ?? { names: new Map<string, number>(), rows: 0 };
      if (!found.names.has(String(cell))) found.names.set(String(cell), line);
      found.rows += 1;
      columns.set(column, found);
    }
  }
  for (const [column, { names, rows: count }] of columns) {
    const [, second] = names.values();
    const isRunName = RUN_NAME.test(column) || names.size < count;
    if (second !== undefined && isRunName) return { column, line: second };
  }
  return undefined;
}

const isOfSeveralRuns = (rows: readonly LossRow[]): boolean =>
  namesIn(rows) !== undefined || chartColumnIn(rows) !== undefined;

const HEADED = 'has a header with a step and a loss';
const LOSS_NAME = /loss|perplexity|ppl/i;

async function recognise(file: SourceFile) {
  const head = await file.headText();
  if (await hasLogLines(file, head, (lines) => lines.filter(isConsoleLine).length))
    return { confidence: 0.95, evidence: 'has lines with "step: … loss: …" as torchtitan prints them' };
  return recogniseTable(head, await file.headLines());
}

function recogniseTable(head: string, lines: string): Recognition | undefined {
  if (head.includes('\0') || /^\s*(?:[{<]|\[\s*[[{"\d])/.test(head)) return undefined;
  const { rows, rejected, named } = lossLines(lines);
  const columns = new Set(rows.flatMap(({ values }) => values.map(([column]) => column)));
  if (![...columns].some((column) => LOSS_NAME.test(column))) return undefined;
  switch (named) {
    case 'each':
      return undefined;
    case 'header':
      return rejected.length > rows.length || isOfSeveralRuns(rows)
        ? undefined
        : { confidence: rows.some(({ texts }) => texts.length > 0) ? 0.55 : 0.75, evidence: HEADED };
    case undefined:
      return isCurve(rows, rejected.length)
        ? { confidence: 0.85, evidence: 'has a whole step and a number on every line' }
        : undefined;
  }
}

/** Whether the rows are a loss curve. Two columns of whole numbers can be anything. */
const isCurve = (rows: readonly LossRow[], rejected: number): boolean =>
  rows.length >= 2 &&
  rejected <= rows.length / 10 &&
  rows.some(({ values }) => values.some(([, value]) => !Number.isInteger(value)));
