import { LongArray } from '@tributary/json';
import { rfc3339, valueIn } from '@tributary/kernel';
import type { FactCatalogue } from './generated/catalogue.ts';

type Observed = FactCatalogue['lineage.run.observed'];

/** Why a value is no OpenLineage event, with an RFC 6901 pointer into it. */
export type OpenLineageRefusal = { readonly pointer: string; readonly message: string };

/** The fact without the event itself, and the time of the event (RFC 3339 in UTC, at most microseconds). */
export type OpenLineageHead = Omit<Observed, 'event'> & { readonly time: string };

export type OpenLineageValidation =
  | { readonly ok: true; readonly head: OpenLineageHead }
  | { readonly ok: false; readonly refusal: OpenLineageRefusal };

type Refusal = OpenLineageRefusal | undefined;
type Members = Readonly<Record<string, unknown>>;

const EVENT_TYPES = ['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER'] as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A placeholder that tests of OpenLineage integrations leave in place of a value. */
const PLACEHOLDER = '${json-unit';

const MAX_MEMBERS = 10_000;
const MAX_TIME_LENGTH = 64;
const MAX_SUBJECT_LENGTH = 2_048;

/**
 * Validates the structure of a parsed event as OpenLineage 2-0-2 requires it. Ignores `schemaURL`. Of facets only
 * `_producer` and `_schemaURL` are checked. A null counts as absent. Refuses with a pointer and a message.
 */
export function validateOpenLineage(event: unknown): OpenLineageValidation {
  const steps = openLineageValidation(event);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same, one dataset after the other, so that the caller can let others have their turn. */
export function* openLineageValidation(event: unknown): Generator<undefined, OpenLineageValidation> {
  if (!isMembers(event)) return refuse('', 'is no JSON object');
  const kind = kindOf(event);
  if (kind === undefined) return refuse('', 'has neither run and job, nor job, nor dataset');
  const refusal = checkFrame(event) ?? (yield* checkParts(event, kind));
  if (refusal) return { ok: false, refusal };
  const eventTime = String(event['eventTime']);
  const time = utcOf(eventTime);
  if (time === undefined) return refuse('/eventTime', `${preview(eventTime)} is no RFC 3339 time`);
  const eventType = EVENT_TYPES.find((type) => type === event['eventType']);
  const state = kind === 'run' && eventType ? { eventType } : {};
  return { ok: true, head: { subject: subjectOf(event, kind), kind, ...state, eventTime, time } };
}

/** A run with a job makes a run event; of an event without a run, a job takes precedence over a dataset. */
function kindOf(event: Members): Observed['kind'] | undefined {
  if (isThere(event['run'])) return 'run';
  if (isThere(event['job'])) return 'job';
  return isThere(event['dataset']) ? 'dataset' : undefined;
}

function checkFrame(event: Members): Refusal {
  const count = Object.keys(event).length;
  if (count > MAX_MEMBERS) return { pointer: '', message: `has ${count} members; ${MAX_MEMBERS} are read` };
  return (
    text(event, 'eventTime') ??
    (String(event['eventTime']).length > MAX_TIME_LENGTH
      ? { pointer: '/eventTime', message: 'is no RFC 3339 time' }
      : undefined) ??
    text(event, 'producer') ??
    text(event, 'schemaURL')
  );
}

function* checkParts(event: Members, kind: Observed['kind']): Generator<undefined, Refusal> {
  if (kind === 'dataset') return checkNamed(event['dataset'], '/dataset', ['facets']);
  const run = kind === 'run' ? checkRun(event) : undefined;
  return (
    run ??
    checkNamed(event['job'], '/job', ['facets']) ??
    (yield* checkDatasets(event, 'inputs', 'inputFacets')) ??
    (yield* checkDatasets(event, 'outputs', 'outputFacets'))
  );
}

function checkRun(event: Members): Refusal {
  const { run, eventType } = event;
  if (!isMembers(run)) return { pointer: '/run', message: 'must be an object' };
  const id = text(run, 'runId', '/run');
  if (id) return id;
  if (!UUID.test(String(run['runId'])))
    return { pointer: '/run/runId', message: `${preview(run['runId'])} is no UUID` };
  if (isThere(eventType) && !EVENT_TYPES.some((type) => type === eventType))
    return {
      pointer: '/eventType',
      message: placeholder(eventType) ?? `${preview(eventType)} is none of ${EVENT_TYPES.join(', ')}`,
    };
  return checkFacets(run['facets'], '/run/facets');
}

function* checkDatasets(event: Members, member: string, facets: string): Generator<undefined, Refusal> {
  const datasets = valueIn(event, member);
  if (!isThere(datasets)) return undefined;
  if (!Array.isArray(datasets) && !(datasets instanceof LongArray))
    return { pointer: `/${member}`, message: 'must be an array' };
  let index = 0;
  for (const dataset of datasets) {
    const refusal = checkNamed(dataset, `/${member}/${index}`, ['facets', facets]);
    if (refusal) return refusal;
    index += 1;
    yield;
  }
  return undefined;
}

function checkNamed(value: unknown, pointer: string, facets: readonly string[]): Refusal {
  if (!isMembers(value)) return { pointer, message: 'must be an object' };
  const named = text(value, 'namespace', pointer) ?? text(value, 'name', pointer);
  if (named) return named;
  for (const member of facets) {
    const refusal = checkFacets(valueIn(value, member), `${pointer}/${member}`);
    if (refusal) return refusal;
  }
  return undefined;
}

function checkFacets(facets: unknown, pointer: string): Refusal {
  if (!isThere(facets)) return undefined;
  if (!isMembers(facets)) return { pointer, message: 'must be an object' };
  for (const [name, facet] of Object.entries(facets)) {
    const location = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!isThere(facet)) continue;
    if (!isMembers(facet)) return { pointer: location, message: 'must be an object' };
    const refusal = text(facet, '_producer', location) ?? text(facet, '_schemaURL', location);
    if (refusal) return refusal;
  }
  return undefined;
}

