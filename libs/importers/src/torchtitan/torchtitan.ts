import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../folder.ts';
import { spanOf } from '../run-history/point.ts';
import type { Point } from '../run-history/point.ts';
import { recordPoints } from '../run-history/record-points.ts';
import { contentName, placeOf, runName } from '../run-history/run-name.ts';
import { startRun } from '../run-history/start-run.ts';
import { lossLines } from './loss-lines.ts';
import type { LossLines } from './loss-lines.ts';

/**
 * Loss curves as torchtitan keeps them for its tests: `step loss` a line, or CSV and TSV with a header. Each file is a
 * run. Where the steps start again, the lines after that are a further attempt.
 */
export const torchtitan = fileImporter({
  kind: 'torchtitan',
  version: '1.0',
  looksFor: 'loss curves with a step and a loss a line',
  recognise,
  async readFile(file, reading, request) {
    const { rows, odd } = lossLines(await file.text());
    for (const { line, reason } of odd) reading.findings.reject(`${file.path}:line:${line}`, '', reason);
    if (rows.length === 0) {
      if (odd.length === 0) reading.findings.reject(`${file.path}:line:1`, '', 'the file holds no step');
      return;
    }
    const runId = runName({ name: placeOf(file.name), files: [] }, request, placeOf(file.path));
    const sha256 = await file.sha256();
    for (const [index, attempt] of attemptsOf(rows).entries()) {
      const name = { runId, attempt: index + 1 };
      startRun(reading, { sha256, pointer: `line:${attempt[0]?.line ?? 1}` }, name);
      const points = attempt.flatMap(({ line, step, values }): Point[] =>
        values.map(([key, value]) => ({ key, step, value, at: line })),
      );
      recordPoints(reading, { sha256, pointer: spanOf('lines') }, name, points);
    }
  },
});

type Rows = LossLines['rows'];

function attemptsOf(rows: Rows): Rows[] {
  const starts = rows.flatMap(({ step }, index) =>
    index > 0 && step <= (rows[index - 1]?.step ?? -1) ? [index] : [],
  );
  return [0, ...starts].map((from, index) => rows.slice(from, starts[index]));
}

const LOSS_NAME = /loss|perplexity|ppl/i;

async function recognise(file: SourceFile) {
  const head = await file.headText();
  if (head.includes('\0') || /^\s*[{[<]/.test(head)) return undefined;
  const whole = file.bytes <= head.length ? head : head.slice(0, head.lastIndexOf('\n'));
  const { rows, odd, header } = lossLines(whole);
  if (rows.length < 2 || odd.length > rows.length / 10) return undefined;
  const named = rows[0]?.values.some(([column]) => LOSS_NAME.test(column)) ?? false;
  const alone = rows.every(({ values }) => values.length === rows[0]?.values.length);
  if (!named || !alone) return undefined;
  const fractional = rows.some(({ values }) => values.some(([, value]) => !Number.isInteger(value)));
  if (!fractional) return undefined;
  return header
    ? { confidence: 0.75, evidence: 'has a header with a step and a loss' }
    : { confidence: 0.85, evidence: 'has a whole step and a number on every line' };
}
