import { valueIn } from '@tributary/kernel';
import type { FactCatalogue } from './generated/catalogue.ts';
import type { FactType, SchemaViolation } from './catalogue.ts';
import { checkAlias } from './alias.ts';
import { checkContamination } from './contamination.ts';
import { checkImportRanges } from './import-ranges.ts';
import { checkOrder } from './order.ts';

type Rules = { readonly [Type in FactType]?: (data: FactCatalogue[Type]) => SchemaViolation | undefined };

/** Relations between the fields of a fact, which JSON Schema cannot express. */
const RULES: Rules = {
  'training.steps.recorded': (data) =>
    ascending(data.steps) ?? columnsFit(data) ?? tokensAreCounts(data) ?? nonfiniteMatchesNulls(data),
  'training.exposure.recorded': ({ firstStep, lastStep }) =>
    lastStep < firstStep
      ? broken('/data/lastStep', 'range', `must not be below firstStep ${firstStep}`)
      : undefined,
  'training.order.recorded': checkOrder,
  'influence.scores.recorded': ({ refs, scores }) =>
    refs.length === scores.length
      ? undefined
      : broken('/data/scores', 'length', `must hold one score for each of ${refs.length} refs`),
  'training.metrics.recorded': ({ keys, ...lists }) => metricsFit(keys.length, lists),
  'evaluation.items.recorded': ({ itemIds, values }) =>
    itemIds.length === values.length
      ? undefined
      : broken('/data/values', 'length', `must hold one value for each of ${itemIds.length} items`),
  'corpus.contamination.found': checkContamination,
  'corpus.alias.declared': checkAlias,
  'corpus.alias.withdrawn': checkAlias,
  'lineage.import.progressed': checkImportRanges,
  'lineage.import.completed': checkImportRanges,
  'lineage.import.withdrawn': checkImportRanges,
};

/** The first violated relation between the fields of a fact, or undefined. The data must have passed its schema. */
export function checkRelations<Type extends FactType>(
  type: Type,
  data: FactCatalogue[Type],
): SchemaViolation | undefined {
  const rule: ((data: FactCatalogue[Type]) => SchemaViolation | undefined) | undefined = RULES[type];
  return rule?.(data);
}

const broken = (pointer: string, rule: string, message: string): SchemaViolation => ({
  pointer,
  rule,
  message,
});

function ascending(steps: readonly number[]): SchemaViolation | undefined {
  const wrong = steps.findIndex((step, index) => index > 0 && step <= (steps[index - 1] ?? -1));
  return wrong < 0
    ? undefined
    : broken(`/data/steps/${wrong}`, 'ascending', 'must be greater than the step before it');
}

function columnsFit(data: FactCatalogue['training.steps.recorded']): SchemaViolation | undefined {
  for (const name in data.columns) {
    if (data.columns[name]?.length === data.steps.length) continue;
    return broken(
      `/data/columns/${name}`,
      'length',
      `must hold one value for each of ${data.steps.length} steps`,
    );
  }
  return undefined;
}

type MetricLists = Omit<FactCatalogue['training.metrics.recorded'], 'keys'>;

function metricsFit(
  count: number,
  { steps, times, values, nonfinite = [] }: MetricLists,
): SchemaViolation | undefined {
  const wrong = Object.entries({ steps, times, values }).find(([, list]) => list.length !== count);
  if (wrong) return broken(`/data/${wrong[0]}`, 'length', `must hold one value for each of ${count} keys`);
  const stray = nonfinite.findIndex(({ index }) => values[index] !== null);
  return stray < 0
    ? undefined
    : broken(`/data/nonfinite/${stray}/index`, 'index', 'must be the index of a null in values');
}

function tokensAreCounts({ columns }: FactCatalogue['training.steps.recorded']): SchemaViolation | undefined {
  const tokens = Object.hasOwn(columns, 'tokens') ? (columns['tokens'] ?? []) : [];
  const wrong = tokens.findIndex((count) => count !== null && !(Number.isSafeInteger(count) && count >= 0));
  return wrong < 0
    ? undefined
    : broken(`/data/columns/tokens/${wrong}`, 'count', 'must be a whole number from 0 to 2^53 - 1');
}

/** Each entry of nonfinite must name a column of the fact and the index of a null in it. */
function nonfiniteMatchesNulls(data: FactCatalogue['training.steps.recorded']): SchemaViolation | undefined {
  for (const [name, entries] of Object.entries(data.nonfinite ?? {})) {
    const column = valueIn(data.columns, name);
    if (!column) return broken(`/data/nonfinite/${name}`, 'column', 'must name one of the columns');
    const wrong = entries.findIndex(({ index }) => column[index] !== null);
    if (wrong >= 0)
      return broken(
        `/data/nonfinite/${name}/${wrong}/index`,
        'index',
        'must be the index of a null in the column',
      );
  }
  return undefined;
}
