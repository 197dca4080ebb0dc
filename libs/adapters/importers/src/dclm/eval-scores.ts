import { valueIn } from '@tributary/kernel';
import { objectIn, pointerTo, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';

/** A value of an evaluation record: a number, or text instead of one. */
export type DclmScore = {
  readonly pointer: string;
  readonly benchmark: string;
  readonly metric: 'icl' | 'perplexity' | 'mean' | 'centred_mean';
  readonly version?: string;
  readonly value: unknown;
};

const VERSIONED = /^(Core|Extended)_(v\d+)$/;
const AGGREGATE =
  /^(Core|Extended|aggregated_(centered_)?results|rw_small|low_variance_datasets|\d+%_CI_above)(_centered)?$/;

/** All scores of a record: tasks, perplexities, and aggregates with their version. */
export function dclmScores(members: JsonObject): DclmScore[] {
  const metrics = objectIn(members['eval_metrics']) ?? {};
  return [
    ...tasks(metrics, 'icl', 'icl'),
    ...perplexities(metrics),
    ...categories(members),
    ...aggregates(members),
  ];
}

function tasks(metrics: JsonObject, group: string, metric: DclmScore['metric']): DclmScore[] {
  return Object.entries(objectIn(valueIn(metrics, group)) ?? {}).map(([benchmark, value]) => ({
    pointer: pointerTo('eval_metrics', group, benchmark),
    benchmark,
    metric,
    value,
  }));
}

/** The store misspells one of the groups as `downstream_perpexity`. */
function perplexities(metrics: JsonObject): DclmScore[] {
  const whole = metrics['perplexity'];
  const overall: DclmScore[] = [
    {
      pointer: pointerTo('eval_metrics', 'perplexity'),
      benchmark: 'perplexity',
      metric: 'perplexity',
      value: whole,
    },
  ];
  return [
    ...(whole === undefined ? [] : overall),
    ...tasks(metrics, 'downstream_perpexity', 'perplexity'),
    ...tasks(metrics, 'downstream_perplexity', 'perplexity'),
  ];
}

function categories(members: JsonObject): DclmScore[] {
  const key = 'aggregated_task_categories_centered';
  return Object.entries(objectIn(members[key]) ?? {}).map(([category, value]) => ({
    pointer: pointerTo(key, category),
    benchmark: category,
    metric: 'centred_mean',
    ...versionOf(members),
    value,
  }));
}

function aggregates(members: JsonObject): DclmScore[] {
  return Object.entries(members).flatMap(([key, value]) => {
    const [, name, version] = VERSIONED.exec(key) ?? [];
    if (name !== undefined && version !== undefined) return [aggregate(key, name, { version }, value)];
    if (!AGGREGATE.test(key) || isAlias(members, key)) return [];
    return [aggregate(key, key, versionOf(members), value)];
  });
}

function aggregate(key: string, benchmark: string, version: { version?: string }, value: unknown): DclmScore {
  const centred = /^(Core|Extended)|centered/.test(key);
  return { pointer: pointerTo(key), benchmark, metric: centred ? 'centred_mean' : 'mean', ...version, value };
}

/** Whether a score repeats the one with the version of the record, as `Core` repeats `Core_v2`. */
function isAlias(members: JsonObject, key: string): boolean {
  const { version } = versionOf(members);
  const versioned = `${key}_${version}`;
  if (version === undefined || !Object.hasOwn(members, versioned)) return false;
  return valueIn(members, versioned) === valueIn(members, key);
}

function versionOf(members: JsonObject): { version?: string } {
  const version = textIn(members['eval_version'])?.slice(0, 256);
  return version === undefined ? {} : { version };
}
