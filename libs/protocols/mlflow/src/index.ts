import type { Type } from '@nestjs/common';
import { ExperimentsController } from './controllers/experiments.controller.ts';
import { LoggingController } from './controllers/logging.controller.ts';
import { MetricsController } from './controllers/metrics.controller.ts';
import { ModelsController } from './controllers/models.controller.ts';
import { RunsController } from './controllers/runs.controller.ts';

/** MLflow's tracking API. The controller with the wildcard route must be the last. */
export const mlflowControllers: Type[] = [
  ExperimentsController,
  RunsController,
  LoggingController,
  ModelsController,
  MetricsController,
];

export { isTracker } from './controllers/request.ts';
export { sendTrackerProblem } from './errors.ts';
