import { referencedDigest, resolveData } from '@tributary/blobs';
import { streamOf } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import { foldEvents, openLineageEventOf } from '@tributary/lineage';
import type { FoldedDataset, FoldedEvents, OpenLineageEvent } from '@tributary/lineage';
import { lazyJson } from '@tributary/json';
import { isCovered, parseEventPosition } from '@tributary/kernel';
import { answered } from './answer.ts';
import type { Freshness } from './answer.ts';
import type { Answer, OpenLineageDataset, OpenLineageRun } from './generated/schema.ts';
import { uncounted } from './queries.ts';
import type { Runtime } from './runtime.ts';

/** Inputs and outputs that an answer lists; it says how many there are. */
const MAX_LISTED = 1_000;

/** An OpenLineage run, folded from its events up to a position; null where there are none. */
export async function openLineageRun(
  runtime: Runtime,
  fresh: Freshness,
  runId: string,
): Promise<OpenLineageRun | null> {
  const stream = streamOf('lineage.run.observed', { subject: `run:${runId.toLowerCase()}` });
  const recorded = await countedIn(runtime, fresh, stream);
  const observed: OpenLineageEvent[] = [];
  for (const event of recorded) {
    const one = await observedIn(runtime, event);
    if (one) observed.push(one);
  }
  const folded = foldEvents(observed, MAX_LISTED);
  if (!folded) return null;
  const positions = recorded.map(({ position }) => parseEventPosition(position));
  return { ...runOf(runId, folded), ...answered(fresh, { positions }) };
}

/** The events of a stream up to a position that count. */
async function countedIn(
  { log, engine }: Runtime,
  { position: as_of }: Freshness,
  stream: string,
): Promise<RecordedEvent[]> {
  const recorded = (await log.readStream(stream)).filter(({ position }) =>
    isCovered(parseEventPosition(position), as_of),
  );
  const positions = recorded.map(({ position }) => parseEventPosition(position));
  const rows = await engine.reader.all(uncounted, { positions, as_of });
  const left = new Set(rows.map(({ position }) => position));
  return recorded.filter(({ position }) => !left.has(parseEventPosition(position)));
}

async function observedIn(
  { blobs }: Runtime,
  { bytes }: RecordedEvent,
): Promise<OpenLineageEvent | undefined> {
  const envelope: Record<string, unknown> = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const sha256 = referencedDigest(envelope);
  const content = sha256 === undefined ? undefined : await blobs.read(sha256);
  const whole: unknown = content
    ? { ...envelope, data: lazyJson(content) }
    : await resolveData(envelope, blobs);
  const { data, id } = Object(whole);
  return openLineageEventOf(Object(data).event, String(id));
}

function runOf(id: string, folded: FoldedEvents): Omit<OpenLineageRun, keyof Answer> {
  const { job, state } = folded;
  return {
    id: folded.runId ?? id,
    job: job ? { ...job, facets: JSON.stringify(job.facets) } : null,
    state: state ?? null,
    startedAt: folded.startedAt ?? null,
    endedAt: folded.endedAt ?? null,
    lastSeenAt: folded.lastSeenAt,
    events: folded.events,
    parent: folded.parentRunId ?? null,
    root: folded.rootRunId ?? null,
    nominalStart: folded.nominalStart ?? null,
    nominalEnd: folded.nominalEnd ?? null,
    processingType: folded.processingType ?? null,
    facets: JSON.stringify(folded.facets),
    inputCount: folded.inputCount,
    outputCount: folded.outputCount,
    inputs: folded.inputs.map(datasetOf),
    outputs: folded.outputs.map(datasetOf),
    producers: folded.producers,
  };
}

const datasetOf = ({ facets, ioFacets, ...dataset }: FoldedDataset): OpenLineageDataset => ({
  ...dataset,
  facets: JSON.stringify(facets),
  ioFacets: JSON.stringify(ioFacets),
});
