import type { FactCatalogue } from '@tributary/contracts';
import { groupBy, rfc3339 } from '@tributary/kernel';
import type { FactCollector } from '../facts/fact-collector.ts';
import { chunksOf, requireNonEmpty } from '../facts/chunks.ts';
import { isStep } from './point.ts';
import type { AttemptName, Point, PointSource } from './point.ts';
import { columnNames } from './well-known.ts';

type Steps = FactCatalogue['training.steps.recorded'];
type Nonfinite = 'nan' | '+inf' | '-inf';

/** These columns take precedence if there are too many. */
const WELL_KNOWN = new Set(['loss', 'learningRate', 'gradNorm', 'tokens']);

const MAX_ROWS = 1024;
const MAX_COLUMNS = 64;
const MAX_COLUMN_NAME = 64;
/** A telemetry event is at most 1 MiB. */
const MAX_CELLS = 16_384;
const MAX_POINTS = 1000;
const MAX_KEY = 512;

/**
 * Records the points of one attempt. A key with whole ascending steps becomes a column of `training.steps.recorded`,
 * with one row a step and null for missing values. The loss, learning rate and gradient norm of training get their
 * well-known names. All other keys become points of `training.metrics.recorded`.
 */
export function recordPoints(
  collector: FactCollector,
  source: PointSource,
  attempt: AttemptName,
  recorded: readonly Point[],
): void {
  const points = withoutRepeats(recorded);
  const repeated = recorded.length - points.length;
  if (repeated > 0)
    collector.findings.warn('point_repeated', `${attempt.runId}: a value is repeated`, repeated);
  const byKey = groupBy(points, ({ key }) => key);
  const names = columnNames([...byKey.keys()]);
  if (isRunningTotal(byKey.get('tokens') ?? [])) {
    names.set('tokens', 'tokens (total)');
    collector.findings.warn(
      'tokens_are_a_total',
      `${attempt.runId}: tokens increase at every step, so they are a running total`,
    );
  }
  const columns = stepColumns(new Map([...names].filter(([key]) => ascends(byKey.get(key) ?? []))));
  recordSteps(
    collector,
    source,
    attempt,
    columns,
    points.filter(({ key }) => columns.has(key)),
  );
  recordMetrics(
    collector,
    source,
    attempt,
    points.filter(({ key }) => !columns.has(key)),
  );
}

/** The keys that are columns of steps, with the names of their columns: at most 64, the well-known ones first. */
export function stepColumns(names: ReadonlyMap<string, string>): Map<string, string> {
  const isKnown = (name: string) => WELL_KNOWN.has(name);
  const columns = [...names].filter(([, name]) => isColumnName(name));
  return new Map(
    columns
      .toSorted(([, left], [, right]) => Number(isKnown(right)) - Number(isKnown(left)))
      .slice(0, MAX_COLUMNS),
  );
}

/** Drops a point that equals the previous point of its key. */
function withoutRepeats(points: readonly Point[]): readonly Point[] {
  const last = new Map<string, Point>();
  return points.filter((point) => {
    const before = last.get(point.key);
    last.set(point.key, point);
    return !(
      point.step !== null &&
      before?.step === point.step &&
      before.time === point.time &&
      Object.is(before.value, point.value)
    );
  });
}

const isColumnName = (name: string): boolean => name !== '' && name.length <= MAX_COLUMN_NAME;

/** Whether tokens are a running total: they increase at every step, while the tokens of a step are mostly constant. */
const isRunningTotal = (points: readonly Point[]): boolean =>
  points.length > 2 &&
  points.every(({ value }, index) => index === 0 || value > (points[index - 1]?.value ?? value));

function ascends(points: readonly Point[]): boolean {
  return points.every(({ step }, index) => {
    const before = points[index - 1]?.step ?? -1;
    return isStep(step) && step > before;
  });
}

