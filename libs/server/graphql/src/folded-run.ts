import { referencedDigest, resolveData } from '@tributary/blobs';
import { streamOf } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import { foldEvents, observedOf } from '@tributary/lineage';
import type { FoldedDataset, FoldedEvents, Observed } from '@tributary/lineage';
import { lazyJson } from '@tributary/json';
import { isCovered, parseEventPosition } from '@tributary/kernel';
import type { LogPosition } from '@tributary/kernel';
import { evidenceOf } from './freshness.ts';
import type { Runtime } from './runtime.ts';

/** Inputs and outputs that an answer lists; it says how many there are. */
const MAX_LISTED = 1_000;

/** An OpenLineage run as its events up to a position say together; undefined where there are none. */
export async function foldedRun(runtime: Runtime, runId: string, asOf: LogPosition) {
  const stream = streamOf('lineage.run.observed', { subject: `run:${runId.toLowerCase()}` });
  const recorded = (await runtime.log.readStream(stream)).filter(({ position }) =>
    isCovered(parseEventPosition(position), asOf),
  );
  const observed: Observed[] = [];
  for (const event of recorded) observed.push(...(await observedIn(runtime, event)));
  const folded = foldEvents(observed, MAX_LISTED);
  return folded
    ? {
        ...answerOf(folded),
        evidence: evidenceOf(recorded.map(({ position }) => parseEventPosition(position))),
      }
    : undefined;
}

async function observedIn({ blobs }: Runtime, { bytes }: RecordedEvent): Promise<Observed[]> {
  const envelope: Record<string, unknown> = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const sha256 = referencedDigest(envelope);
  const content = sha256 === undefined ? undefined : await blobs.read(sha256);
  const whole: unknown = content
    ? { ...envelope, data: lazyJson(content) }
    : await resolveData(envelope, blobs);
  const { data, id } = Object(whole);
  const event = observedOf(Object(data).event, String(id));
  return event ? [event] : [];
}

function answerOf(folded: FoldedEvents) {
  const { runId, job, state, startedAt, endedAt, lastSeenAt, events, facets, inputs, outputs, ...rest } =
    folded;
  return {
    id: runId,
    job: job ? { ...job, facets: JSON.stringify(job.facets) } : null,
    state: state === undefined ? null : String(state),
    startedAt: startedAt ?? null,
    endedAt: endedAt ?? null,
    lastSeenAt,
    events,
    parent: rest.parentRunId ?? null,
    root: rest.rootRunId ?? null,
    nominalStart: rest.nominalStart ?? null,
    nominalEnd: rest.nominalEnd ?? null,
    processingType: rest.processingType ?? null,
    facets: JSON.stringify(facets),
    inputCount: rest.inputCount,
    outputCount: rest.outputCount,
    inputs: inputs.map(datasetOf),
    outputs: outputs.map(datasetOf),
    producers: rest.producers,
  };
}

const datasetOf = ({ facets, ioFacets, ...dataset }: FoldedDataset) => ({
  ...dataset,
  facets: JSON.stringify(facets),
  ioFacets: JSON.stringify(ioFacets),
});
