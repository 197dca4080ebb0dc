import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { AT_ONCE } from './limits-at-once.fixture.ts';
import type { Refusal } from './limits-at-once.fixture.ts';

/** One request: what exceeds a limit by one, or just keeps it. */
export type Sent = {
  readonly method?: 'PUT' | 'POST' | undefined;
  readonly path: string;
  readonly type: string;
  readonly body: string | Buffer;
  readonly isGzip?: boolean;
};

/** A limit as `docs/guides/limits.md` lists it. */
export type LimitRow = {
  readonly limit: string;
  /** The status and the code of a refusal that names it. */
  readonly status: number;
  readonly code: string;
  /** Whether the same request may be sent again. */
  readonly retry: boolean;
  /** A small value, and the requests that keep it and exceed it by one; a file of a run is addressed below `artifacts`. */
  readonly tried:
    | {
        readonly value: number;
        readonly within: (artifacts: string) => Sent;
        readonly beyond: (artifacts: string) => Sent;
      }
    /** A small value, with others that it needs, and how it is met on a server that has it. */
    | {
        readonly value: number;
        readonly env?: Readonly<Record<string, string>>;
        readonly met: (url: string) => Promise<Refusal>;
      }
    /** The test that meets it, where that needs work of the engine or of estimators. */
    | { readonly file: string; readonly title: string };
};

let sent = 0;

const NDJSON = 'application/x-ndjson';
const lineOf = (event: object): string => `${JSON.stringify(event)}\n`;

const factOf = (data: object, type = 'corpus.step.completed') => ({
  specversion: '1.0',
  id: `limit-${(sent += 1)}`,
  source: 'urn:test:limits',
  type,
  data,
});

const stepOf = (config: object) =>
  factOf({
    pipelineId: 'p',
    stepId: `s${sent}`,
    index: 1,
    name: 'n',
    kind: 'filter',
    inputs: ['a@1'],
    outputs: ['b@1'],
    config,
  });

const posted = (body: string | Buffer, more: Partial<Sent> = {}): Sent => ({
  path: '/v1/events',
  type: NDJSON,
  body,
  ...more,
});

/** A fact in a body of so many bytes, padded with white space. */
function padded(bytes: number, text: string): string {
  if (text.length > bytes) throw new Error(`the fact has ${text.length} bytes of ${bytes}`);
  return `{${' '.repeat(bytes - text.length)}${text.slice(1)}`;
}

/** A body of so many bytes: lines that are empty are none. */
function lined(bytes: number): string {
  const line = lineOf(stepOf({}));
  return line.padEnd(bytes, '\n');
}

/** Gzip of so many bytes: the comment of its header pads it (RFC 1952, FCOMMENT). */
function packed(body: string, bytes?: number): Buffer {
  const gzip = gzipSync(body);
  const missing = (bytes ?? gzip.length) - gzip.length;
  if (missing === 0) return gzip;
  if (missing < 2) throw new Error(`the gzip has ${gzip.length} bytes of ${bytes}`);
  const header = Buffer.from(gzip.subarray(0, 10));
  header[3] = 0x10;
  return Buffer.concat([header, Buffer.alloc(missing - 1, 'x'), Buffer.alloc(1), gzip.subarray(10)]);
}

const zipped = (body: Buffer): Sent => posted(body, { isGzip: true });

const lineageEvent = (): string =>
  JSON.stringify({
    eventTime: '2026-11-24T10:00:00Z',
    producer: 'https://example.com/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/JobEvent',
    job: { namespace: 'limits', name: `job-${(sent += 1)}` },
  });
const lineage = (body: string | Buffer, isGzip = false): Sent => ({
  path: '/api/v1/lineage',
  type: 'application/json',
  body,
  isGzip,
});

const telemetryOf = (bytes: number): string =>
  padded(
    bytes,
    JSON.stringify(
      factOf(
        { runId: `r${sent}`, attempt: 1, steps: [1], columns: { loss: [1] } },
        'training.steps.recorded',
      ),
    ),
  );

