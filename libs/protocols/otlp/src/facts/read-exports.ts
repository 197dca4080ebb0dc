import { bufferOver, packedForms, readLongBody, replying, unpackedForms } from '@tributary/capture';
import type { PackedForms, Readers, Reading, StoredForm } from '@tributary/capture';
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

/** Reads an export of spans, a long one in a thread where there are some. Throws Fault `not_decoded`, and those of facts. */
export async function readSpans(readers: Readers | undefined, body: Buffer): Promise<ExportedSpans> {
  const { runs, ignored, contradicting } = await readLongBody(readers, exportedSpans, of(body));
  return {
    ignored,
    contradicting,
    runs: runs.map(({ events, ...run }) => ({ ...run, forms: unpackedForms(events) })),
  };
}

/** As `readSpans`, for an export of metrics. */
export async function readPoints(readers: Readers | undefined, body: Buffer): Promise<ExportedPoints> {
  const { events, ignored, unnamed } = await readLongBody(readers, points, of(body));
  return { ignored, unnamed, forms: unpackedForms(events) };
}

/** Requests with each span that one of the steps was read from. */
export async function spansOfSteps(
  readers: Readers | undefined,
  body: Buffer,
  steps: readonly StepOfRun[],
): Promise<readonly RefusedRequest[]> {
  return readLongBody(readers, sources, { input: { body, steps }, bytes: body.length });
}

const of = (body: Buffer) => ({ input: body, bytes: body.length });

type StepOfRun = RunOfResource & { readonly step: number };

type PackedRun = Omit<ExportedRun, 'forms'> & { readonly events: PackedForms };
type PackedSpans = Pick<ExportedSpans, 'ignored' | 'contradicting'> & { readonly runs: readonly PackedRun[] };
type PackedPoints = Omit<ExportedPoints, 'forms'> & { readonly events: PackedForms };

const trainingIn = (body: Uint8Array) => trainingOf(decoded(bufferOver(body), spansOfBytes, spansOfJson));

/** Each of these three runs in a thread. */
export const packedSpans = replying((body: Uint8Array): PackedSpans => {
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

export const packedPoints = replying((body: Uint8Array): PackedPoints => {
  const { events, ignored, unnamed } = gaugeEvents(decoded(bufferOver(body), pointsOfBytes, pointsOfJson));
  return { ignored, unnamed: pointRequests(unnamed), events: packedForms(events) };
});

export const packedSources = replying(
  ({
    body,
    steps,
  }: {
    readonly body: Uint8Array;
    readonly steps: readonly StepOfRun[];
  }): RefusedRequest[] => {
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
