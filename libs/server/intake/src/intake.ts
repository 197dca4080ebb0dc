import type { Type } from '@nestjs/common';
import { cloudEventsControllers, streamBlobs } from '@tributary/cloudevents';
import { streamArtifacts } from '@tributary/mlflow';
import { OpenLineageController, streamOpenLineage } from '@tributary/openlineage';
import { OtlpController } from '@tributary/otlp';
import type { FastifyInstance } from 'fastify';

/** The protocols that only accept facts. MLflow's is served with the API, because it reads as much as it writes. */
export const intakeControllers: Type[] = [...cloudEventsControllers, OtlpController, OpenLineageController];

/** Hands bodies that may be larger than those of other routes to their controllers as streams. */
export function streamBodies(fastify: FastifyInstance): void {
  streamOpenLineage(fastify);
  streamBlobs(fastify);
  streamArtifacts(fastify);
}
