import { invalid } from '../errors.ts';
import type { ModelStatus, RunStatus } from '../facts/tracker.ts';

const RUN_STATUS: Readonly<Record<RunStatus, string>> = {
  running: 'RUNNING',
  completed: 'FINISHED',
  failed: 'FAILED',
  stopped: 'KILLED',
};

const isRunStatus = (status: string): status is RunStatus => Object.hasOwn(RUN_STATUS, status);

export const runStatusLabel = (status: string): string =>
  isRunStatus(status) ? RUN_STATUS[status] : 'RUNNING';

/** Protobuf's JSON takes an enumeration by name or by number. A scheduled run counts as running. */
const RUN_WORDS: Readonly<Record<string, RunStatus>> = {
  RUNNING: 'running',
  SCHEDULED: 'running',
  FINISHED: 'completed',
  FAILED: 'failed',
  KILLED: 'stopped',
  1: 'running',
  2: 'running',
  3: 'completed',
  4: 'failed',
  5: 'stopped',
};

const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export function runStatusOf(value: unknown): RunStatus | undefined {
  if (value === undefined || value === null) return undefined;
  const status = RUN_WORDS[wordOf(value)];
  if (!status) throw invalid(`status must be one of RUNNING, SCHEDULED, FINISHED, FAILED and KILLED`);
  return status;
}

const MODEL_WORDS: Readonly<Record<string, ModelStatus>> = {
  LOGGED_MODEL_PENDING: 'pending',
  LOGGED_MODEL_READY: 'ready',
  LOGGED_MODEL_UPLOAD_FAILED: 'failed',
  1: 'pending',
  2: 'ready',
  3: 'failed',
};

export function modelStatusOf(value: unknown): ModelStatus {
  const status = MODEL_WORDS[wordOf(value)];
  if (!status)
    throw invalid(
      'status must be one of LOGGED_MODEL_PENDING, LOGGED_MODEL_READY and LOGGED_MODEL_UPLOAD_FAILED',
    );
  return status;
}

const MODEL_STATUS: Readonly<Record<string, string>> = {
  pending: 'LOGGED_MODEL_PENDING',
  ready: 'LOGGED_MODEL_READY',
  failed: 'LOGGED_MODEL_UPLOAD_FAILED',
};

export const modelStatusLabel = (status: string): string => MODEL_STATUS[status] ?? 'LOGGED_MODEL_PENDING';

export type View = 'active' | 'deleted' | 'all';

const VIEWS: Readonly<Record<string, View>> = {
  ACTIVE_ONLY: 'active',
  DELETED_ONLY: 'deleted',
  ALL: 'all',
  1: 'active',
  2: 'deleted',
  3: 'all',
};

export function viewOf(value: unknown): View {
  const view = VIEWS[wordOf(value ?? 'ACTIVE_ONLY')];
  if (!view) throw invalid('the view must be one of ACTIVE_ONLY, DELETED_ONLY and ALL');
  return view;
}

export const isInView = (view: View, retired: boolean): boolean =>
  view === 'all' || (view === 'deleted') === retired;

export const stageOf = (retired: boolean): string => (retired ? 'deleted' : 'active');

/** Protobuf's JSON has texts for the numbers that JSON lacks. */
export function jsonNumber(value: number): number | string {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? 'Infinity' : '-Infinity';
}
