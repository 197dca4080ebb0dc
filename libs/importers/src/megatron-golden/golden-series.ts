import { isObject } from '../run-history/json-object.ts';

/** A series of golden values. NaN stands where the file says "nan". */
export type GoldenSeries = {
  readonly metric: string;
  readonly values: readonly { readonly step: number; readonly value: number }[];
  /** Steps whose value is null or no number, as the file spells it. */
  readonly missing: readonly { readonly step: string; readonly found: string }[];
};

/** Whether JSON is a set of golden values: every member a series, but for plain numbers of older files. */
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

/** Older files hold a list of values from `start_step` on, newer ones a value by step. */
export function goldenSeries(json: unknown): GoldenSeries[] {
  if (!isObject(json)) return [];
  return Object.entries(json).flatMap(([metric, series]) => {
    if (!isSeries(series)) return [];
    const { values, start_step: start, step_interval: interval } = series;
    if (!Array.isArray(values)) return isObject(values) ? [seriesOf(metric, Object.entries(values))] : [];
    const stepAt = (index: number) => String(Number(start) + index * Number(interval));
    return [
      seriesOf(
        metric,
        values.map((value: unknown, index) => [stepAt(index), value] as const),
      ),
    ];
  });
}

function seriesOf(metric: string, entries: readonly (readonly [string, unknown])[]): GoldenSeries {
  const values: { step: number; value: number }[] = [];
  const missing: { step: string; found: string }[] = [];
  for (const [step, found] of entries) {
    const value = valueOf(found);
    if (value === undefined || !/^\d+$/.test(step))
      missing.push({ step, found: JSON.stringify(found) ?? '' });
    else values.push({ step: Number(step), value });
  }
  return { metric, values: values.toSorted((left, right) => left.step - right.step), missing };
}

function valueOf(found: unknown): number | undefined {
  if (typeof found === 'number') return found;
  if (typeof found !== 'string' || found.trim() === '') return undefined;
  if (/^[+-]?nan$/i.test(found)) return Number.NaN;
  const infinite = /^([+-]?)inf(inity)?$/i.exec(found);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  const number = Number(found);
  return Number.isNaN(number) ? undefined : number;
}
