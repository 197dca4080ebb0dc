import type { SourceFile } from '../files/folder.ts';
import type { NewFact } from '../facts/imported-event.ts';
import { listIn, textIn, objectIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { recipeIdOf, runIdOf } from './model-name.ts';

/** What a JSONL file lists, recognised by the members of its first line. */
export type LineKind = 'checkpoints' | 'recipes';

export async function lineKind(file: SourceFile): Promise<LineKind | undefined> {
  const head = await file.headText();
  if (
    !head
      .replace(/^\uFEFF/, '')
      .trimStart()
      .startsWith('{')
  )
    return undefined;
  const members = jsonLines(head)[0]?.members;
  if (!members) return undefined;
  if (finalCheckpoints(members)) return 'checkpoints';
  return 's3_only' in members && textIn(members['name']) !== undefined ? 'recipes' : undefined;
}

export async function readLines(file: SourceFile, kind: LineKind, collector: FactCollector): Promise<void> {
  const sha256 = await file.sha256();
  for (const { line, members } of jsonLines(await file.text())) {
    const facts = members && (kind === 'checkpoints' ? finalCheckpoints(members) : recipe(members));
    if (!facts) {
      collector.findings.reject(
        `${file.path}:${line}`,
        '',
        `the line is not a JSON object with the members that ${kind} have`,
      );
      continue;
    }
    for (const [index, fact] of facts.entries())
      collector.add({ sha256, pointer: `line:${line}` }, String(index), fact);
    if (facts.length === 0) {
      collector.findings.reject(
        `${file.path}:${line}`,
        'revisions',
        'no revision contains its step, for example step29042',
      );
    }
  }
}

/** The file names models but no attempts, so a checkpoint is assigned to the first attempt of its run. */
function finalCheckpoints(members: JsonObject): NewFact[] | undefined {
  const modelName = textIn(members['model_name']);
  const location = textIn(members['checkpoints_location']);
  const revisions = listIn(members['revisions']);
  if (modelName === undefined || location === undefined || !revisions) return undefined;
  const runId = runIdOf(modelName);
  return revisions.flatMap((revision): NewFact[] => {
    const named = textIn(revision) ?? '';
    const step = Number(/step(\d+)/.exec(named)?.[1] ?? Number.NaN);
    if (!Number.isSafeInteger(step)) return [];
    const uri = `${location}/${named}`.slice(0, 2048);
    const data = { runId, attempt: 1, checkpointId: `${runId}/step${step}`, step, uri };
    return [{ type: 'training.checkpoint.saved', data }];
  });
}

function recipe(members: JsonObject): NewFact[] | undefined {
  const name = textIn(members['name']);
  if (name === undefined) return undefined;
  const data = { snapshotId: recipeIdOf(name), name: name.slice(0, 512), config: { ...members } };
  return [{ type: 'corpus.snapshot.registered', data }];
}

type JsonLine = { readonly line: number; readonly members: JsonObject | undefined };

/** The lines of a JSONL text that are not blank, with 1-based numbers. `members` is undefined for invalid JSON. */
function jsonLines(text: string): JsonLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((source, index) => ({ source, line: index + 1 }))
    .filter(({ source }) => source.trim() !== '')
    .map(({ source, line }) => ({ line, members: parsed(source) }));
}

function parsed(source: string): JsonObject | undefined {
  try {
    return objectIn(JSON.parse(source));
  } catch {
    return undefined;
  }
}
