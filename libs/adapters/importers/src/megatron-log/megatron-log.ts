import { sha256Of } from '../facts/text.ts';
import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import { hasLogLines } from '../files/log-lines.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { spanOf } from '../run-history/point.ts';
import { requireNonEmpty } from '../facts/chunks.ts';
import { recordPoints } from '../run-history/record-points.ts';
import { fileRunName } from '../run-history/run-name.ts';
import { count, startRun } from '../run-history/start-run.ts';
import { attemptsOf, LINE_END, linesOf } from './attempts.ts';
import type { LogAttempt } from './attempts.ts';
import { MAX_LINE } from './log-line.ts';
import { logPoints } from './log-points.ts';
import { skippedSteps } from './skipped.ts';
import type { SkippedSteps } from './skipped.ts';

/**
 * Training logs of Megatron-LM and its derivatives: lines of `name: value` between bars. A file is a run, and each
 * start in it is an attempt. Times in the log have no time zone, so facts have no time. Fields keep their names, except
 * loss, learning rate and gradient norm.
 */
export const megatronLog = fileImporter({
  kind: 'megatron-log',
  version: '1.0',
  takes: ['run'],
  looksFor: 'training logs of Megatron ("iteration N/M | … |")',
  recognise,
  async readFile(file, collector, request) {
    const text = await file.text();
    const attempts = attemptsOf(linesOf(text));
    if (attempts.length === 0) {
      collector.findings.reject(`${file.path}:line:1`, '', 'the file has no line "iteration N/M |"');
      return;
    }
    const runId = fileRunName(file, request, beginningOf(text, attempts));
    const skipped = skippedSteps(attempts, file.path, collector.findings);
    for (const [index, attempt] of attempts.entries()) {
      const read = { ...attempt, skipped: skipped[index] ?? [] };
      await readAttempt(collector, file, { runId, attempt: index + 1 }, read);
    }
    const dated = datedLine(text);
    if (dated !== undefined)
      collector.findings.warn('time_zone_unknown', `${file.path}: ${dated.trim().slice(0, 40)}`);
    if (isTruncated(text.slice(text.lastIndexOf('\n') + 1))) {
      const reason = 'the line is truncated: the text after its last bar was not imported';
      collector.findings.reject(`${file.path}:line:${text.split('\n').length}`, '', reason);
    }
  },
});

/** The first iterations identify a log, because they stay the same while it grows. */
const IDENTIFYING_ITERATIONS = 16;

function beginningOf(text: string, attempts: readonly LogAttempt[]): string {
  const iterations = attempts.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'iteration'));
  const last = iterations.slice(0, IDENTIFYING_ITERATIONS).at(-1)?.line ?? 1;
  return sha256Of(text.split(LINE_END).slice(0, last).join('\n'));
}

const DATE = /\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;
const ITERATION = 'iteration';

/** The first line that has an iteration after a date, up to its last iteration. */
function datedLine(text: string): string | undefined {
  for (const line of text.split(LINE_END)) {
    const date = line.length > MAX_LINE ? -1 : line.search(DATE);
    const iteration = line.lastIndexOf(ITERATION);
    if (date >= 0 && iteration > date) return line.slice(0, iteration + ITERATION.length);
  }
  return undefined;
}

/** Whether the last line of a file is an iteration that ends within a field. */
const isTruncated = (line: string): boolean =>
  /\biteration\s+\d+\s*\/\s*\d+/.test(line) && !/\|\s*$/.test(line);

async function readAttempt(
  collector: FactCollector,
  file: SourceFile,
  name: { runId: string; attempt: number },
  { lines, resumedStep, skipped }: LogAttempt & { readonly skipped: readonly SkippedSteps[] },
): Promise<void> {
  const sha256 = await file.sha256();
  const config = Object.fromEntries(
    lines.flatMap((line) => (line.kind === 'argument' ? [[line.name, line.value]] : [])),
  );
  const seed = count(config['seed']);
  const tokenizer = config['tokenizer_model'];
  startRun(
    collector,
    { sha256, pointer: `line:${lines[0]?.line ?? 1}` },
    {
      ...name,
      config,
      seeds: seed === undefined ? {} : { init: seed, dataOrder: seed },
      ...(tokenizer !== undefined &&
        tokenizer !== 'None' &&
        tokenizer !== '' && { tokenizer: tokenizer.slice(0, 256) }),
      ...(resumedStep !== undefined && { resumedFrom: { attempt: name.attempt - 1, step: resumedStep } }),
    },
  );
  const points = logPoints(lines, count(config['seq_length']));
  recordPoints(collector, { sha256, pointer: spanOf('lines') }, name, points);
  for (const { reason, steps, line } of skipped) {
    for (let from = 0; from < steps.length; from += 10_000) {
      collector.add({ sha256, pointer: `line:${line}` }, `${name.runId}#${name.attempt} ${reason} ${from}`, {
        type: 'training.steps.skipped',
        data: { ...name, reason, steps: requireNonEmpty(steps.slice(from, from + 10_000)) },
      });
    }
  }
  recordCheckpoints(collector, sha256, name, lines);
}

function recordCheckpoints(
  collector: FactCollector,
  sha256: string,
  name: { runId: string; attempt: number },
  lines: LogAttempt['lines'],
): void {
  const saved = lines.flatMap((line) => (line.kind === 'saved' ? [line] : []));
  const distinct = new Map(saved.map((line) => [line.step, line]));
  for (const { step, uri, line } of distinct.values()) {
    collector.add({ sha256, pointer: `line:${line}` }, `${name.runId}#${name.attempt}@${step}`, {
      type: 'training.checkpoint.saved',
      data: {
        ...name,
        checkpointId: `${name.runId}/iter_${String(step).padStart(7, '0')}`,
        step,
        ...(uri !== undefined && { uri: uri.slice(0, 2048) }),
      },
    });
  }
}

const hasIteration = (text: string): boolean =>
  /\biteration:?\s+\d+\s*\/\s*\d+\s*\||\bglobal_step=\d/.test(text) &&
  linesOf(text).some((line) => line.kind === 'iteration' && line.fields.length >= 2);

/** The iterations among the lines of a log whose head does not say that it is one, such as the trace of a shell. */
const iterationsIn = (lines: readonly string[]): number => lines.filter(hasIteration).length;

const MAX_LOG_BYTES = 256 * 1024 * 1024;

/** Arguments, warnings and lines of ranks can fill the head of a log, so larger logs are searched completely. */
const isLongLog = ({ name, bytes }: SourceFile, head: string): boolean =>
  /\.(log|out|err|txt)(\.gz)?$/i.test(name) &&
  bytes <= MAX_LOG_BYTES &&
  (bytes > head.length || /\.gz$/i.test(name)) &&
  /megatron|iteration|world size|- arguments -|\brank\b|checkpoint/i.test(head);

async function recognise(file: SourceFile) {
  const head = await file.headText();
  if (head.includes('\0')) return undefined;
  const isLog =
    hasIteration(head) ||
    (isLongLog(file, head) && hasIteration(await file.text())) ||
    (await hasLogLines(file, head, iterationsIn));
  if (!isLog) return undefined;
  return {
    confidence: 0.95,
    evidence: 'has lines with "iteration N/M |" or "global_step=N" and their fields',
  };
}
