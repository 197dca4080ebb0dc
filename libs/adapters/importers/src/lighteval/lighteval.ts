import type { FactCatalogue } from '@tributary/contracts';
import { valueIn } from '@tributary/kernel';
import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import { countIn, objectIn, omitNullish, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { directionOf } from '../facts/metric.ts';
import { checkpointOf } from '../lm-eval/model-ref.ts';
import { resultRows } from '../lm-eval/result-rows.ts';
import type { ResultRow } from '../lm-eval/result-rows.ts';
import type { ImportRequest } from '../importer.ts';
import type { FactCollector } from '../facts/fact-collector.ts';

/** Results of lighteval: scores by `suite|task|shots`. */
export const lighteval = fileImporter({
  kind: 'lighteval',
  version: '1.0',
  takes: ['model'],
  looksFor: 'JSON with config_general and results by suite, task and shots',
  async recognise(file) {
    const root = objectIn(await file.json());
    if (!objectIn(root?.['config_general']) || !objectIn(root?.['results'])) return undefined;
    return { confidence: 0.97, evidence: 'has config_general and results, as lighteval writes them' };
  },
  readFile,
});

async function readFile(file: SourceFile, collector: FactCollector, request: ImportRequest): Promise<void> {
  const root = objectIn(await file.json());
  const general = objectIn(root?.['config_general']);
  const named = general && modelIn(general);
  const declared: ScoredModel | undefined = request.model === undefined ? undefined : { name: request.model };
  const model = named ?? declared;
  if (!root || !general || !model) {
    collector.findings.reject(
      file.path,
      '/config_general/model_name',
      'the file does not name the evaluated model; name it with --model',
    );
    return;
  }
  if (declared && declared.name !== model.name) {
    const reason = `the file names the model ${model.name}; --model says ${declared.name}`;
    collector.findings.reject(file.path, '/config_general/model_name', reason);
    return;
  }
  await addScores({ root, general, model, file }, named ? [] : [model.name], collector);
}

/** Adds the scores. `elsewhere` is the name of a model that the file does not name: it is part of their ids. */
async function addScores(
  results: LightevalFile,
  elsewhere: readonly string[],
  collector: FactCollector,
): Promise<void> {
  const { root, model, file } = results;
  const sha256 = await file.sha256();
  const rows = resultRows(root, file.path, collector.findings);
  for (const row of rows) {
    const data = scoreOf(results, row, collector);
    const entity = [row.task, row.metric, ...elsewhere].join('|');
    collector.add({ sha256, pointer: row.pointer }, entity, {
      type: 'evaluation.score.recorded',
      data,
    });
  }
  if (rows.length === 0) return;
  const { runId } = checkpointOf(model.name, model.revision);
  collector.findings.leaveUnresolved(
    file.path,
    '/config_general/model_name',
    `the run ${runId} is not in this file`,
  );
  // start_time is a monotonic counter without a defined origin, and the date in the file name has no time zone.
  collector.findings.warn(
    'time_unknown',
    `${file.path} does not state the time of the evaluation with a time zone`,
  );
}

type ScoredModel = { readonly name: string; readonly revision?: string; readonly precision?: string };

/** Newer versions describe the model in model_config, older ones in config_general itself. */
function modelIn(general: JsonObject): ScoredModel | undefined {
  const config = objectIn(general['model_config']) ?? objectIn(general['config']) ?? {};
  const name = textIn(general['model_name']) ?? textIn(config['model_name']) ?? textIn(config['pretrained']);
  if (name === undefined) return undefined;
  const revision = textIn(config['revision']) ?? revisionIn(general['model_sha']);
  const precision = (textIn(general['model_dtype']) ?? textIn(config['dtype']))?.replace(/^torch\./, '');
  return { name, ...(revision !== undefined && { revision }), ...(precision !== undefined && { precision }) };
}

const revisionIn = (sha: unknown): string | undefined => {
  const text = textIn(sha);
  return text !== undefined && /^[0-9a-f]{7,64}$/.test(text) ? text : undefined;
};

/** Parses `suite|task|shots`. Older files have a fourth part; newer files omit the suite. */
export function taskKey(key: string): { readonly task: string; readonly shots: number | undefined } {
  const parts = key.split('|');
  const at = parts.findLastIndex((part, index) => index > 0 && /^\d+$/.test(part));
  if (at < 0) return { task: key, shots: undefined };
  const digits = parts.slice(at).findIndex((part) => /^\d+$/.test(part));
  const first = parts.length >= 4 && /^\d+$/.test(parts[2] ?? '') ? 2 : at + digits;
  return { task: parts.slice(0, first).join('|'), shots: Number(parts[first]) };
}

type LightevalFile = {
  readonly root: JsonObject;
  readonly general: JsonObject;
  readonly model: ScoredModel;
  readonly file: SourceFile;
};

function scoreOf(
  { root, general, model, file }: LightevalFile,
  { task: key, metric, value, stderr }: ResultRow,
  { findings }: FactCollector,
): FactCatalogue['evaluation.score.recorded'] {
  const { task, shots } = taskKey(key);
  const version = valueIn(objectIn(root['versions']) ?? {}, key);
  const config = objectIn(valueIn(objectIn(root['config_tasks']) ?? {}, key));
  const limit = countIn(general['max_samples']);
  const sha = textIn(general['lighteval_sha']);
  return {
    ...checkpointOf(model.name, model.revision),
    capability: task.slice(0, 256),
    benchmark: task.slice(0, 256),
    metric: metric.slice(0, 256),
    ...omitNullish({ shots, stderr }),
    ...((typeof version === 'number' || textIn(version) !== undefined) && { taskVersion: String(version) }),
    harness: { name: 'lighteval', ...(sha !== undefined && sha !== '?' && { version: sha }) },
    value,
    ...itemsOf(config),
    ...directionOf(metric, undefined, findings, file.path),
    method: 'reported',
    ...(limit !== undefined && { limit }),
    ...(model.precision !== undefined && { precision: model.precision.slice(0, 64) }),
    modelRef: model.name.slice(0, 1024),
    ...omitNullish({ evaluatedAt: /results_(.+)\.json/.exec(file.name)?.[1]?.slice(0, 64) }),
  };
}

function itemsOf(config: JsonObject | undefined): { items?: number } {
  const items = countIn(config?.['effective_num_docs']);
  return items !== undefined && items > 0 ? { items } : {};
}
