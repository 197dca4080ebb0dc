import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Attributor } from '@tributary/attribution-jobs';
import { INGEST_ENDPOINT, SERVED_LIMITS } from '@tributary/capture';
import type { ServedLimits } from '@tributary/capture';
import { answers, ATTRIBUTOR, PageController, RUNTIME } from '@tributary/graphql';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { intakeControllers } from '@tributary/intake';
import { mlflowControllers } from '@tributary/mlflow';
import type { EmbeddedRuntime } from './runtime.ts';

@Module({})
export class EmbeddedModule {
  /** `alive` has the members of the answer of `/health`. */
  static with(
    runtime: EmbeddedRuntime,
    attributor: Attributor,
    alive: Readonly<Record<string, unknown>>,
    served: ServedLimits = {},
  ): DynamicModule {
    const { imports, providers } = answers({
      limits: served.questions,
      introspection: served.introspection,
    });
    return {
      module: EmbeddedModule,
      imports,
      controllers: [...intakeControllers, ...mlflowControllers, HealthController, PageController],
      providers: [
        ...providers,
        { provide: INGEST_ENDPOINT, useValue: runtime },
        { provide: SERVED_LIMITS, useValue: served },
        { provide: RUNTIME, useValue: withWarnings(runtime) },
        { provide: ATTRIBUTOR, useValue: attributor },
        { provide: HEALTH, useValue: healthOf(runtime, alive) },
      ],
    };
  }
}

/** Questions about the state of the process are answered with its warnings too. */
const withWarnings = (runtime: EmbeddedRuntime): EmbeddedRuntime => ({
  ...runtime,
  conditions: async () => [...(await runtime.conditions()), ...runtime.warnings()],
});

/** Ready while the tables follow the log. Dead letters are reported, and they are no condition. */
const healthOf = (
  { projector, deadLetters, disk, conditions, warnings, measurements }: EmbeddedRuntime,
  alive: Readonly<Record<string, unknown>>,
): Health => ({
  alive: () => alive,
  conditions,
  metrics: () => measurements.text(),
  ready: () => ({
    position: projector.position(),
    deadLetters: deadLetters.counts().parked,
    disk: disk.read(),
    warnings: warnings(),
  }),
});
