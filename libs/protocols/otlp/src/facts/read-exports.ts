import {
  beyondJsonLimits,
  bufferOver,
  packedForms,
  readLongBody,
  replying,
  REQUEST_LIMITS,
  unpackedForms,
} from '@tributary/capture';
import type { IngestEndpoint, JsonLimits, PackedForms, Reading, StoredForm } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import { pointsOfBytes, pointsOfJson } from '../decoding/points.ts';
import { spansOfBytes, spansOfJson } from '../decoding/spans.ts';
import { gaugeEvents } from './gauge-events.ts';
import { pointRequests, spanRequests } from './refused-request.ts';
import type { RefusedRequest } from './refused-request.ts';
import type { RunOfResource } from './run.ts';
import { trainingOf } from './training-spans.ts';
import type { StepValues } from './training-spans.ts';

/** What an export of spans says about one attempt of a run. */
export type ExportedRun = RunOfResource & {
  /** The start, the checkpoints and the end. */
  readonly forms: readonly StoredForm[];
  readonly steps: ReadonlyMap<number, StepValues>;
};

type ExportedSpans = {
  readonly runs: readonly ExportedRun[];
  /** Spans that concern no training run. */
  readonly ignored: number;
  /** Requests with each span that contradicts another one of the export. */
  readonly contradicting: readonly RefusedRequest[];
};

type ExportedPoints = {
  readonly forms: readonly StoredForm[];
  /** Points of a resource that names no run. */
  readonly ignored: number;
  /** Requests with each point of a run that has no name, or one that is too long. */
  readonly unnamed: readonly RefusedRequest[];
};

/** Where exports are read, and what their JSON may be. */
type Reader = Pick<IngestEndpoint, 'readers' | 'limits'>;

/**
 * Reads an export of spans, a long one in a thread where there are some. Throws Fault `not_decoded`, `too_deep` or
 * `too_many_keys`, and those of facts.
 */
export async function readSpans(by: Reader, body: Buffer): Promise<ExportedSpans> {
  const { runs, ignored, contradicting } = await readLongBody(by.readers, exportedSpans, exported(by, body));
  return {
    ignored,
    contradicting,
    runs: runs.map(({ events, ...run }) => ({ ...run, forms: unpackedForms(events) })),
  };
}

/** As `readSpans`, for an export of metrics. */
export async function readPoints(by: Reader, body: Buffer): Promise<ExportedPoints> {
  const { events, ignored, unnamed } = await readLongBody(by.readers, points, exported(by, body));
  return { ignored, unnamed, forms: unpackedForms(events) };
}

/** Requests with each span that one of the steps was read from. */
export async function spansOfSteps(
  by: Reader,
  body: Buffer,
  steps: readonly StepOfRun[],
): Promise<readonly RefusedRequest[]> {
  return readLongBody(by.readers, sources, { input: { body, steps }, bytes: body.length });
}

/** Without limits, bytes that were read before within theirs. */
type Export = { readonly body: Uint8Array; readonly limits?: JsonLimits | undefined };

function exported({ limits = REQUEST_LIMITS }: Reader, body: Buffer) {
  const { eventKeys, jsonDepth } = limits;
  return { input: { body, limits: { eventKeys, jsonDepth } }, bytes: body.length };
}

type StepOfRun = RunOfResource & { readonly step: number };

type PackedRun = Omit<ExportedRun, 'forms'> & { readonly events: PackedForms };
type PackedSpans = Pick<ExportedSpans, 'ignored' | 'contradicting'> & { readonly runs: readonly PackedRun[] };
type PackedPoints = Omit<ExportedPoints, 'forms'> & { readonly events: PackedForms };

const trainingIn = ({ body, limits }: Export) =>
  trainingOf(decoded(bufferOver(body), { ofBytes: spansOfBytes, ofJson: spansOfJson, limits }));

/** Each of these three runs in a thread. */
export const packedSpans = replying((body: Export): PackedSpans => {
  const { runs, ignored, contradicting } = trainingIn(body);
  return {
    ignored,
    contradicting: spanRequests(contradicting),
    runs: runs.map(({ runId, attempt, events, steps }) => ({
      runId,
      attempt,
      steps,
      events: packedForms(events),
    })),
  };
});

export const packedPoints = replying(({ body, limits }: Export): PackedPoints => {
  const { events, ignored, unnamed } = gaugeEvents(
    decoded(bufferOver(body), { ofBytes: pointsOfBytes, ofJson: pointsOfJson, limits }),
  );
  return { ignored, unnamed: pointRequests(unnamed), events: packedForms(events) };
});

export const packedSources = replying(
  ({ steps, ...body }: Export & { readonly steps: readonly StepOfRun[] }): RefusedRequest[] => {
    const { runs } = trainingIn(body);
    const spans = new Map(runs.map((run) => [JSON.stringify([run.runId, run.attempt]), run.sourceSpans]));
    return spanRequests(
      steps.flatMap(
        ({ runId, attempt, step }) => spans.get(JSON.stringify([runId, attempt]))?.get(step) ?? [],
      ),
    );
  },
);

const readingOf = <Input, Output>(
  name: string,
  read: Reading<Input, Output>['read'],
): Reading<Input, Output> => ({ module: import.meta.url, name, read });

const exportedSpans = readingOf('packedSpans', packedSpans);
const points = readingOf('packedPoints', packedPoints);
const sources = readingOf('packedSources', packedSources);

type Decoding<Content> = {
  readonly ofBytes: (bytes: Uint8Array) => Content;
  readonly ofJson: (body: unknown) => Content;
  readonly limits?: JsonLimits | undefined;
};

/**
 * Decodes JSON, which begins with a brace, or protobuf, which never does. Throws Fault `not_decoded`, and `too_deep` or
 * `too_many_keys` for JSON beyond its limits, where those are given. Protobuf nests as deep as its messages are defined.
 */
export function decoded<Content>(body: Buffer, { ofBytes, ofJson, limits }: Decoding<Content>): Content {
  const isJson = body[0] === BRACE;
  const refusal = isJson && limits ? beyondJsonLimits(body, limits) : undefined;
  if (refusal) throw refusal;
  try {
    return isJson ? ofJson(JSON.parse(body.toString('utf8'))) : ofBytes(body);
  } catch (cause) {
    throw new Fault('not_decoded', 'the body is no OTLP request', { cause });
  }
}

const BRACE = 0x7b;
