import type { FactCatalogue } from '@tributary/contracts';
import { counted } from '../facts/shard-list.ts';
import { configOf, plainJson } from '../facts/config.ts';
import { objectIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { countIn } from './stats-file.ts';
import type { StepStats } from './stats-file.ts';
import { truncate, truncateName } from '../facts/text.ts';

type Step = FactCatalogue['corpus.step.completed'];

const KINDS: readonly (readonly [RegExp, Step['kind']])[] = [
  [/READER/i, 'read'],
  [/DEDUP/i, 'deduplicate'],
  [/FILTER/i, 'filter'],
  [/TOKENIZER/i, 'tokenize'],
  [/WRITER/i, 'write'],
  [/STATS|TAG|ANNOTAT|CLASSIF/i, 'tag'],
  [/SAMPL/i, 'sample'],
];

/** The kind of a step by the type at the start of its name, such as `🔻 - FILTER: 👯 …`. */
const kindOf = (name: string): Step['kind'] => {
  const [type = ''] = name.split(':', 1);
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
};

/** A step with the counts that are known. */
export function stepFact(
  step: StepStats,
  index: number,
  pipelineId: string,
  args: JsonObject | undefined,
): Step {
  const kind = kindOf(step.name);
  const dropped = droppedBy(step, kind);
  const tokens = kind === 'tokenize' ? countIn(step, 'tokens') : undefined;
  return {
    pipelineId,
    stepId: `${index}`,
    index,
    name: truncate(step.name, 512),
    kind,
    tool: { name: 'datatrove' },
    ...counted('documentsIn', kind === 'read' ? undefined : countIn(step, 'total'), 'reported'),
    ...counted('documentsOut', documentsOut(step, kind), 'reported'),
    ...counted('tokensOut', tokens, 'reported'),
    ...(dropped.length > 0 && { dropped }),
    ...(step.seconds !== undefined &&
      step.seconds >= 0 &&
      step.seconds < Infinity && { seconds: step.seconds }),
    ...addressesOf(args),
    ...(args && configOf(withoutMemoryAddresses(args))),
  };
}

/**
 * The number of forwarded documents. datatrove omits a metric that stayed zero, so a filter that dropped everything
 * lacks it.
 */
function documentsOut(step: StepStats, kind: Step['kind']): number | undefined {
  const forwarded = countIn(step, 'forwarded');
  if (forwarded !== undefined) return forwarded;
  if (kind === 'read') return countIn(step, 'documents');
  if (kind === 'write') return countIn(step, 'total');
  const dropped = countIn(step, 'dropped');
  return kind === 'filter' && dropped !== undefined && dropped === countIn(step, 'total') ? 0 : undefined;
}

/** Dropped documents by reason. Those without a reason count as `unknown`. */
function droppedBy(step: StepStats, kind: Step['kind']): NonNullable<Step['dropped']> {
  const reasons = [...step.metrics.keys()]
    .filter((key) => key.startsWith('dropped_'))
    .flatMap((key) => {
      const documents = countIn(step, key);
      return documents === undefined
        ? []
        : [{ reason: truncateName(key.slice('dropped_'.length), 512) || 'unknown', documents }];
    });
  const all = countIn(step, 'dropped') ?? 0;
  const left = all - reasons.reduce((sum, { documents }) => sum + documents, 0);
  const removed = kind === 'deduplicate' ? (countIn(step, 'to_remove') ?? 0) : 0;
  const rest = [
    ...(left > 0 ? [{ reason: 'unknown', documents: left }] : []),
    ...(removed > 0 ? [{ reason: 'duplicate', documents: removed }] : []),
  ];
  return limitReasons([...reasons, ...rest]).map(({ reason, documents }) => ({
    reason,
    documents: { value: documents, method: 'reported' },
  }));
}

const MAX_REASONS = 1000;

type Dropped = { readonly reason: string; readonly documents: number };

/** Merges the rarest reasons if there are too many. */
function limitReasons(all: readonly Dropped[]): readonly Dropped[] {
  if (all.length <= MAX_REASONS) return all;
  const ranked = all.toSorted((left, right) => right.documents - left.documents);
  const others = ranked.slice(MAX_REASONS - 1).reduce((sum, { documents }) => sum + documents, 0);
  return [...ranked.slice(0, MAX_REASONS - 1), { reason: 'other reasons', documents: others }];
}

const PATH = /^DataFolder\(path='([^']*)'/;

/** The inputs and outputs in the arguments of a step. */
function addressesOf(args: JsonObject | undefined): Pick<Step, 'inputs' | 'outputs'> {
  const paths = (suffix: RegExp) =>
    Object.entries(args ?? {}).flatMap(([key, value]) => {
      const path = typeof value === 'string' && suffix.test(key) ? PATH.exec(value)?.[1] : undefined;
      return path === undefined ? [] : [truncate(path, 2048)];
    });
  const [inputs, outputs] = [paths(/^(data|input|index)_folder$/), paths(/^output_folder$/)];
  return { ...(inputs.length > 0 && { inputs }), ...(outputs.length > 0 && { outputs }) };
}

/** Python prints objects with their memory address, which differs between runs. */
function withoutMemoryAddresses(args: JsonObject): JsonObject {
  const text = JSON.stringify(plainJson(args)).replaceAll(/ at 0x[0-9a-f]+/g, '');
  return objectIn(JSON.parse(text)) ?? {};
}
