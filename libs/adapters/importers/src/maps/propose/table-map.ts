import { namesMetric } from '../../facts/metric.ts';
import type { NumberFormat } from '../cell.ts';
import { ROLES } from '../map.ts';
import type { Role } from '../map.ts';
import { columnFor, isNumberColumn, plainName } from './column-roles.ts';
import type { ColumnProfile } from './column-roles.ts';

/** A map as it is written: keys with columns, constants, lists, or `?` where it is not known. */
export type Proposal = Readonly<Record<string, unknown>>;

/** What a proposal leaves open. */
export const OPEN = '?';

type Found = Partial<Record<Role, string>>;

/** Columns of a history that count rows or time and are no metric. */
const COUNTERS = /^(unnamed_\d+|index|runtime|epoch_time)?$/;

/** Proposes a map for a table by the names and values of its columns. Undefined if no column holds numbers. */
export function tableMap(
  columns: readonly ColumnProfile[],
  numbers: NumberFormat | typeof OPEN,
): Proposal | undefined {
  const found = rolesIn(columns);
  const measured = columns.filter(
    (column) =>
      isNumberColumn(column) && !isUsed(column.name, found) && !COUNTERS.test(plainName(column.name)),
  );
  const head = { reads: 'table', ...(numbers === '1234.5' ? {} : { numbers }) };
  const facts =
    longFacts(found) ?? chart(found, measured) ?? wideScores(found, measured) ?? wideSteps(found, measured);
  return facts && { ...head, ...facts };
}

/** Facts whose names stand in cells. */
function longFacts(found: Found): Proposal | undefined {
  if (found.benchmark && (found.score ?? found.value)) return scoresOf(found);
  if (found.slice && found.tokens) return exposureOf(found);
  return found.metric && found.value ? longStepsOf(found) : undefined;
}

/** `RUN - METRIC`, as W&B names the columns of a chart; what it adds for the range of a group is left out. */
const CHART_COLUMN = '^(?P<run>.+) - (?P<metric>.+?)(?P<skip>__MIN|__MAX|__STDERR)?$';

/** A column for each run, whose name holds the name of the run and of the metric. */
function chart(found: Found, measured: readonly ColumnProfile[]): Proposal | undefined {
  const isChart = measured.length > 0 && measured.every(({ name }) => /\S - \S/.test(name));
  if (!isChart || found.run !== undefined) return undefined;
  return { columns: CHART_COLUMN, run: 'run', step: found.step ?? OPEN, metric: 'metric', value: 'value' };
}

/** A row for each model, with its scores in columns. A table with steps is a history instead. */
function wideScores(found: Found, measured: readonly ColumnProfile[]): Proposal | undefined {
  const tested = measured.filter(({ name }) => namesMetric(name)).map(({ name }) => name);
  const run = found.run ?? found.model;
  if (found.step !== undefined || run === undefined || tested.length === 0) return undefined;
  return { run, ...pick(found, ['model', 'seed']), benchmarks: tested };
}

function wideSteps(found: Found, measured: readonly ColumnProfile[]): Proposal | undefined {
  if (measured.length === 0) return undefined;
  return {
    ...pick(found, ['run', 'model', 'seed', 'attempt']),
    step: found.step ?? OPEN,
    ...pick(found, ['time', 'tokens']),
    metrics: measured.map(({ name }) => name),
  };
}

const rolesIn = (columns: readonly ColumnProfile[]): Found =>
  Object.fromEntries(
    ROLES.flatMap((role) => {
      const column = columnFor(role, columns);
      return column === undefined ? [] : [[role, column]];
    }),
  );

/** Columns that are not metrics where a table has metrics as columns. */
const LOCATE: readonly Role[] = [
  'run',
  'model',
  'seed',
  'attempt',
  'step',
  'first_step',
  'last_step',
  'time',
  'tokens',
];

const isUsed = (name: string, found: Found): boolean => LOCATE.some((role) => found[role] === name);

const pick = (found: Found, roles: readonly Role[]): Record<string, string> =>
  Object.fromEntries(roles.flatMap((role) => (found[role] === undefined ? [] : [[role, found[role] ?? '']])));

function scoresOf(found: Found): Proposal {
  const score = found.score ?? found.value ?? OPEN;
  const named = namesMetric(score) && !/^(score|value|result)$/i.test(score) ? { is: score } : OPEN;
  return {
    run: found.run ?? found.model ?? OPEN,
    ...pick(found, ['model', 'seed', 'step']),
    benchmark: found.benchmark,
    metric: found.metric ?? named,
    score,
    ...pick(found, ['stderr', 'items', 'shots', 'split', 'harness', 'unit', 'direction']),
  };
}

function exposureOf(found: Found): Proposal {
  const range = found.first_step && found.last_step ? pick(found, ['first_step', 'last_step']) : undefined;
  const steps = found.step ? { step: found.step } : { first_step: OPEN, last_step: OPEN };
  return {
    run: found.run ?? found.model ?? OPEN,
    ...pick(found, ['seed', 'attempt']),
    ...(range ?? steps),
    ...pick(found, ['slice', 'shard', 'tokens', 'unit', 'tokenizer']),
  };
}

const longStepsOf = (found: Found): Proposal => ({
  ...pick(found, ['run', 'model', 'seed', 'attempt']),
  step: found.step ?? OPEN,
  ...pick(found, ['time', 'metric', 'value', 'unit']),
});
