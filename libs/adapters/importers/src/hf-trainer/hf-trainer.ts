import { groupBy, valueIn } from '@tributary/kernel';
import type { Folder } from '../files/folder.ts';
import type { FileMatch, Imported, Importer, ImportRequest } from '../importer.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { omitNullish } from '../files/untyped-values.ts';
import { isStep } from '../run-history/point.ts';
import type { Point } from '../run-history/point.ts';
import { recordMetrics, recordPoints } from '../run-history/record-points.ts';
import { contentName, runName } from '../run-history/run-name.ts';
import { startRun } from '../run-history/start-run.ts';
import { historyRows } from './history-rows.ts';
import type { HistoryRow } from './history-rows.ts';
import { isTrainerState, runAndCheckpoint, trainerState } from './trainer-state.ts';
import type { TrainerState } from './trainer-state.ts';

const NAME = {
  kind: 'hf-trainer',
  version: '1.0',
  looksFor: 'trainer_state.json of Hugging Face transformers (global_step and log_history)',
};

/**
 * States of the Hugging Face trainer. A folder with `checkpoint-<step>` folders is one run. Every checkpoint repeats
 * the history up to it, so the longest history is imported. Training and evaluation rows become steps; the summary and
 * predictions become metrics. `num_input_tokens_seen` is a running total and keeps its name; `tokens` is the number
 * since the previous row.
 */
export const hfTrainer: Importer = { ...NAME, takes: ['run'], detect, read };

async function statesIn({ files }: Folder): Promise<TrainerState[]> {
  const states: TrainerState[] = [];
  for (const file of files) {
    if (!/"(global_step|log_history)"/.test(await file.headText())) continue;
    const json = await file.json();
    if (isTrainerState(json)) states.push(trainerState(file, json));
  }
  return states;
}

async function detect(folder: Folder): Promise<readonly FileMatch[]> {
  const runs = groupBy(await statesIn(folder), ({ file }) => runAndCheckpoint(file.path).run);
  return [...runs.values()].map((states) => ({
    files: states.map(({ file }) => file),
    confidence: 0.97,
    evidence: states.map(({ file }) => `${file.path} has global_step and log_history`),
  }));
}

async function read(folder: Folder, request: ImportRequest): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const states = await statesIn(folder);
  const known = new Set(states.map(({ file }) => file));
  for (const { path } of folder.files.filter((file) => !known.has(file))) {
    collector.findings.reject(
      path,
      '',
      'the file is not a trainer_state.json: it has no global_step and log_history',
    );
  }
  for (const [runPath, members] of groupBy(states, ({ file }) => runAndCheckpoint(file.path).run)) {
    await readRun(collector, members, (sha256) =>
      runName(folder, request, runPath, contentName(NAME.kind, sha256)),
    );
  }
  return collector.finish();
}

async function readRun(
  collector: FactCollector,
  states: readonly TrainerState[],
  nameOfRun: (sha256: string) => string,
): Promise<void> {
  const longest = states.toSorted(
    (left, right) =>
      right.history.length - left.history.length ||
      (right.step ?? 0) - (left.step ?? 0) ||
      (left.file.path < right.file.path ? -1 : 1),
  )[0];
  if (!longest) return;
  const sha256 = await longest.file.sha256();
  const runId = nameOfRun(sha256);
  const attempt = { runId, attempt: 1 };
  startRun(collector, { sha256, pointer: '' }, { ...attempt, config: configOf(longest), ...nameOf(longest) });
  const rows = historyRows(longest.history);
  reportUnusedRows(collector, longest, rows);
  recordRows(collector, sha256, attempt, rows);
  for (const state of states) {
    await recordCheckpoint(collector, runId, state);
    reportDifferingRows(collector, longest, state);
  }
  const end = rows.findLast(({ kind }) => kind === 'summary' || kind === 'train');
  if (end?.kind !== 'summary') return;
  collector.add({ sha256, pointer: pointerTo(end.index, end.index) }, `${runId}#1`, {
    type: 'training.run.ended',
    data: {
      ...attempt,
      status: 'completed',
      ...(isStep(end.step) && { lastStep: end.step }),
      ...(longest.tokens !== undefined && { tokens: longest.tokens }),
    },
  });
}

const pointerTo = (first: number, last: number): string =>
  first === last ? `/log_history/${first}` : `/log_history/${first}-${last}`;

