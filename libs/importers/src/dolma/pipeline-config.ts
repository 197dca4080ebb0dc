import type { FactCatalogue } from '@tributary/contracts';
import type { SourceFile } from '../folder.ts';
import { configOf } from '../manifest/config.ts';
import { contentId, stemOf } from '../manifest/shard-list.ts';
import { isMembers, listOf, membersOf, textOf, textsOf } from '../manifest/shape.ts';
import type { Members } from '../manifest/shape.ts';
import type { Reading } from '../reading.ts';

type Step = FactCatalogue['corpus.step.completed'];
export type ConfigKind = 'mixer' | 'dedupe' | 'tokens' | 'tagger' | 'resharding';

/** Which command of dolma a configuration is for, told by the members that only it has. */
export function configKind(document: unknown): ConfigKind | undefined {
  const root = membersOf(document);
  if (!root) return undefined;
  if (areStreams(root['streams'])) return 'mixer';
  if (isMembers(root['dedupe']) && ('documents' in root || isMembers(root['bloom_filter']))) return 'dedupe';
  if ('destination_prefix' in root && listOf(root['source_prefixes'])) return 'resharding';
  if (!('documents' in root)) return undefined;
  if ('destination' in root && isMembers(root['tokenizer'])) return 'tokens';
  return listOf(root['taggers']) ? 'tagger' : undefined;
}

function areStreams(value: unknown): boolean {
  const streams = listOf(value) ?? [];
  const shaped = streams.filter((one) => isMembers(one) && 'documents' in one && isMembers(one['output']));
  return streams.length > 0 && shaped.length === streams.length;
}

/** Steps that a configuration declares. That they ran, and on how many documents, is not in it. */
export async function readPipeline(
  file: SourceFile,
  root: Members,
  kind: ConfigKind,
  reading: Reading,
): Promise<void> {
  const sha256 = await file.sha256();
  const stem = stemOf(file.path);
  const pipelineId = contentId(stem, sha256);
  const steps = kind === 'mixer' ? streamSteps(root) : [oneStep(root, kind, stem)];
  for (const [index, { pointer, ...step }] of steps.entries()) {
    reading.add({ sha256, pointer }, `${pipelineId}|${index}`, {
      type: 'corpus.step.completed',
      data: { pipelineId, stepId: `${index}`, index, tool: { name: 'dolma' }, ...step },
    });
  }
  reading.findings.warn(
    'counts_absent',
    `${file.path}: a configuration says what a step does, not on what`,
    steps.length,
  );
}

type Described = Pick<Step, 'name' | 'kind' | 'inputs' | 'outputs' | 'config' | 'redacted'> & {
  readonly pointer: string;
};

const addresses = (value: unknown): string[] =>
  textsOf(value)
    .slice(0, 5000)
    .map((address) => address.slice(0, 2048));

/** Filters and replacements stay the text that they are. */
function streamSteps(root: Members): Described[] {
  return (listOf(root['streams']) ?? []).filter(isMembers).map((stream, index) => {
    const { documents, ...rest } = stream;
    return {
      pointer: `/streams/${index}`,
      name: (textOf(stream['name']) ?? `stream ${index}`).slice(0, 512),
      kind: 'mix',
      inputs: addresses(documents),
      outputs: addresses(membersOf(stream['output'])?.['path']),
      ...configOf(rest),
    };
  });
}

function oneStep(root: Members, kind: ConfigKind, stem: string): Described {
  const { documents, ...rest } = root;
  const shared = { pointer: '', inputs: addresses(documents), ...configOf(rest) };
  switch (kind) {
    case 'dedupe': {
      const name = textOf(membersOf(root['dedupe'])?.['name']) ?? stem;
      return { ...shared, name: name.slice(0, 512), kind: 'deduplicate' };
    }
    case 'tokens':
      return { ...shared, name: stem, kind: 'tokenize', outputs: addresses(root['destination']) };
    case 'resharding':
      return {
        ...shared,
        name: stem,
        kind: 'sample',
        inputs: (listOf(root['source_prefixes']) ?? []).flatMap((source) =>
          addresses(membersOf(source)?.['prefix']),
        ),
        outputs: addresses(root['destination_prefix']),
      };
    case 'tagger':
    case 'mixer':
      return { ...shared, name: textOf(root['experiment']) ?? stem, kind: 'tag' };
  }
}
