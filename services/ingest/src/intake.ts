import type { FastifyInstance } from 'fastify';
import { streamBlobs } from './blob-body.ts';
import { BlobsController } from './blobs.controller.ts';
import { EventsController } from './events.controller.ts';
import { OpenLineageController } from './openlineage.controller.ts';
import { streamOpenLineage } from './openlineage-body.ts';
import { OtlpController } from './otlp/otlp.controller.ts';

/** Every protocol that facts come in by, but the tracker's, which reads as much as it writes. */
export const intakeControllers = [EventsController, BlobsController, OtlpController, OpenLineageController];

/** Bodies that are larger than those of other routes come as streams. */
export function streamBodies(fastify: FastifyInstance): void {
  streamOpenLineage(fastify);
  streamBlobs(fastify);
}
