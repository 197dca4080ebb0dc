import type { Type } from '@nestjs/common';
import { ArtifactsController, OwnedArtifactsController } from './controllers/artifacts.controller.ts';
import { ExperimentsController } from './controllers/experiments.controller.ts';
import { LoggingController } from './controllers/logging.controller.ts';
import { LaterController, MetricsController } from './controllers/metrics.controller.ts';
import { ModelsController } from './controllers/models.controller.ts';
import { ModelVersionsController } from './controllers/model-versions.controller.ts';
import { RegisteredModelsController } from './controllers/registered-models.controller.ts';
import { RunsController } from './controllers/runs.controller.ts';

/** MLflow's tracking API. The controller with the wildcard route must be the last. */
export const mlflowControllers: Type[] = [
  ExperimentsController,
  RunsController,
  LoggingController,
  ModelsController,
  RegisteredModelsController,
  ModelVersionsController,
  ArtifactsController,
  OwnedArtifactsController,
  LaterController,
  MetricsController,
];

export { streamArtifacts } from './controllers/artifact-content.ts';
export { isArtifactAddress, isTracker, isTrackerQuestion } from './controllers/request.ts';
export { sendTrackerProblem } from './errors.ts';