/** Objects in each other: the event, its data and its config are the first three levels. */
const deep = (levels: number): object => (levels === 3 ? {} : { a: deep(levels - 1) });
/** Arrays in each other. */
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
const keyed = (keys: number): object =>
  Object.fromEntries(Array.from({ length: keys }, (_, at) => [`k${at}`, at]));

const question = (query: string): Sent => ({
  path: '/graphql',
  type: 'application/json',
  body: JSON.stringify({ query }),
});
const many = (count: number, of: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => of(at)).join(' ');

const file = (artifacts: string, bytes: number): Sent => ({
  method: 'PUT',
  path: `${artifacts}/f${bytes}.bin`,
  type: 'application/octet-stream',
  body: Buffer.alloc(bytes),
});

function blob(bytes: number): Sent {
  const body = Buffer.alloc(bytes);
  const path = `/v1/blobs/${createHash('sha256').update(body).digest('hex')}`;
  return { method: 'PUT', path, type: 'application/octet-stream', body };
}

type Countable = {
  readonly status: number;
  readonly code: string;
  readonly value: number;
  readonly of: (count: number, artifacts: string) => Sent;
};

const countable = (limit: string, { value, of, ...refusal }: Countable): LimitRow => ({
  limit,
  ...refusal,
  retry: false,
  tried: {
    value,
    within: (artifacts) => of(value, artifacts),
    beyond: (artifacts) => of(value + 1, artifacts),
  },
});

const TOO_LARGE = { status: 413, code: 'body_too_large' };
const REFUSED = { status: 422, code: 'events_refused' };
const QUESTION = { status: 400, code: 'question_too_large' };

const RATIO = 20;
/** 320 bytes of gzip, and what they inflate to. */
const inflating = (bytes: number): Sent => zipped(packed(lined(bytes), 320));

const CONTENTS: readonly LimitRow[] = [
  countable('wireBytes', { ...TOO_LARGE, value: 9_000, of: (bytes) => posted(lined(bytes)) }),
  countable('bodyBytes', {
    ...TOO_LARGE,
    value: 10_000,
    of: (bytes) => zipped(packed(lined(bytes), 2_000)),
  }),
  countable('inflationRatio', {
    status: 413,
    code: 'body_inflates_too_much',
    value: RATIO,
    of: (ratio) => inflating(ratio === RATIO ? 320 * RATIO : 320 * RATIO + 1),
  }),
  countable('lineageWireBytes', {
    ...TOO_LARGE,
    value: 3_000,
    of: (bytes) => lineage(packed(lineageEvent(), bytes), true),
  }),
  countable('lineageBodyBytes', {
    ...TOO_LARGE,
    value: 12_000,
    of: (bytes) => lineage(padded(bytes, lineageEvent())),
  }),
  countable('blobBytes', { ...TOO_LARGE, value: 500, of: (bytes) => blob(bytes) }),
  countable('batchEvents', {
    status: 413,
    code: 'too_many_events',
    value: 3,
    of: (count) => posted(many(count, () => lineOf(stepOf({}))).replaceAll('\n ', '\n')),
  }),
  countable('eventBytes', {
    ...REFUSED,
    value: 7_000,
    of: (bytes) => posted(padded(bytes, JSON.stringify(stepOf({})))),
  }),
  countable('telemetryBytes', { ...REFUSED, value: 3_000, of: (bytes) => posted(telemetryOf(bytes)) }),
  countable('eventDepth', { ...REFUSED, value: 6, of: (levels) => posted(lineOf(stepOf(deep(levels)))) }),
  countable('eventKeys', { ...REFUSED, value: 30, of: (keys) => posted(lineOf(stepOf(keyed(keys)))) }),
  countable('jsonDepth', {
    status: 422,
    code: 'too_deep',
    value: 16,
    of: (levels) => ({
      ...question('{ __typename }'),
      body: JSON.stringify({ query: '{ __typename }', variables: { a: nested(levels - 2) } }),
    }),
  }),
  countable('filterConditions', {
    status: 400,
    code: 'INVALID_PARAMETER_VALUE',
    value: 4,
    of: (count) => ({
      path: '/api/2.0/mlflow/runs/search',
      type: 'application/json',
      body: JSON.stringify({ filter: Array.from({ length: count }, () => 'metrics.a > 1').join(' AND ') }),
    }),
  }),
  countable('artifactBytes', {
    status: 400,
    code: 'INVALID_PARAMETER_VALUE',
    value: 1_000,
    of: (bytes, artifacts) => file(artifacts, bytes),
  }),
];

