import type { FactCatalogue } from '@tributary/contracts';
import { canonicalJson } from '@tributary/json';
import { valueIn } from '@tributary/kernel';
import { sha256Of } from '../facts/text.ts';
import type { SourceFile } from '../files/folder.ts';
import { countIn, objectIn, omitNullish, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { directionOf } from '../facts/metric.ts';
import { evaluatedModel } from './evaluated-model.ts';
import type { EvaluatedModel } from './evaluated-model.ts';
import { resultRows } from './result-rows.ts';
import type { ResultRow } from './result-rows.ts';

type Score = FactCatalogue['evaluation.score.recorded'];

/** A results file with its evaluated model. */
export type ResultsFile = {
  readonly file: SourceFile;
  readonly root: JsonObject;
  readonly model: EvaluatedModel;
  /** RFC 3339 in UTC, if the file states it. */
  readonly time?: string;
};

/**
 * Opens a results file. Rejects it and returns undefined if neither it nor the caller names the evaluated model, or if they
 * name different ones.
 */
export async function openResults(
  file: SourceFile,
  { findings }: FactCollector,
  declared: string | undefined,
): Promise<ResultsFile | undefined> {
  const root = objectIn(await file.json());
  if (!root) {
    findings.reject(file.path, '', 'the file is not a JSON object; it may be truncated');
    return undefined;
  }
  const model = evaluatedModel(root, file, declared);
  if (!model || 'reason' in model) {
    const { pointer, reason } = model ?? NO_MODEL;
    findings.reject(file.path, pointer, reason);
    return undefined;
  }
  if (model.elsewhere === 'path')
    findings.warn('model_inferred', `${file.path}: the model ${model.runId} is inferred from ${model.from}`);
  const time = timeOf(root['date']);
  return { file, root, model, ...(time !== undefined && { time }) };
}

const NO_MODEL = {
  pointer: '/config/model_args',
  reason: 'the file does not name the evaluated model; name it with --model',
};

/** Converts seconds since 1970, as Python's time.time() returns them. Undefined outside of this century. */
function timeOf(seconds: unknown): string | undefined {
  if (typeof seconds !== 'number' || !(seconds > 946_684_800 && seconds < 4_102_444_800)) return undefined;
  return new Date(seconds * 1000).toISOString();
}

/** Adds one fact for each score. */
export async function addScores(results: ResultsFile, collector: FactCollector): Promise<void> {
  const { file, root, model, time } = results;
  const sha256 = await file.sha256();
  const limit = limitOf(root);
  const rows = resultRows(root, file.path, collector.findings);
  for (const row of rows) {
    collector.add(
      { sha256, pointer: row.pointer },
      canonicalJson([row.task, row.metric, row.filter ?? '', ...elsewhereOf(results)]),
      {
        type: 'evaluation.score.recorded',
        ...(time !== undefined && { time }),
        data: scoreOf(results, row, collector),
      },
    );
  }
  if (rows.length === 0) return;
  const { findings } = collector;
  findings.leaveUnresolved(file.path, '/config/model_args', `the run ${model.runId} is not in this file`);
  if (time === undefined)
    findings.warn('time_unknown', `${file.path} does not state the time of the evaluation`);
  if (limit !== undefined) {
    const example = `${file.path}: limit ${limit}; these scores are not comparable with scores over all items`;
    findings.warn('score_limited', example, rows.length);
  }
}

/** A model that the file does not name is part of the ids, so that an import that named a wrong one can be repeated. */
export const elsewhereOf = ({ model }: Pick<ResultsFile, 'model'>): string[] =>
  model.elsewhere === undefined ? [] : [model.checkpointId ?? model.runId];

function scoreOf({ file, root, model }: ResultsFile, row: ResultRow, { findings }: FactCollector): Score {
  const { task, metric, value, stderr } = row;
  const taskConfig = objectIn(member(root, 'configs', task)) ?? {};
  const declared = valueIn(objectIn(member(root, 'higher_is_better', task)) ?? {}, metric);
  const { date } = root;
  return {
    ...scoreKeyOf({ root, model }, row),
    ...omitNullish({ promptDigest: promptDigest(root, taskConfig), split: splitOf(taskConfig), stderr }),
    harness: harnessOf(root),
    value,
    ...omitNullish({ items: itemsOf(root, task) }),
    ...directionOf(metric, declared, findings, file.path),
    method: 'reported',
    ...omitNullish({ limit: limitOf(root), precision: precisionOf(root, model) }),
    modelRef: model.text,
    ...omitNullish({ evaluatedAt: typeof date === 'number' ? String(date) : undefined }),
  };
}

const member = (root: JsonObject, section: string, key: string): unknown =>
  valueIn(objectIn(valueIn(root, section)) ?? {}, key);

function itemsOf(root: JsonObject, task: string): number | undefined {
  const items = countIn(objectIn(member(root, 'n-samples', task))?.['effective']);
  return items === 0 ? undefined : items;
}

/** The limit of items as a count or a share; undefined if all items were scored. */
function limitOf(root: JsonObject): number | undefined {
  const limit = member(root, 'config', 'limit');
  return typeof limit === 'number' && limit >= 0 ? limit : undefined;
}

const precisionOf = (root: JsonObject, { precision }: EvaluatedModel): string | undefined =>
  (precision ?? textIn(member(root, 'config', 'model_dtype'))?.replace(/^torch\./, ''))?.slice(0, 64);

type MetricOfTask = { readonly task: string; readonly metric: string; readonly filter?: string };

/** The parts of the comparability key that the scores and the samples of a metric have in common. */
export function scoreKeyOf(
  { root, model }: Pick<ResultsFile, 'root' | 'model'>,
  { task, metric, filter }: MetricOfTask,
) {
  const { runId, checkpointId, step } = model;
  return {
    runId,
    ...(checkpointId !== undefined && { checkpointId }),
    ...(step !== undefined && { step }),
    capability: task.slice(0, 256),
    benchmark: task.slice(0, 256),
    metric: metric.slice(0, 256),
    ...(filter && { filter: filter.slice(0, 256) }),
    ...promptingOf(root, task),
  };
}

function promptingOf(root: JsonObject, task: string): Pick<Score, 'shots' | 'taskVersion' | 'taskHash'> {
  const version = member(root, 'versions', task);
  const taskVersion = typeof version === 'number' ? String(version) : textIn(version);
  return omitNullish({
    shots: shotsOf(root, task),
    taskVersion: taskVersion === 'N/A' ? undefined : taskVersion?.slice(0, 256),
    taskHash: textIn(member(root, 'task_hashes', task))?.slice(0, 128),
  });
}

const shotsOf = (root: JsonObject, task: string): number | undefined =>
  countIn(member(root, 'n-shot', task)) ??
  countIn(objectIn(member(root, 'configs', task))?.['num_fewshot']) ??
  countIn(member(root, 'config', 'num_fewshot'));

/** The harness with its version and commit, if known. */
export function harnessOf(root: JsonObject): Score['harness'] {
  const version = [root['lm_eval_version'], root['git_hash']]
    .map(textIn)
    .filter((part) => part !== undefined)
    .join('+');
  return { name: 'lm-evaluation-harness', ...(version !== '' && { version: version.slice(0, 256) }) };
}

const splitOf = (config: JsonObject): string | undefined =>
  textIn(config['test_split']) ?? textIn(config['validation_split']);

const PROMPT = [
  'doc_to_text',
  'doc_to_target',
  'doc_to_choice',
  'description',
  'target_delimiter',
  'fewshot_delimiter',
];
const CHAT = ['system_instruction_sha', 'chat_template_sha', 'fewshot_as_multiturn'];

/** Digest of everything that determines the prompt of a task; undefined if the file lacks its configuration. */
function promptDigest(root: JsonObject, config: JsonObject): string | undefined {
  if (config['doc_to_text'] === undefined) return undefined;
  const parts = [
    ...PROMPT.map((key) => valueIn(config, key) ?? null),
    ...CHAT.map((key) => valueIn(root, key) ?? null),
  ];
  return sha256Of(JSON.stringify(parts));
}
