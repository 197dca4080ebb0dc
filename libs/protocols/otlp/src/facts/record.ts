import { appendForms, bufferOver, replayRefusal, REQUEST_LIMITS, Turns } from '@tributary/capture';
import type { IngestEndpoint, RefusedPart, Replay, Replayed, StoredForm } from '@tributary/capture';
import { isConflict, withStored } from '@tributary/event-log';
import type { Receipt } from '@tributary/event-log';
import { appendAll, Fault, inTurns } from '@tributary/kernel';
import { MAX_POINT_NAME } from './gauge-events.ts';
import { classifySteps } from './known-steps.ts';
import { readPoints, readSpans, spansOfSteps } from './read-exports.ts';
import type { RefusedRequest } from './refused-request.ts';
import type { RunOfResource } from './run.ts';
import { stepEvents } from './step-events.ts';

/** The names under which dead letters of this protocol are kept. */
export const OTLP_TRACES = 'POST /v1/traces';
export const OTLP_METRICS = 'POST /v1/metrics';

export type Exported = {
  /** The number of items that concern no training run. */
  readonly ignored: number;
  /** The number of items of a run that were refused. */
  readonly rejected: number;
  /** Requests with those. */
  readonly refused: readonly RefusedPart[];
};

/**
 * Records steps, checkpoints, starts and ends of runs. Refuses a step that is recorded with other values. Exports of an
 * attempt take turns: each reads which steps are recorded after the one before it has recorded its own. Throws Fault
 * `not_decoded`, and, with the facts of the runs before, `tables_short` (retryable) where the tables cannot say which steps are
 * recorded and `busy` (retryable) where it has waited for its turns as long as a request may. An export whose client has left
 * meanwhile is recorded all the same: exporters give up early, and not all of them send again.
 */
export async function recordTraces(endpoint: IngestEndpoint, body: Buffer): Promise<Exported> {
  const { runs, ignored, contradicting } = await readSpans(endpoint, body);
  const turns = turnsOf(endpoint);
  const stored: Receipt[] = [];
  const contradicted: (RunOfResource & { readonly step: number })[] = [];
  let { requestTimeout: left } = endpoint.limits ?? REQUEST_LIMITS;
  for (const run of runs) {
    const { runId, attempt } = run;
    const asked = performance.now();
    const steps = await turns
      .take(
        JSON.stringify([runId, attempt]),
        async () => {
          left -= performance.now() - asked;
          const classified = await classifySteps(endpoint, run);
          const forms = await inTurns(stepEvents(run, classified.newSteps), 1, (event) => ({ event }));
          appendAll(stored, await append(endpoint, [...run.forms, ...forms]));
          return classified.contradicting;
        },
        { millis: Math.max(left, 0) },
      )
      .catch((fault: unknown) => {
        throw withStored(fault, stored);
      });
    for (const step of steps) contradicted.push({ runId, attempt, step });
  }
  const known = contradicted.length === 0 ? [] : await spansOfSteps(endpoint, body, contradicted);
  return { ignored, ...refusedParts([...contradicting, ...known], KNOWN_STEP) };
}

const refusedParts = (
  requests: readonly RefusedRequest[],
  reason: Pick<RefusedPart, 'code' | 'message' | 'pointer'>,
): Pick<Exported, 'rejected' | 'refused'> => ({
  rejected: requests.reduce((sum, { count }) => sum + count, 0),
  refused: requests.map(({ bytes }, index) => ({ index, bytes: bufferOver(bytes), ...reason })),
});

/** The turns of the exports into each log. */
const turnsOfLogs = new WeakMap<IngestEndpoint['log'], Turns>();

function turnsOf({ log, limits }: IngestEndpoint): Turns {
  const turns = turnsOfLogs.get(log) ?? new Turns(limits?.requestTimeout);
  turnsOfLogs.set(log, turns);
  return turns;
}

const KNOWN_STEP = {
  code: 'step_contradicted',
  message: 'the step is recorded already with other values; the first record stands',
  pointer: '/resourceSpans/0/scopeSpans/0/spans',
} as const;

/** Records gauges, counters and histograms of runs. Throws Fault `not_decoded`. */
export async function recordMetrics(endpoint: IngestEndpoint, body: Buffer): Promise<Exported> {
  const { forms, ignored, unnamed } = await readPoints(endpoint, body);
  await append(endpoint, forms);
  return { ignored, ...refusedParts(unnamed, UNNAMED) };
}

const UNNAMED = {
  code: 'invalid_name',
  message: `the name of a metric must have from 1 to ${MAX_POINT_NAME} characters`,
  pointer: '/resourceMetrics/0/scopeMetrics/0/metrics',
} as const;

const REFUSALS: ReadonlySet<string> = new Set([
  'not_decoded',
  'too_deep',
  'too_many_keys',
  'fact_invalid',
  'not_canonical',
  'record_too_large',
]);

/** Whether an error refuses the content of an export. Any other one is a failure of this server. */
export const isRefusal = (error: unknown): error is Fault =>
  error instanceof Fault && REFUSALS.has(error.code);

/** Ignores conflicts: the first content that was recorded under an id stays. Returns what is in the log of the events. */
async function append(endpoint: IngestEndpoint, forms: readonly StoredForm[]): Promise<readonly Receipt[]> {
  const distinct = new Map(forms.map((form) => [form.event.id, form]));
  if (distinct.size === 0) return [];
  const appended = await appendForms(endpoint, [...distinct.values()], { atomic: false });
  return appended.ok ? appended.receipts.filter((one): one is Receipt => !isConflict(one)) : [];
}

export const replayTraces: Replay = (endpoint, { bytes }) => replay(endpoint, bytes, recordTraces);
export const replayMetrics: Replay = (endpoint, { bytes }) => replay(endpoint, bytes, recordMetrics);

/** An export becomes any number of facts, so the position is the end of the log after them. */
async function replay(
  endpoint: IngestEndpoint,
  bytes: Buffer,
  record: typeof recordTraces,
): Promise<Replayed> {
  try {
    const [reason] = (await record(endpoint, bytes)).refused;
    return reason
      ? { ok: false, reason: replayRefusal(reason) }
      : { ok: true, position: endpoint.log.head() };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { ok: false, reason: { code: error.code, message: error.message, pointer: '' } };
  }
}
