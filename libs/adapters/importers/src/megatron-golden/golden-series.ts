import { isObject } from '../files/untyped-values.ts';

/** A series of golden values. The string "nan" in a file becomes NaN. */
export type GoldenSeries = {
  readonly metric: string;
  readonly values: readonly { readonly step: number; readonly value: number }[];
  /** Values that are not numbers or have no step, with their key and text in the file. */
  readonly missing: readonly { readonly key: string; readonly found: string }[];
};

/** Whether JSON is a set of golden values: every member is a series, or a plain number in older files. */
export function isGolden(json: unknown): boolean {
  if (!isObject(json)) return false;
  const members = Object.values(json);
  return members.some(isSeries) && members.every((member) => isSeries(member) || typeof member === 'number');
}

const isSeries = (value: unknown): value is { readonly [key: string]: unknown } =>
  isObject(value) &&
  'step_interval' in value &&
  'start_step' in value &&
  (isObject(value['values']) || Array.isArray(value['values']));

/** The series of a file. Older files have a list of values from `start_step` on, newer files an object by step. */
export function goldenSeries(json: unknown): GoldenSeries[] {
  if (!isObject(json)) return [];
  return Object.entries(json).flatMap(([metric, series]) => {
    if (!isSeries(series)) return [];
    const { values, start_step: start, step_interval: interval } = series;
    if (!Array.isArray(values)) return isObject(values) ? [seriesOf(metric, keyed(values))] : [];
    const listed = values.map((value: unknown, index) => ({
      key: String(index),
      step: stepAt(start, interval, index),
      found: value,
    }));
    return [seriesOf(metric, listed)];
  });
}

type SeriesEntry = { readonly key: string; readonly step: number | undefined; readonly found: unknown };

const keyed = (values: Readonly<Record<string, unknown>>): SeriesEntry[] =>
  Object.entries(values).map(([key, found]) => ({ key, step: stepIn(key), found }));

function stepIn(key: string): number | undefined {
  const step = /^\d+$/.test(key) ? Number(key) : Number.NaN;
  return Number.isSafeInteger(step) ? step : undefined;
}

/** The step of a list index; undefined if the series does not state start and interval. */
function stepAt(start: unknown, interval: unknown, index: number): number | undefined {
  const apart = typeof interval === 'number' && interval > 0 ? interval : Number.NaN;
  const step = typeof start === 'number' ? start + index * apart : Number.NaN;
  return Number.isSafeInteger(step) && step >= 0 ? step : undefined;
}

function seriesOf(metric: string, entries: readonly SeriesEntry[]): GoldenSeries {
  const values: { step: number; value: number }[] = [];
  const missing: { key: string; found: string }[] = [];
  for (const { key, step, found } of entries) {
    const value = valueOf(found);
    if (value === undefined || step === undefined) missing.push({ key, found: shown(found) });
    else values.push({ step, value });
  }
  return { metric, values: values.toSorted((left, right) => left.step - right.step), missing };
}

const shown = (found: unknown): string =>
  typeof found === 'object' && found !== null ? 'a list or object' : JSON.stringify(found);

function valueOf(found: unknown): number | undefined {
  if (typeof found === 'number') return found;
  if (typeof found !== 'string' || found.trim() === '') return undefined;
  if (/^[+-]?nan$/i.test(found)) return Number.NaN;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(found);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  const number = Number(found);
  return Number.isNaN(number) ? undefined : number;
}
