import { ExperimentsController } from './experiments.controller.ts';
import { LoggingController } from './logging.controller.ts';
import { MetricsController } from './metrics.controller.ts';
import { ModelsController } from './models.controller.ts';
import { RunsController } from './runs.controller.ts';

/** The tracking API that stock clients speak. The one with the wildcard stands last. */
export const mlflowControllers = [
  ExperimentsController,
  RunsController,
  LoggingController,
  ModelsController,
  MetricsController,
];
