import { valueIn } from '@tributary/kernel';
import type { Findings } from '../facts/findings.ts';
import { objectIn, pointerTo } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/** A score of a task. `filter` is absent if the file has none. */
export type ResultRow = {
  readonly task: string;
  readonly metric: string;
  readonly filter?: string;
  readonly value: number;
  readonly stderr?: number;
  readonly pointer: string;
};

/** Members of the results of a task that are not scores. */
const NON_SCORE_KEYS = new Set(['name', 'alias', 'sample_len', 'sample_count', 'samples', 'group', '', ' ']);

/** All scores in `results`, and those in `groups` that `results` lacks. Other values are rejected one by one. */
export function resultRows(root: JsonObject, path: string, findings: Findings): ResultRow[] {
  const results = objectIn(root['results']) ?? {};
  const groups = Object.entries(objectIn(root['groups']) ?? {}).filter(
    ([task]) => !Object.hasOwn(results, task),
  );
  return [
    ...Object.entries(results).map(([task, scores]) => ['results', task, scores] as const),
    ...groups.map(([task, scores]) => ['groups', task, scores] as const),
  ].flatMap(([section, task, scores]) => {
    const members = objectIn(scores);
    if (members) return taskRows({ section, task, path }, members, findings);
    findings.reject(
      `${path}${pointerTo(section, task)}`,
      '',
      'the results of the task are not an object of scores',
    );
    return [];
  });
}

type TaskLocation = { readonly section: string; readonly task: string; readonly path: string };

function taskRows(
  { section, task, path }: TaskLocation,
  members: JsonObject,
  findings: Findings,
): ResultRow[] {
  return Object.entries(members).flatMap(([key, value]) => {
    const { metric, filter } = metricKey(key);
    if (NON_SCORE_KEYS.has(key) || isStderr(metric, filter, members)) return [];
    const pointer = pointerTo(section, task, key);
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      findings.reject(`${path}${pointer}`, metric, `${preview(value)} is not a finite number`);
      return [];
    }
    const stderr = stderrIn(
      valueIn(members, keyOf(`${metric}_stderr`, filter)),
      `${path}${pointer}`,
      findings,
    );
    return [
      {
        task,
        metric,
        value,
        pointer,
        ...(filter !== undefined && { filter }),
        ...(stderr !== undefined && { stderr }),
      },
    ];
  });
}

/**
 * Splits `exact_match,strict-match` into the metric `exact_match` and the filter `strict-match`. Older files have no
 * filter.
 */
function metricKey(key: string): { readonly metric: string; readonly filter: string | undefined } {
  const at = key.lastIndexOf(',');
  return at < 0
    ? { metric: key, filter: undefined }
    : { metric: key.slice(0, at), filter: key.slice(at + 1) };
}

const keyOf = (metric: string, filter: string | undefined): string =>
  filter === undefined ? metric : `${metric},${filter}`;

const isStderr = (metric: string, filter: string | undefined, members: JsonObject): boolean =>
  metric.endsWith('_stderr') && Object.hasOwn(members, keyOf(metric.slice(0, -'_stderr'.length), filter));

/** The standard error. Harnesses write "N/A" if they computed none, which is absent and not zero. */
function stderrIn(value: unknown, source: string, findings: Findings): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  if (value !== undefined && value !== null) findings.warn('stderr_absent', `${source}: ${preview(value)}`);
  return undefined;
}

const preview = (value: unknown): string => String(JSON.stringify(value) ?? value).slice(0, 40);
