import type { Folder, SourceFile } from '../files/folder.ts';
import type { FileMatch, Imported, Importer, ImportRequest } from '../importer.ts';
import type { Recognition } from '../file-importer.ts';
import { objectIn, parsedJson } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { addScores, openResults } from './results-file.ts';
import { addItems } from './samples-file.ts';

const NAME = { kind: 'lm-eval', version: '1.0' };

/** Results of lm-evaluation-harness in the format of 0.4 or of earlier versions, with their logged samples. */
export const lmEval: Importer = {
  ...NAME,
  takes: ['model'],
  looksFor:
    'JSON with results by task, versions and model arguments of lm-evaluation-harness, and its samples',
  detect,
  read,
};

type LmEvalMatch = { files: [SourceFile, ...SourceFile[]]; confidence: number; evidence: string[] };

async function detect({ files }: Folder): Promise<FileMatch[]> {
  const matches: LmEvalMatch[] = [];
  const samples: SourceFile[] = [];
  for (const file of files) {
    const recognised = recogniseResults(objectIn(await file.json()));
    if (recognised) {
      const { confidence, evidence } = recognised;
      matches.push({ files: [file], confidence, evidence: [`${file.path} ${evidence}`] });
    } else if (await holdsSamples(file)) samples.push(file);
  }
  const known = new ResultsByFile<LmEvalMatch>();
  for (const match of matches) known.add(match.files[0], match);
  for (const file of samples) {
    const match = known.of(file);
    const evidence = `${file.path} holds samples with doc_id and filtered_resps`;
    if (match) {
      match.files.push(file);
      match.evidence.push(evidence);
    } else {
      const alone: LmEvalMatch = { files: [file], confidence: 0.9, evidence: [evidence] };
      known.add(file, alone);
      matches.push(alone);
    }
  }
  return matches;
}

function recogniseResults(root: JsonObject | undefined): Recognition | undefined {
  if (!root || !objectIn(root['results']) || 'config_general' in root) return undefined;
  const newer = ['n-shot', 'git_hash', 'lm_eval_version'].some((key) => Object.hasOwn(root, key));
  if (objectIn(root['configs']) && newer)
    return {
      confidence: 0.97,
      evidence: 'has results, configs and n-shot or git_hash, as lm-eval 0.4 writes them',
    };
  return recogniseOlder(root, objectIn(root['config']) ?? {});
}

function recogniseOlder(root: JsonObject, config: JsonObject): Recognition | undefined {
  const isLoaded = typeof config['load'] === 'string' && 'versions' in root;
  if (isLoaded && !('model_args' in config))
    return {
      confidence: 0.9,
      evidence: 'has results, versions and config.load, as Megatron-DeepSpeed writes them',
    };
  if (!('model_args' in config)) return undefined;
  if ('versions' in root)
    return {
      confidence: 0.97,
      evidence: 'has results, versions and config.model_args, as lm-eval before 0.4 writes them',
    };
  return 'model' in config ? { confidence: 0.8, evidence: 'has results and config.model_args' } : undefined;
}

/** Whether a file holds samples, decided by the first sample. Older versions wrote one array. */
async function holdsSamples(file: SourceFile): Promise<boolean> {
  const head = (await file.headText()).replace(/^\uFEFF/, '').trimStart();
  if (!head.startsWith('{') && !head.startsWith('[')) return false;
  if (!head.includes('"doc_id"') || !head.includes('"filtered_resps"')) return false;
  const first = head.startsWith('[') ? undefined : firstLine(head);
  return first === undefined ? head.startsWith('[') || head.length > 60_000 : 'doc_id' in first;
}

const firstLine = (text: string): JsonObject | undefined =>
  objectIn(parsedJson(text.split('\n', 1)[0] ?? ''));

const DATE = /_(\d{4}-\d\d-\d\dT[\d.:-]+?)\.jsonl?(?:\.gz)?$/;
const dateOf = ({ name }: SourceFile): string | undefined => DATE.exec(name)?.[1];

/**
 * Results by their files. Those of a samples file have the same folder and date, or are the only ones of the folder if its name
 * has no date.
 */
class ResultsByFile<Results> {
  readonly #dated = new Map<string, Results>();
  readonly #inFolder = new Map<string, Results[]>();

  add(file: SourceFile, results: Results): void {
    const date = dateOf(file);
    const key = `${date} ${file.folder}`;
    if (date !== undefined && !this.#dated.has(key)) this.#dated.set(key, results);
    const siblings = this.#inFolder.get(file.folder) ?? [];
    siblings.push(results);
    this.#inFolder.set(file.folder, siblings);
  }

  of(samples: SourceFile): Results | undefined {
    const date = dateOf(samples);
    if (date !== undefined) return this.#dated.get(`${date} ${samples.folder}`);
    const [only, second] = this.#inFolder.get(samples.folder) ?? [];
    return second === undefined ? only : undefined;
  }
}

async function read({ files }: Folder, request: ImportRequest): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const opened = [];
  const samples: SourceFile[] = [];
  for (const file of files) {
    if (await holdsSamples(file)) samples.push(file);
    else {
      const results = await openResults(file, collector, request.model);
      if (results) opened.push(results);
    }
  }
  for (const results of opened) await addScores(results, collector);
  const known = new ResultsByFile<(typeof opened)[number]>();
  for (const results of opened) known.add(results.file, results);
  for (const file of samples) {
    const results = known.of(file) ?? (opened.length === 1 ? opened[0] : undefined);
    if (results) await addItems(file, taskOf(file, results.root), results, collector);
    else {
      const reason =
        'no results file with the same folder and date was found, so the evaluated model is unknown';
      collector.findings.leaveUnresolved(file.path, '', reason);
    }
  }
  return collector.finish();
}

/**
 * The task of a samples file: the longest task of the results that its name ends with, otherwise the name between
 * `samples_` and the date.
 */
function taskOf(file: SourceFile, root: JsonObject): string {
  const stem = file.name
    .replace(DATE, '')
    .replace(/\.jsonl?(\.gz)?$/, '')
    .replace(/^samples_/, '');
  const tasks = Object.keys(objectIn(root['results']) ?? {}).filter(
    (task) => stem === task || stem.endsWith(`_${task}`),
  );
  return tasks.toSorted((left, right) => right.length - left.length)[0] ?? stem;
}
