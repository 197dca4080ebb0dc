import type { FactCollector } from '../facts/fact-collector.ts';
import type { SourceFile } from '../files/folder.ts';
import { isGzipTooLarge } from '../files/gunzip.ts';
import type { ImportRequest } from '../importer.ts';
import { boundedName, fileRunName } from '../run-history/run-name.ts';
import { startRun } from '../run-history/start-run.ts';
import { cellOf, countOf } from './cell.ts';
import { ExposureRows } from './exposure-rows.ts';
import { originOf } from './file-context.ts';
import type { FileContext, RunRow } from './file-context.ts';
import { columnOf, columnsIn, factsOfMap } from './map.ts';
import type { FileMap } from './map.ts';
import { FileRefusals } from './refusals.ts';
import { RowValues } from './row-values.ts';
import { fileRows } from './rows/file-rows.ts';
import type { Row, RowSource } from './rows/row.ts';
import type { Unmatched } from './rows/log-rows.ts';
import { noFlaws } from './rows/text-lines.ts';
import type { TextFlaws } from './rows/text-lines.ts';
import { ScoreRows } from './score-rows.ts';
import type { SharedRuns } from './shared-runs.ts';
import { StepRows } from './step-rows.ts';
import { surveyOf } from './survey.ts';
import type { Survey } from './survey.ts';

/** Rows of runs whose steps do not ascend are held until the end of the file. */
const MAX_HELD_ROWS = 1_000_000;

/** A log in which steps go back more often was written by several processes at once. */
const MAX_ATTEMPTS = 100;

/** A file that a map can read, and what a first reading found. */
export type MappedFile = {
  readonly file: SourceFile;
  readonly map: FileMap;
  readonly source: RowSource;
  readonly survey: Survey;
  readonly flaws: TextFlaws;
  readonly unmatched: Unmatched;
};

/** Reads a file by a map for the first time, or says why it cannot be read. */
export async function surveyMapped(file: SourceFile, map: FileMap): Promise<MappedFile | string> {
  const flaws = noFlaws();
  const unmatched = { lines: 0, first: 0 };
  const source = await fileRows(file, map, flaws, unmatched);
  if (typeof source === 'string') return source;
  const survey = await surveyOf(source, new RowValues(map, source), map.numbers).catch((error: unknown) => {
    if (isGzipTooLarge(error)) return error.message;
    throw error;
  });
  if (typeof survey === 'string') return survey;
  return problemWith(source, map, survey) ?? { file, map, source, survey, flaws, unmatched };
}

/**
 * Adds the facts of a file to the collector. Yields after each part of the file, so that the caller can take the facts and
 * memory stays bounded. Everything that is left out is reported.
 */
export async function* readMapped(
  { file, map, source, survey, flaws, unmatched }: MappedFile,
  { isDeclared, shared }: { readonly isDeclared: boolean; readonly shared: SharedRuns },
  collector: FactCollector,
  request: ImportRequest,
): AsyncGenerator<void> {
  const { findings } = collector;
  Object.assign(flaws, noFlaws());
  const refusals = new FileRefusals(findings, file.path, source.unit);
  const values = new RowValues(map, source);
  const sha256 = await file.sha256();
  const context: FileContext = {
    map,
    values,
    collector,
    refusals,
    path: file.path,
    sha256,
    unit: source.unit,
    shared,
    isOfOneMetric: isDeclared && isNamedByPath(map),
  };
  const rows = new MappedRows(context, survey, { unnamed: fileRunName(file, request, sha256), isDeclared });
  for await (const batch of source.rows(refusals)) {
    values.refresh();
    for (const row of batch) rows.add(row);
    yield;
  }
  rows.finish();
  refusals.finish();
  if (flaws.undecodable > 0)
    findings.warn('text_undecodable', refusals.at(flaws.firstUndecodable), flaws.undecodable);
  if (flaws.tooLong > 0)
    findings.reject(refusals.at(flaws.firstTooLong), '', `${flaws.tooLong} lines are longer than 1 MiB`);
  if (unmatched.lines > 0) findings.warn('lines_not_matched', refusals.at(unmatched.first), unmatched.lines);
  yield;
}

/** Whether the path of a file names the metric that it holds, as in a scalar that TensorBoard exports. */
function isNamedByPath({ path, roles }: FileMap): boolean {
  const column = columnOf(roles.get('metric'));
  return column !== undefined && (path?.groups.includes(column) ?? false);
}

/** Whether a step that goes back begins a further attempt: in a log whose lines do not say theirs. */
const countsAttempts = ({ reads, roles }: FileMap): boolean =>
  reads === 'log' && !roles.has('attempt') && !roles.has('restart');

/** Why a file cannot be read by a map: a column that it lacks, or no rows. */
function problemWith({ columns }: RowSource, map: FileMap, survey: Survey): string | undefined {
  const missing = columnsIn(map).filter((column) => !columns.includes(column));
  const known = columns.slice(0, 20).join(', ');
  if (map.reads === 'log' && survey.rows === 0) return 'no line matches a pattern of the map';
  if (missing.length > 0) return `there is no column ${missing.join(', ')}; there are: ${known}`;
  if (survey.rows === 0) return 'the table has no rows';
  const held = [...survey.runs.values()].filter(({ backs }) => backs > 0);
  const rows = held.reduce((sum, run) => sum + run.rows, 0);
  if (!countsAttempts(map) && rows > MAX_HELD_ROWS)
    return `steps do not ascend (first at ${held[0]?.firstBack ?? 0}) in runs of ${rows} rows: sort the rows by run, attempt and step`;
  const restarted = held.find(({ backs }) => backs > MAX_ATTEMPTS);
  return countsAttempts(map) && restarted
    ? `steps go back ${restarted.backs} times (first at line ${restarted.firstBack}): several processes wrote it; give their number as run`
    : undefined;
}

