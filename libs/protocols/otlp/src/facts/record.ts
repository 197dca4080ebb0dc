import { appendFacts, replayRefusal } from '@tributary/capture';
import type { IngestEndpoint, RefusedPart, Replay, Replayed } from '@tributary/capture';
import { isConflict, withStored } from '@tributary/event-log';
import type { NewEvent, Receipt } from '@tributary/event-log';
import { appendAll, Fault } from '@tributary/kernel';
import { pointsOfBytes, pointsOfJson } from '../decoding/points.ts';
import { spansOfBytes, spansOfJson } from '../decoding/spans.ts';
import { gaugeEvents, MAX_POINT_NAME } from './gauge-events.ts';
import { pointRequest, spanRequest } from './refused-request.ts';
import { stepEvents } from './step-events.ts';
import { classifySteps } from './known-steps.ts';
import { trainingOf } from './training-spans.ts';
import { Turns } from './turns.ts';

/** The names under which dead letters of this protocol are kept. */
export const OTLP_TRACES = 'POST /v1/traces';
export const OTLP_METRICS = 'POST /v1/metrics';

/** The number of items that concern no training run, and the items of a run that were refused. */
export type Exported = { readonly ignored: number; readonly refused: readonly RefusedPart[] };

/**
 * Records steps, checkpoints, starts and ends of runs. Refuses a step that is recorded with other values. Exports of an
 * attempt take turns: each reads which steps are recorded after the one before it has recorded its own. Throws Fault
 * `not_decoded`, and `tables_short` (retryable) where the tables cannot say which steps are recorded, with the facts of the
 * runs before.
 */
export async function recordTraces(endpoint: IngestEndpoint, body: Buffer): Promise<Exported> {
  const { runs, ignored, contradicting } = trainingOf(decoded(body, spansOfBytes, spansOfJson));
  const refused = [...contradicting];
  const turns = turnsOf(endpoint);
  const stored: Receipt[] = [];
  for (const run of runs) {
    const contradicted = await turns
      .take(JSON.stringify([run.runId, run.attempt]), async () => {
        const { newSteps, contradicting: steps } = await classifySteps(endpoint, run);
        appendAll(stored, await append(endpoint, [...run.events, ...stepEvents(run, newSteps)]));
        return steps;
      })
      .catch((fault: unknown) => {
        throw withStored(fault, stored);
      });
    appendAll(
      refused,
      contradicted.flatMap((step) => run.sourceSpans.get(step) ?? []),
    );
  }
  return {
    ignored,
    refused: refused.map((span, index) => ({ index, bytes: spanRequest(span), ...KNOWN_STEP })),
  };
}

/** The turns of the exports into each log. */
const turnsOfLogs = new WeakMap<IngestEndpoint['log'], Turns>();

function turnsOf({ log }: IngestEndpoint): Turns {
  const turns = turnsOfLogs.get(log) ?? new Turns();
  turnsOfLogs.set(log, turns);
  return turns;
}

const KNOWN_STEP = {
  code: 'step_contradicted',
  message: 'the step is recorded already with other values; the first record stands',
  pointer: '/resourceSpans/0/scopeSpans/0/spans/0/attributes',
} as const;

/** Records gauges, counters and histograms of runs. Throws Fault `not_decoded`. */
export async function recordMetrics(endpoint: IngestEndpoint, body: Buffer): Promise<Exported> {
  const { events, ignored, unnamed } = gaugeEvents(decoded(body, pointsOfBytes, pointsOfJson));
  await append(endpoint, events);
  return {
    ignored,
    refused: unnamed.map((point, index) => ({ index, bytes: pointRequest(point), ...UNNAMED })),
  };
}

const UNNAMED = {
  code: 'invalid_name',
  message: `the name of a metric must have from 1 to ${MAX_POINT_NAME} characters`,
  pointer: '/resourceMetrics/0/scopeMetrics/0/metrics/0/name',
} as const;

/** Decodes JSON, which begins with a brace, or protobuf, which never does. Throws Fault `not_decoded`. */
export function decoded<Content>(
  body: Buffer,
  ofBytes: (bytes: Uint8Array) => Content,
  ofJson: (body: unknown) => Content,
): Content {
  try {
    return body[0] === BRACE ? ofJson(JSON.parse(body.toString('utf8'))) : ofBytes(body);
  } catch (cause) {
    throw new Fault('not_decoded', 'the body is no OTLP request', { cause });
  }
}

const BRACE = 0x7b;

const REFUSALS: ReadonlySet<string> = new Set([
  'not_decoded',
  'fact_invalid',
  'not_canonical',
  'record_too_large',
]);

/** Whether an error refuses the content of an export. Any other one is a failure of this server. */
export const isRefusal = (error: unknown): error is Fault =>
  error instanceof Fault && REFUSALS.has(error.code);

/** Ignores conflicts: the first content that was recorded under an id stays. Returns what is in the log of the events. */
async function append(endpoint: IngestEndpoint, events: readonly NewEvent[]): Promise<readonly Receipt[]> {
  const distinct = new Map(events.map((event) => [event.id, event]));
  if (distinct.size === 0) return [];
  const appended = await appendFacts(endpoint, [...distinct.values()], { atomic: false });
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