function recordRows(
  collector: FactCollector,
  sha256: string,
  attempt: { runId: string; attempt: number },
  rows: readonly HistoryRow[],
): void {
  const source = { sha256, pointer: pointerTo };
  const isStep = ({ kind }: HistoryRow) => kind === 'train' || kind === 'eval';
  const steps = rows.filter(isStep);
  recordPoints(collector, source, attempt, [...distinctPoints(steps.flatMap(pointsOf)), ...tokensOf(steps)]);
  const [inferred, reported] = [true, false].map((flag) =>
    rows.filter((row) => !isStep(row) && row.inferred === flag).flatMap(pointsOf),
  );
  recordMetrics(collector, source, attempt, reported ?? []);
  recordMetrics(collector, source, attempt, inferred ?? [], 'inferred');
}

const pointsOf = ({ step, values, index }: HistoryRow): Point[] =>
  values.map(([key, value]) => ({ key, step, value, at: index }));

/** Points without repetitions. Training and evaluation rows of one step repeat common values such as the epoch. */
function distinctPoints(points: readonly Point[]): Point[] {
  const seen = new Set<string>();
  return points.filter(({ key, step, value }) => {
    const identity = JSON.stringify([key, step, String(value)]);
    const known = seen.has(identity);
    seen.add(identity);
    return !known;
  });
}

function tokensOf(rows: readonly HistoryRow[]): Point[] {
  let before = 0;
  return rows.flatMap(({ kind, step, values, index }) => {
    const total = new Map(values).get('num_input_tokens_seen');
    if (kind !== 'train' || !total || total < before) return [];
    const value = total - before;
    before = total;
    return [{ key: 'tokens', step, value, at: index }];
  });
}

const CONFIG_KEYS = [
  'max_steps',
  'num_train_epochs',
  'train_batch_size',
  'logging_steps',
  'eval_steps',
  'save_steps',
  'is_hyper_param_search',
  'trial_params',
];

const configOf = ({ state }: TrainerState): Record<string, unknown> =>
  omitNullish(Object.fromEntries(CONFIG_KEYS.map((key) => [key, valueIn(state, key)])));

function nameOf({ state }: TrainerState): { name?: string } {
  const name = state['trial_name'];
  return typeof name === 'string' && name !== '' ? { name: name.slice(0, 512) } : {};
}

async function recordCheckpoint(collector: FactCollector, runId: string, state: TrainerState): Promise<void> {
  const { checkpoint } = runAndCheckpoint(state.file.path);
  if (checkpoint === undefined) return;
  if (state.step === undefined) {
    collector.findings.reject(state.file.path, '/global_step', 'the checkpoint has no whole global_step');
    return;
  }
  collector.add({ sha256: await state.file.sha256(), pointer: '/global_step' }, `${runId}/${checkpoint}`, {
    type: 'training.checkpoint.saved',
    data: {
      runId,
      attempt: 1,
      checkpointId: `${runId}/${checkpoint}`,
      step: state.step,
      ...(state.tokens !== undefined && { tokens: state.tokens, tokensMethod: 'reported' }),
    },
  });
}

function reportUnusedRows(
  collector: FactCollector,
  { file, history, state }: TrainerState,
  rows: readonly HistoryRow[],
): void {
  const read = new Set(rows.map(({ index }) => index));
  for (const index of history.keys()) {
    if (!read.has(index))
      collector.findings.reject(file.path, `/log_history/${index}`, 'the row is not a JSON object');
  }
  const others = rows.flatMap(({ index, others: keys }) => keys.map((key) => `/log_history/${index}/${key}`));
  if (others[0]) collector.findings.warn('value_is_no_number', `${file.path}:${others[0]}`, others.length);
  const inferred = rows.filter((row) => row.inferred);
  if (inferred[0]) {
    collector.findings.warn(
      'step_inferred',
      `${file.path}:/log_history/${inferred[0].index}`,
      inferred.length,
    );
  }
  if (state['num_input_tokens_seen'] === 0) collector.findings.warn('tokens_not_counted', file.path);
}

/** Warns about history rows that the longest history lacks. Another start of the run wrote them. */
function reportDifferingRows(collector: FactCollector, longest: TrainerState, state: TrainerState): void {
  if (state === longest) return;
  const plain = ({ history }: TrainerState) =>
    historyRows(history).map(({ step, values }) => JSON.stringify([step, values.map(String)]));
  const known = new Set(plain(longest));
  const foreign = plain(state).filter((row) => !known.has(row));
  if (foreign.length === 0) return;
  collector.findings.warn(
    'history_differs',
    `${state.file.path}: rows that are not in ${longest.file.path} were left out`,
    foreign.length,
  );
}
