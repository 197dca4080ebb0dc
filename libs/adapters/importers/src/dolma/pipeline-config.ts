import type { FactCatalogue } from '@tributary/contracts';
import type { SourceFile } from '../files/folder.ts';
import { configOf } from '../facts/config.ts';
import { contentId, stemOf } from '../facts/shard-list.ts';
import { isObject, listIn, objectIn, textIn, textsIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { limitedChunks } from '../facts/chunks.ts';
import { truncate } from '../facts/text.ts';

type Step = FactCatalogue['corpus.step.completed'];
export type ConfigKind = 'mixer' | 'dedupe' | 'tokens' | 'tagger' | 'resharding';

/** The dolma command that a configuration is for, recognised by the members that only it has. */
export function configKind(document: unknown): ConfigKind | undefined {
  const root = objectIn(document);
  if (!root) return undefined;
  if (areStreams(root['streams'])) return 'mixer';
  if (isObject(root['dedupe']) && ('documents' in root || isObject(root['bloom_filter']))) return 'dedupe';
  if ('destination_prefix' in root && listIn(root['source_prefixes'])) return 'resharding';
  if (!('documents' in root)) return undefined;
  if ('destination' in root && isObject(root['tokenizer'])) return 'tokens';
  return listIn(root['taggers']) ? 'tagger' : undefined;
}

const areStreams = (value: unknown): boolean => listIn(value)?.some(isStream) ?? false;

const isStream = (value: unknown): value is JsonObject =>
  isObject(value) && 'documents' in value && isObject(value['output']);

/** Adds the steps that a configuration declares. It does not say whether they ran, or on how many documents. */
export async function readPipeline(
  file: SourceFile,
  root: JsonObject,
  kind: ConfigKind,
  collector: FactCollector,
): Promise<void> {
  const sha256 = await file.sha256();
  const stem = stemOf(file.path);
  const pipelineId = contentId(stem, sha256);
  const steps = kind === 'mixer' ? streamSteps(file.path, root, collector) : [oneStep(root, kind, stem)];
  for (const [index, { pointer, ...step }] of steps.entries()) {
    const kept = { ...step, ...withinLimit(file.path, step, collector) };
    collector.add({ sha256, pointer }, `${pipelineId}|${index}`, {
      type: 'corpus.step.completed',
      data: { pipelineId, stepId: `${index}`, index, tool: { name: 'dolma' }, ...kept },
    });
  }
  collector.findings.warn(
    'counts_absent',
    `${file.path}: a configuration declares steps without counts`,
    steps.length,
  );
}

type DeclaredStep = Pick<Step, 'name' | 'kind' | 'inputs' | 'outputs' | 'config' | 'redacted'> & {
  readonly pointer: string;
};

const addresses = (value: unknown): string[] => textsIn(value).map((address) => truncate(address, 2048));

const MAX_INPUTS = 5000;
const REDACTED = { redacted: true } as const;

/** As many inputs as one fact can hold. */
function withinLimit(path: string, { inputs = [] }: Pick<Step, 'inputs'>, { findings }: FactCollector) {
  const [kept = []] = limitedChunks(inputs, { items: MAX_INPUTS });
  const left = inputs.length - kept.length;
  if (left > 0) findings.warn('inputs_left_out', `${path}: ${kept.length} inputs of a step are kept`, left);
  return { inputs: [...kept], ...(kept.some((input) => input.includes('[redacted:')) && REDACTED) };
}

/** The streams of a mixer as steps. Filters and replacements are kept as text. */
function streamSteps(path: string, root: JsonObject, { findings }: FactCollector): DeclaredStep[] {
  return (listIn(root['streams']) ?? []).flatMap((stream, index): DeclaredStep[] => {
    if (!isStream(stream)) {
      findings.reject(path, `/streams/${index}`, 'the stream needs the members "documents" and "output"');
      return [];
    }
    const { documents, ...rest } = stream;
    const step = {
      pointer: `/streams/${index}`,
      name: truncate(textIn(stream['name']) ?? `stream ${index}`, 512),
      kind: 'mix',
      inputs: addresses(documents),
      outputs: addresses(objectIn(stream['output'])?.['path']),
      ...configOf(rest),
    } as const;
    return [step];
  });
}

function oneStep(root: JsonObject, kind: ConfigKind, stem: string): DeclaredStep {
  const { documents, ...rest } = root;
  const shared = { pointer: '', inputs: addresses(documents), ...configOf(rest) };
  switch (kind) {
    case 'dedupe': {
      const name = textIn(objectIn(root['dedupe'])?.['name']) ?? stem;
      return { ...shared, name: truncate(name, 512), kind: 'deduplicate' };
    }
    case 'tokens':
      return {
        ...shared,
        name: truncate(stem, 512),
        kind: 'tokenize',
        outputs: addresses(root['destination']),
      };
    case 'resharding':
      return {
        ...shared,
        name: truncate(stem, 512),
        kind: 'sample',
        inputs: (listIn(root['source_prefixes']) ?? []).flatMap((source) =>
          addresses(objectIn(source)?.['prefix']),
        ),
        outputs: addresses(root['destination_prefix']),
      };
    case 'tagger':
    case 'mixer':
      return { ...shared, name: truncate(textIn(root['experiment']) ?? stem, 512), kind: 'tag' };
  }
}