const NUMBERED = {
  attempt:
    'no attempt: they are whole numbers from 1 to 1,000,000; restarts that are counted from 0 are `restart`',
  restart: 'no number of restarts: they are whole numbers from 0',
};

/** How runs are called: as the file calls them if the user declared it, otherwise below the name of the file. */
type RunNaming = { readonly unnamed: string; readonly isDeclared: boolean };

function runIdOf(name: string, { unnamed, isDeclared }: RunNaming): string {
  if (name === '') return unnamed;
  return isDeclared ? name : boundedName(`${unnamed}/${name}`);
}

/** Makes facts of rows: the runs, and what their rows hold. */
class MappedRows {
  readonly #context: FileContext;
  readonly #naming: RunNaming;
  /** The attempt of each run that its steps have reached, and the last of them. */
  readonly #counted = new Map<string, { attempt: number; last: number }>();
  readonly #started = new Set<string>();
  readonly #steps: StepRows | undefined;
  readonly #exposure: ExposureRows | undefined;
  readonly #scores: ScoreRows | undefined;

  constructor(context: FileContext, { runs, tokensIncrease }: Survey, naming: RunNaming) {
    const { steps, exposure, scores } = factsOfMap(context.map);
    const held = new Set(
      [...runs].flatMap(([name, { backs }]) => (backs > 0 ? [runIdOf(name, naming)] : [])),
    );
    const ascends = (runId: string) => countsAttempts(context.map) || !held.has(runId);
    this.#context = context;
    this.#naming = naming;
    this.#steps = steps ? new StepRows(context, ascends, tokensIncrease) : undefined;
    this.#exposure = exposure ? new ExposureRows(context, ascends) : undefined;
    this.#scores = scores ? new ScoreRows(context) : undefined;
  }

  add(row: Row): void {
    const { values } = this.#context;
    values.enter(row);
    const run = this.#runOf(row);
    if (run === undefined) return;
    this.#steps?.add(run);
    this.#exposure?.add(run);
    this.#scores?.add(run);
  }

  finish(): void {
    this.#steps?.finish();
    this.#exposure?.finish();
    this.#scores?.finish();
  }

  #runOf(row: Row): RunRow | undefined {
    const { values, refusals } = this.#context;
    const name = values.name(row, 'run');
    const isUnnamed = name === '' && values.has('run');
    if (isUnnamed) refusals.refuse(row.at, values.column('run'), 'the run is empty');
    const step = this.#stepOf(row);
    const stated = values.attempt(row);
    if (stated === undefined) this.#refuseAttempt(row);
    if (isUnnamed || step === undefined || stated === undefined) return undefined;
    const runId = runIdOf(name, this.#naming);
    const run = { row, runId, attempt: stated ?? this.#countedAttempt(runId, step), step };
    const key = `${run.attempt}#${runId}`;
    if (this.#started.has(key)) return run;
    this.#started.add(key);
    this.#start(run);
    return run;
  }

  /** In a log, a step that goes back begins a further attempt. */
  #countedAttempt(runId: string, step: number | null): number {
    const state = this.#counted.get(runId) ?? { attempt: 1, last: -Infinity };
    this.#counted.set(runId, state);
    if (step === null) return state.attempt;
    if (countsAttempts(this.#context.map) && step < state.last) state.attempt += 1;
    state.last = step;
    return state.attempt;
  }

  #refuseAttempt(row: Row): void {
    const { values, refusals } = this.#context;
    const role = values.attemptRole() ?? 'attempt';
    const text = values.text(row, role).slice(0, 40);
    refusals.refuse(row.at, values.column(role), `"${text}" is ${NUMBERED[role]}`);
  }

  /** The step of a row, null where it states none, undefined if the row was refused. */
  #stepOf(row: Row): number | null | undefined {
    const { values, refusals, map } = this.#context;
    const text = values.text(row, 'step');
    const cell = cellOf(text, map.numbers);
    if (cell.kind === 'empty') {
      if (!values.has('step') || map.reads === 'log') return null;
      refusals.refuse(row.at, values.column('step'), 'the step is empty');
      return undefined;
    }
    if (cell.kind === 'number' && cell.unit === '' && Number.isFinite(cell.value)) return cell.value;
    refusals.refuse(
      row.at,
      values.column('step'),
      cell.kind === 'other' ? cell.reason : `"${text}" is not a step`,
    );
    return undefined;
  }

  /** A run whose file holds its metrics, model or seed has started. Otherwise its start is another file's. */
  #start({ row, runId, attempt }: RunRow): void {
    const { values, collector, map } = this.#context;
    if (this.#steps === undefined && !values.has('model') && !values.has('seed')) return;
    const seed = countOf(values.text(row, 'seed'), map.numbers);
    const model = values.name(row, 'model');
    startRun(collector, originOf(this.#context, row.at), {
      runId,
      attempt,
      ...(model !== '' && { model: { name: model } }),
      seeds: seed === undefined ? {} : { init: seed },
    });
  }
}
