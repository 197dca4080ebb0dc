import type { Findings } from '../facts/findings.ts';
import { isTooDeep } from '../files/untyped-values.ts';
import { microsOf } from '../run-history/point.ts';
import type { Point } from '../run-history/point.ts';
import type { WandbFile } from './wandb-file.ts';
import type { Values } from './wandb-record.ts';

/** Keys of a history row that locate it and are not metrics. */
const ROW_KEYS = new Set(['_step', '_timestamp']);

/** The numbers of all history rows. Booleans become 0 and 1. Text, media and lists are counted and left out. */
export function historyPoints({ path, records }: WandbFile, findings: Findings): Point[] {
  return records.flatMap((record) => {
    if (record.kind !== 'history') return [];
    const values = new Map(record.values);
    const step = numberIn(values.get('_step')) ?? record.step ?? null;
    const time = microsOf(values.get('_timestamp'));
    return metricsIn(record.values, (key) =>
      findings.warn('value_is_no_number', `${path}:record:${record.at} ${key}`),
    ).map(([key, value]) => ({ key, step, value, time, at: record.at }));
  });
}

/** System metrics, which have a time but no step. */
export function systemPoints({ records }: WandbFile): Point[] {
  return records.flatMap((record) => {
    if (record.kind !== 'stats') return [];
    const { time, at } = record;
    return metricsIn(record.values, () => undefined).map(([key, value]) => ({
      key: `system/${key}`,
      step: null,
      value,
      time,
      at,
    }));
  });
}

function metricsIn(values: Values, skipped: (key: string) => void): [string, number][] {
  return values.flatMap(([key, value]): [string, number][] => {
    if (ROW_KEYS.has(key) || key === '' || key.startsWith('_wandb')) return [];
    if (isPlainObject(value) && !isTooDeep(value)) {
      return metricsIn(
        Object.entries(value).map(([name, member]): [string, unknown] => [`${key}.${name}`, member]),
        skipped,
      );
    }
    const number = numberIn(value);
    if (number !== undefined) return [[key, number]];
    skipped(key);
    return [];
  });
}

/** Media are objects that name their type. */
const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('_type' in value);

const NONFINITE = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' ? NONFINITE.get(value) : undefined;
}
