import type { FactCatalogue } from '@tributary/contracts';
import type { SourceFile } from '../files/folder.ts';
import { countIn, statedIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { configOf } from './config.ts';
import type { FactCollector } from './fact-collector.ts';
import { isPlaceholder } from './placeholders.ts';
import { contentId, stemOf } from './shard-list.ts';
import { truncate, truncateName } from './text.ts';

type Planned = FactCatalogue['training.run.planned'];

/** What was read of the data of a configuration. */
export type PlannedData = {
  /** Whether it has a placeholder, which is named in the report: it plans no run. */
  readonly isTemplate?: true;
  readonly mixtureId?: string;
  readonly snapshotId?: string;
};

/** A run as a configuration plans it. What is unknown may be absent, blank, or the text `None`. */
export type PlannedRun = {
  /** The program that is to train, as ids of its runs name it. */
  readonly program: string;
  /** What the configuration calls the run. The name of its file takes the place of none, and of a placeholder. */
  readonly name: unknown;
  readonly config: JsonObject;
  /** What the model is called: as the run, where it is absent. */
  readonly model?: unknown;
  readonly architecture?: unknown;
  readonly seeds: Readonly<Record<keyof Planned['seeds'], unknown>>;
  readonly tokenizer?: unknown;
  /** The checkpoint that it is to continue. */
  readonly parent?: unknown;
  /** Its tokens; otherwise why the configuration does not determine them. */
  readonly tokens: number | string;
};

/**
 * Adds the run that a configuration plans. Its id has a digest of the file: configurations of one recipe often share
 * the name of their run.
 */
export async function addPlannedRun(
  file: SourceFile,
  run: PlannedRun,
  { isTemplate, ...data }: PlannedData,
  collector: FactCollector,
): Promise<void> {
  if (isTemplate) return;
  const sha256 = await file.sha256();
  const name = nameIn(run.name) ?? stemOf(file.path);
  const runId = `urn:${run.program}:run:${contentId(name, sha256)}`;
  const [architecture, tokenizer, parent] = [run.architecture, run.tokenizer, run.parent].map(nameIn);
  const { tokens } = run;
  if (typeof tokens === 'string') collector.findings.warn('tokens_unknown', `${file.path}: ${tokens}`);
  collector.add({ sha256, pointer: '' }, runId, {
    type: 'training.run.planned',
    data: {
      runId,
      name: truncate(name, 512),
      model: {
        name: truncate(nameIn(run.model) ?? name, 256),
        ...(architecture !== undefined && { architecture: truncate(architecture, 1024) }),
      },
      ...configOf(run.config),
      seeds: seedsOf(run.seeds),
      ...(typeof tokens === 'number' && { tokenBudget: tokens }),
      ...(tokenizer !== undefined && { tokenizer: truncate(tokenizer, 256) }),
      ...(parent !== undefined && { parentCheckpointId: truncateName(parent, 256) }),
      ...data,
    },
  });
}

function nameIn(value: unknown): string | undefined {
  const text = statedIn(value);
  return text === undefined || isPlaceholder(text) ? undefined : text;
}

function seedsOf({ init, dataOrder }: PlannedRun['seeds']): Planned['seeds'] {
  const [first, second] = [countIn(init), countIn(dataOrder)];
  return { ...(first !== undefined && { init: first }), ...(second !== undefined && { dataOrder: second }) };
}

/**
 * The tokens of a run: the product of its steps, the sequences of a batch and their length, or of whatever else is
 * multiplied. Otherwise `reason`, also where they are too many to count exactly.
 */
export function tokensOf(factors: readonly (number | undefined)[], reason: string): number | string {
  let tokens = 1;
  for (const factor of factors) tokens *= factor ?? Number.NaN;
  return Number.isSafeInteger(Math.round(tokens)) ? Math.round(tokens) : reason;
}