/** Records points of whole steps as rows of `training.steps.recorded`; each key has a column. */
// oxlint-disable-next-line max-params -- a table and its attempt
export function recordSteps(
  collector: FactCollector,
  source: PointSource,
  attempt: AttemptName,
  columns: ReadonlyMap<string, string>,
  points: readonly Point[],
): void {
  const rows = [...groupBy(points, ({ step }) => step ?? 0)].toSorted(([left], [right]) => left - right);
  const size = Math.max(1, Math.min(MAX_ROWS, Math.floor(MAX_CELLS / Math.max(1, columns.size))));
  for (const chunk of chunksOf(rows, size)) {
    const cells = chunk.flatMap(([, row]) => row);
    const data = stepsOf(attempt, columns, chunk);
    const time = latest(cells);
    collector.add(originOf(source, cells), entityOf(attempt, `steps ${data.steps[0]}`), {
      type: 'training.steps.recorded',
      data,
      ...(time === undefined ? {} : { time: rfc3339(time) }),
    });
  }
}

type StepRow = readonly [step: number, points: readonly Point[]];

function stepsOf(attempt: AttemptName, names: ReadonlyMap<string, string>, rows: readonly StepRow[]): Steps {
  const columns = new Map<string, (number | null)[]>();
  const nonfinite = new Map<string, { index: number; value: Nonfinite }[]>();
  for (const [index, [, points]] of rows.entries()) {
    for (const { key, value } of points) {
      const column = names.get(key) ?? key;
      const cells = columns.get(column) ?? Array.from({ length: rows.length }, () => null);
      columns.set(column, cells);
      if (Number.isFinite(value)) cells[index] = value;
      else nonfinite.set(column, [...(nonfinite.get(column) ?? []), { index, value: nonfiniteName(value) }]);
    }
  }
  return {
    ...attempt,
    steps: requireNonEmpty(rows.map(([step]) => step)),
    columns: fromEntries([...columns].map(([name, cells]) => [name, requireNonEmpty(cells)])),
    ...(nonfinite.size > 0 && {
      nonfinite: fromEntries([...nonfinite].map(([name, cells]) => [name, requireNonEmpty(cells)])),
    }),
  };
}

/** Records points as `training.metrics.recorded`. `method` is set if they were not reported by the source. */
// oxlint-disable-next-line max-params -- a list and its attempt
export function recordMetrics(
  collector: FactCollector,
  source: PointSource,
  { runId, attempt }: AttemptName,
  points: readonly Point[],
  method?: 'inferred',
): void {
  for (const [index, chunk] of chunksOf(points, MAX_POINTS).entries()) {
    const time = latest(chunk);
    const nonfinite = chunk.flatMap(({ value }, row) =>
      Number.isFinite(value) ? [] : [{ index: row, value: nonfiniteName(value) }],
    );
    collector.add(
      originOf(source, chunk),
      entityOf({ runId, attempt }, `points ${index} ${method ?? ''} ${chunk[0]?.key ?? ''}`),
      {
        type: 'training.metrics.recorded',
        data: {
          runId,
          attempt,
          keys: requireNonEmpty(chunk.map(({ key }) => key.slice(0, MAX_KEY) || '(empty)')),
          steps: requireNonEmpty(chunk.map(({ step }) => (Number.isFinite(step) ? step : null))),
          times: requireNonEmpty(chunk.map((point) => point.time ?? null)),
          values: requireNonEmpty(chunk.map(({ value }) => (Number.isFinite(value) ? value : null))),
          ...(nonfinite.length > 0 && { nonfinite }),
          ...(method && { method }),
        },
        ...(time === undefined ? {} : { time: rfc3339(time) }),
      },
    );
  }
}

function originOf({ sha256, pointer }: PointSource, points: readonly Point[]) {
  const positions = points.map(({ at }) => at);
  const first = positions.reduce((low, at) => Math.min(low, at), Infinity);
  return {
    sha256,
    pointer: pointer(
      first,
      positions.reduce((high, at) => Math.max(high, at), first),
    ),
  };
}

const entityOf = ({ runId, attempt }: AttemptName, part: string): string => `${runId}#${attempt} ${part}`;

const nonfiniteName = (value: number): Nonfinite => {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? '+inf' : '-inf';
};

function latest(points: readonly Point[]): number | undefined {
  return points.reduce<number | undefined>(
    (newest, { time }) => (time !== undefined && time > (newest ?? -Infinity) ? time : newest),
    undefined,
  );
}

/** Object.fromEntries, because a key can be named `__proto__`. */
function fromEntries<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(entries);
}