/** Checks that a member is a string and not a placeholder. */
function text(object: Members, member: string, at = ''): Refusal {
  const value = valueIn(object, member);
  const pointer = `${at}/${member}`;
  if (!isThere(value)) return { pointer, message: 'is missing' };
  if (typeof value !== 'string') return { pointer, message: 'must be a string' };
  const message = placeholder(value);
  return message === undefined ? undefined : { pointer, message };
}

const placeholder = (value: unknown): string | undefined =>
  typeof value === 'string' && value.includes(PLACEHOLDER)
    ? `holds the placeholder ${preview(value)}: this is what a test expects, not an event; put real values in its place`
    : undefined;

/** The run, job or dataset by which events are ordered. */
function subjectOf(event: Members, kind: Observed['kind']): string {
  const part = event[kind];
  if (!isMembers(part)) return kind;
  const name =
    kind === 'run'
      ? String(part['runId']).toLowerCase()
      : `${String(part['namespace'])}/${String(part['name'])}`;
  return `${kind}:${name}`.slice(0, MAX_SUBJECT_LENGTH).toWellFormed();
}

const TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(?:[.,](\d+))?([Zz]|[+-]\d\d:?\d\d)?$/;

/**
 * A time in UTC, truncated to microseconds. A time without an offset is read as UTC, because the examples of OpenLineage
 * have none. A leap second is read as the second after it.
 */
function utcOf(text: string): string | undefined {
  const [, date = '', minute = '', second = '', fraction = '', offset = 'Z'] = TIME.exec(text) ?? [];
  const isLeap = second === '60';
  const start = `${date}T${minute}:${isLeap ? '59' : second}`;
  const zone = offset.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const seconds = Date.parse(`${start}${zone}`);
  if (Number.isNaN(seconds) || !isCalendarDay(date)) return undefined;
  const micros = Number(fraction.slice(0, 6).padEnd(6, '0'));
  return rfc3339((seconds + (isLeap ? 1_000 : 0)) * 1_000 + micros);
}

/** Date.parse takes the 31st of February for a day in March. */
const isCalendarDay = (date: string): boolean => {
  const day = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(date);
};

const refuse = (pointer: string, message: string): OpenLineageValidation => ({
  ok: false,
  refusal: { pointer, message },
});

const isThere = (value: unknown): boolean => value !== undefined && value !== null;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LongArray);

const preview = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80);