const QUESTIONS: readonly LimitRow[] = [
  countable('tokens', {
    ...QUESTION,
    value: 50,
    of: (tokens) => question(`{ status { ${many(tokens - 5, () => 'lag')} } }`),
  }),
  countable('depth', {
    ...QUESTION,
    value: 4,
    of: (levels) =>
      question(
        levels === 4
          ? '{ __schema { types { fields { name } } } }'
          : '{ __schema { types { fields { type { name } } } } }',
      ),
  }),
  countable('rootFields', {
    ...QUESTION,
    value: 4,
    of: (count) => question(`{ ${many(count, () => 'status { lag }')} }`),
  }),
  countable('aliases', {
    ...QUESTION,
    value: 3,
    of: (count) => question(`{ ${many(count, (at) => `a${at}: __typename`)} }`),
  }),
  countable('directives', {
    ...QUESTION,
    value: 2,
    of: (count) => question(`{ ${many(count, () => '__typename @include(if: true)')} }`),
  }),
];

type Elsewhere = Omit<LimitRow, 'retry' | 'tried'> & { readonly file: string; readonly title: string };

const elsewhere = ({ file, title, ...row }: Elsewhere): LimitRow => ({
  ...row,
  retry: row.status !== 422 && row.status !== 400,
  tried: { file, title },
});

const OVERLOADED = { status: 503, file: 'libs/adapters/clickhouse/src/chdb/busy.int.spec.ts' };
const ESTIMATES = 'libs/server/attribution-jobs/src/estimators/pool.int.spec.ts';

/** Every limit that a refusal may name. */
export const LIMITS: readonly LimitRow[] = [
  ...CONTENTS,
  ...QUESTIONS,
  ...AT_ONCE,
  elsewhere({
    limit: 'readerHeap',
    status: 503,
    code: 'reader_failed',
    file: 'libs/server/intake/src/readers.int.spec.ts',
    title: 'that %s is replaced, and its request may be sent again',
  }),
  elsewhere({
    limit: 'questions',
    status: 503,
    code: 'busy',
    file: 'libs/server/http/src/question-requests.int.spec.ts',
    title: 'refuses what comes while as many are answered as may be, and takes the next one when one is done',
  }),
  elsewhere({
    limit: 'questionTimeout',
    status: 503,
    code: 'question_overdue',
    file: 'services/standalone/src/questions.e2e.spec.ts',
    title: 'ends a question at its deadline, with its estimates',
  }),
  elsewhere({
    limit: 'attributionsWaiting',
    status: 503,
    code: 'busy',
    file: 'libs/server/attribution-jobs/src/bounded-attributor.spec.ts',
    title: 'works on as many questions as it may, lets some wait, and refuses the others with what to do',
  }),
  elsewhere({
    limit: 'queriesWaiting',
    ...OVERLOADED,
    code: 'engine_busy',
    title: 'refuses a query at once where as many wait as may, with the limit',
  }),
  elsewhere({
    limit: 'queryTimeout',
    ...OVERLOADED,
    code: 'query_overdue',
    title: 'lets no query wait beyond its limit for a session, and answers the next ones when one is free',
  }),
  elsewhere({
    limit: 'queryBytes',
    status: 422,
    code: 'query_memory',
    file: 'libs/adapters/clickhouse/src/chdb/query-memory.int.spec.ts',
    title: 'refuses a query that needs more than its share, with what to do, and answers the next one',
  }),
  elsewhere({
    limit: 'estimateTimeout',
    status: 503,
    code: 'estimate_overdue',
    file: ESTIMATES,
    title: 'is given up after its time, and its worker is replaced',
  }),
  elsewhere({
    limit: 'estimateHeap',
    status: 422,
    code: 'estimate_memory',
    file: ESTIMATES,
    title: 'is refused with what to do, and its worker is replaced',
  }),
];
