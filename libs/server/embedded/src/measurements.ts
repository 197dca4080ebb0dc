import { LIMIT_NAMES } from '@tributary/capture';
import type { DeadLetters } from '@tributary/dead-letters';
import type { Appended } from '@tributary/event-log';
import { VERSION } from '@tributary/http';
import type { DiskSpace } from '@tributary/intake';
import { parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { watchRequests } from '@tributary/lifecycle';
import type { ProjectorOptions } from '@tributary/projection';
import { measuredSink, PendingTimes } from '@tributary/projector';
import type { sinkOf } from '@tributary/projector';
import { openMetrics, openTracing } from '@tributary/telemetry';
import type { QuestionMetrics } from '@tributary/telemetry';
import type { FastifyInstance } from 'fastify';

type Sink = ReturnType<typeof sinkOf>;
type ProjectedLog = ProjectorOptions['log'];

/** What is read at each scrape. */
type Readings = {
  readonly log: { head(): Position };
  readonly projector: { position(): Position };
  readonly deadLetters: Pick<DeadLetters, 'counts'>;
  readonly disk: Pick<DiskSpace, 'read'>;
  readonly conditions: () => readonly { readonly code: string }[];
};

/** The metrics of one process: those of the services, where the work is in this process. */
export type Measurements = {
  /** Reads from now on; before, a scrape omits what is read. */
  begin(readings: Readings): void;
  /** Remembers the protocol of each request. */
  hook(fastify: FastifyInstance): void;
  readonly appended: (appended: Appended, millis: number) => void;
  readonly retried: () => void;
  readonly questions: QuestionMetrics;
  /** Counts a request that a limit refused. */
  readonly refused: (limit: string) => void;
  sink(sink: Sink): Sink;
  log(log: ProjectedLog): ProjectedLog;
  deadLetters(deadLetters: DeadLetters): DeadLetters;
  /** The text for Prometheus. */
  text(): Promise<{ readonly type: string; readonly text: string }>;
};

/** The only partition of a log on one machine. */
const PARTITION = 0;

const reached = (position: Position): number => parseEventPosition(position);

export async function openMeasurements(): Promise<Measurements> {
  const service = 'standalone';
  const metrics = openMetrics({ service, version: VERSION });
  const tracing = await openTracing({ service, version: VERSION, endpoint: undefined });
  const requests = watchRequests({ metrics, tracing });
  const pending = new PendingTimes();
  let begun: Readings | undefined;
  /* A gauge whose reading throws is omitted. */
  const now = (): Readings => {
    if (begun === undefined) throw new Error('the server is starting');
    return begun;
  };
  metrics.disk(() => now().disk.read());
  metrics.log(() => reached(now().log.head()));
  metrics.conditions(() =>
    Promise.resolve(
      now()
        .conditions()
        .map(({ code }) => code),
    ),
  );
  const parked = metrics.deadLetters(() => now().deadLetters.counts().byCode);
  const projection = metrics.projection({
    lag: () => new Map([[PARTITION, reached(now().log.head()) - reached(now().projector.position())]]),
    oldestPending: () => pending.oldest(),
  });
  return {
    begin: (readings) => void (begun = readings),
    hook: (fastify) => requests.hook(fastify),
    appended: requests.appended,
    retried: () => projection.insertRetried(),
    questions: metrics.questions(),
    refused: metrics.refusals(LIMIT_NAMES).refused,
    sink: (sink) => measuredSink(sink, projection),
    log: (log) => pending.observe(log, PARTITION, new AbortController().signal),
    deadLetters: (deadLetters) => ({
      ...deadLetters,
      async park(refusals) {
        const ids = await deadLetters.park(refusals);
        for (const { code } of refusals) parked.parked(code, 1);
        requests.refused(refusals.map(({ code }) => code));
        return ids;
      },
    }),
    text: async () => ({ type: metrics.contentType, text: await metrics.text() }),
  };
}
