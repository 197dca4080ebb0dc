import { invalid } from '../errors.ts';
import type { ModelStatus, RunStatus } from '../facts/tracker.ts';

/** An enumeration of the protocol: its labels by our value, and our value by label or by number, as protobuf's JSON has both. */
type Enumeration<Value extends string> = {
  readonly labels: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, Value>;
};

/** In protobuf's order, from number 1. A label that stands for a value of an earlier one is only read. */
function enumeration<Value extends string>(
  entries: readonly (readonly [string, Value])[],
): Enumeration<Value> {
  const values = new Map<string, Value>();
  const labels = new Map<string, string>();
  for (const [index, [label, value]] of entries.entries()) {
    values.set(label, value).set(String(index + 1), value);
    if (!labels.has(value)) labels.set(value, label);
  }
  return { labels, values };
}

const RUN_STATUS = enumeration<RunStatus>([
  ['RUNNING', 'running'],
  ['SCHEDULED', 'running'],
  ['FINISHED', 'completed'],
  ['FAILED', 'failed'],
  ['KILLED', 'stopped'],
]);

const MODEL_STATUS = enumeration<ModelStatus>([
  ['LOGGED_MODEL_PENDING', 'pending'],
  ['LOGGED_MODEL_READY', 'ready'],
  ['LOGGED_MODEL_UPLOAD_FAILED', 'failed'],
]);

export type View = 'active' | 'deleted' | 'all';

const VIEW = enumeration<View>([
  ['ACTIVE_ONLY', 'active'],
  ['DELETED_ONLY', 'deleted'],
  ['ALL', 'all'],
]);

const labelIn = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The label of a status; undefined where none is known, for which the protocol has no word. */
export const runStatusLabel = (status: string): string | undefined =>
  status === 'planned' ? 'SCHEDULED' : RUN_STATUS.labels.get(status);

/** Undefined where the request states no status. Throws MlflowFault for an unknown one. */
export function runStatusOf(value: unknown): RunStatus | undefined {
  if (value === undefined || value === null) return undefined;
  const status = RUN_STATUS.values.get(labelIn(value));
  if (!status) throw invalid(`status must be one of RUNNING, SCHEDULED, FINISHED, FAILED and KILLED`);
  return status;
}

export const modelStatusLabel = (status: string): string =>
  MODEL_STATUS.labels.get(status) ?? 'LOGGED_MODEL_PENDING';

/** Throws MlflowFault for an unknown status. */
export function modelStatusOf(value: unknown): ModelStatus {
  const status = MODEL_STATUS.values.get(labelIn(value));
  if (!status)
    throw invalid(
      'status must be one of LOGGED_MODEL_PENDING, LOGGED_MODEL_READY and LOGGED_MODEL_UPLOAD_FAILED',
    );
  return status;
}

/** Active runs where the request states no view. Throws MlflowFault for an unknown one. */
export function viewOf(value: unknown): View {
  const view = VIEW.values.get(labelIn(value ?? 'ACTIVE_ONLY'));
  if (!view) throw invalid('the view must be one of ACTIVE_ONLY, DELETED_ONLY and ALL');
  return view;
}

export const isInView = (view: View, retired: boolean): boolean =>
  view === 'all' || (view === 'deleted') === retired;

export const stageOf = (retired: boolean): string => (retired ? 'deleted' : 'active');

/** A number as protobuf's JSON has it: NaN and the infinities are strings. */
export function jsonNumber(value: number): number | string {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}
