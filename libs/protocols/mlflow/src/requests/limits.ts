import { isJsonObject } from '@tributary/json';
import { invalid } from '../errors.ts';
import { float, integer, objects, optionalString, requiredString } from './fields.ts';
import type { RequestFields } from './fields.ts';

/** The limits of MLflow's own server, as its client 3.17 states them. Lengths are in UTF-16 code units. */
export const LIMITS = {
  batchBytes: 1_000_000,
  metrics: 1000,
  params: 100,
  tags: 100,
  batch: 1000,
  key: 250,
  param: 6000,
  tag: 8000,
  projectName: 500,
  projectTag: 20_000,
  datasets: 1000,
  dataset: {
    name: 500,
    digest: 36,
    source_type: 500,
    source: 65_535,
    schema: 1_048_575,
    profile: 16_777_215,
  },
  inputTagKey: 255,
  inputTag: 500,
} as const;

export type Pair = { readonly key: string; readonly value: string };
export type Point = {
  readonly key: string;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly step: number;
  readonly modelId?: string;
  readonly datasetName?: string;
  readonly datasetDigest?: string;
};

/** Throws MlflowFault where a text is longer than `length`. */
function atMost(name: string, text: string, length: number): string {
  if (text.length <= length) return text;
  throw invalid(`${name} is ${text.length} characters long; at most ${length} are allowed`);
}

/** The first `length` characters; half of a surrogate pair, which has no UTF-8 form, is replaced. */
export const truncated = (text: string, length: number): string => text.slice(0, length).toWellFormed();

/** A key that is a relative path: no `..`, no leading and no double slash. */
function keyOf(kind: string, key: string): string {
  atMost(`${kind} key`, key, LIMITS.key);
  const normal =
    key !== '' && !key.startsWith('/') && key.split('/').every((part) => !['', '.', '..'].includes(part));
  if (normal && /^[/\p{L}\p{N}_.\- :]*$/u.test(key)) return key;
  throw invalid(
    `${kind} key ${JSON.stringify(key)} must be a relative path of letters, digits, underscores, dashes, periods, colons, spaces and slashes`,
  );
}

export const paramOf = (body: RequestFields): Pair => ({
  key: keyOf('param', requiredString(body, 'key')),
  value: atMost('param value', optionalString(body, 'value') ?? '', LIMITS.param),
});

export const tagOf = (body: RequestFields): Pair => ({
  key: keyOf('tag', requiredString(body, 'key')),
  value: atMost('tag value', optionalString(body, 'value') ?? '', LIMITS.tag),
});

export const projectTagOf = (body: RequestFields): Pair => ({
  key: keyOf('tag', requiredString(body, 'key')),
  value: atMost('tag value', optionalString(body, 'value') ?? '', LIMITS.projectTag),
});

/** The last time in milliseconds that is exact in microseconds. */
const LATEST = Math.floor(Number.MAX_SAFE_INTEGER / 1000);

export function timestampOf(body: RequestFields, name: string): number {
  const millis = integer(body, name);
  if (millis >= 0 && millis <= LATEST) return millis;
  throw invalid(`${name} must be between 0 and ${LATEST} milliseconds since 1970`);
}

export function pointOf(body: RequestFields): Point {
  const modelId = optionalString(body, 'model_id');
  const datasetName = optionalString(body, 'dataset_name');
  const datasetDigest = optionalString(body, 'dataset_digest');
  return {
    key: keyOf('metric', requiredString(body, 'key')),
    value: float(body, 'value'),
    timestamp: timestampOf(body, 'timestamp'),
    step: integer(body, 'step', 0),
    ...(modelId ? { modelId } : {}),
    ...(datasetName ? { datasetName } : {}),
    ...(datasetDigest ? { datasetDigest } : {}),
  };
}

export type LoggedBatch = {
  readonly points: readonly Point[];
  readonly params: readonly Pair[];
  readonly tags: readonly Pair[];
};

/** A log-batch request. `bytes` is its length on the wire. Throws MlflowFault for one beyond the limits. */
export function batchOf(body: RequestFields, bytes: number): LoggedBatch {
  if (bytes > LIMITS.batchBytes)
    throw invalid(`a batch holds at most ${LIMITS.batchBytes} bytes, this one has ${bytes}; send several`);
  const [metrics, params, tags] = [objects(body, 'metrics'), objects(body, 'params'), objects(body, 'tags')];
  requireAtMost('metrics', metrics.length, LIMITS.metrics);
  requireAtMost('params', params.length, LIMITS.params);
  requireAtMost('tags', tags.length, LIMITS.tags);
  requireAtMost('metrics, params and tags', metrics.length + params.length + tags.length, LIMITS.batch);
  return {
    points: metrics.map(pointOf),
    params: distinct(params.map(paramOf)),
    tags: newest(tags.map(tagOf)),
  };
}

export function requireAtMost(what: string, count: number, limit: number): void {
  if (count > limit)
    throw invalid(`a request holds at most ${limit} ${what}, this one has ${count}; send several`);
}

function distinct(params: readonly Pair[]): Pair[] {
  const values = new Map<string, string>();
  for (const { key, value } of params) {
    const known = values.get(key);
    if (known !== undefined && known !== value)
      throw invalid(`the request gives param ${JSON.stringify(key)} two values, but a param is written once`);
    values.set(key, value);
  }
  return [...values].map(([key, value]) => ({ key, value }));
}

/** One pair for each key, with its last value. */
export const newest = (pairs: readonly Pair[]): Pair[] =>
  [...new Map(pairs.map(({ key, value }) => [key, value]))].map(([key, value]) => ({ key, value }));

export type DeclaredInput = {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string;
  readonly profile?: string;
  readonly tags: Readonly<Record<string, string>>;
};

export function inputOf(body: RequestFields): DeclaredInput {
  const dataset = isJsonObject(body['dataset']) ? body['dataset'] : {};
  const field = (name: keyof typeof LIMITS.dataset): string =>
    atMost(`dataset ${name}`, optionalString(dataset, name) ?? '', LIMITS.dataset[name]);
  const [schema, profile] = [field('schema'), field('profile')];
  const tags = objects(body, 'tags').map((tag) => [
    atMost('input tag key', requiredString(tag, 'key'), LIMITS.inputTagKey),
    atMost('input tag value', optionalString(tag, 'value') ?? '', LIMITS.inputTag),
  ]);
  requiredString(dataset, 'name');
  return {
    name: field('name'),
    digest: field('digest'),
    sourceType: field('source_type'),
    source: field('source'),
    ...(schema === '' ? {} : { schema }),
    ...(profile === '' ? {} : { profile }),
    tags: Object.fromEntries(tags),
  };
}
