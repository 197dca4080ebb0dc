import {
  appendFacts,
  gaugeEvents,
  MAX_POINT_NAME,
  pointRequest,
  pointsOfBytes,
  pointsOfJson,
  spanRequest,
  spansOfBytes,
  spansOfJson,
  stepEvents,
  trainingOf,
} from '@tributary/capture';
import type { NewEvent } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { ParkedPiece } from '../dead-letters.ts';
import type { Door } from '../door.ts';
import { siftSteps } from './steps.ts';

/** What came of an export: what it holds of no training run, and what of one was refused. */
export type Exported = { readonly ignored: number; readonly refused: readonly ParkedPiece[] };

/** Steps, checkpoints, starts and ends of runs. A step that is known with other values is refused: the first record stands. */
export async function recordTraces(door: Door, body: Buffer): Promise<Exported> {
  const { runs, ignored, contradicting } = trainingOf(decoded(body, spansOfBytes, spansOfJson));
  const refused = [...contradicting];
  for (const run of runs) {
    const sifted = await siftSteps(door, run);
    refused.push(...sifted.contradicting.flatMap((step) => run.told.get(step) ?? []));
    await append(door, [...run.events, ...stepEvents(run, sifted.fresh)]);
  }
  return {
    ignored,
    refused: refused.map((span, index) => ({ index, bytes: spanRequest(span), ...KNOWN_STEP })),
  };
}

const KNOWN_STEP = {
  code: 'step_contradicted',
  message: 'the step is recorded already with other values; the first record stands',
  pointer: '/resourceSpans/0/scopeSpans/0/spans/0/attributes',
} as const;

/** Gauges, counters and histograms of runs. */
export async function recordMetrics(door: Door, body: Buffer): Promise<Exported> {
  const { events, ignored, unnamed } = gaugeEvents(decoded(body, pointsOfBytes, pointsOfJson));
  await append(door, events);
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

/** JSON begins with a brace and protobuf never does. Throws `not_decoded` for what is neither. */
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

/** What is known already under the same id, whatever it says, is left as it was first told. */
async function append(door: Door, events: readonly NewEvent[]): Promise<void> {
  const distinct = new Map(events.map((event) => [event.id, event]));
  if (distinct.size > 0) await appendFacts(door, [...distinct.values()], { atomic: false });
}
