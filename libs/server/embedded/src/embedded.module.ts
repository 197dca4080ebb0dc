import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Attributor } from '@tributary/attribution-jobs';
import { INGEST_ENDPOINT } from '@tributary/capture';
import { answers, ATTRIBUTOR, RUNTIME } from '@tributary/graphql';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { intakeControllers } from '@tributary/intake';
import { mlflowControllers } from '@tributary/mlflow';
import type { EmbeddedRuntime } from './runtime.ts';

@Module({})
export class EmbeddedModule {
  static with(spine: EmbeddedRuntime, attributor: Attributor): DynamicModule {
    return {
      module: EmbeddedModule,
      imports: answers.imports,
      controllers: [...intakeControllers, ...mlflowControllers, HealthController],
      providers: [
        ...answers.providers,
        { provide: INGEST_ENDPOINT, useValue: spine },
        { provide: RUNTIME, useValue: spine },
        { provide: ATTRIBUTOR, useValue: attributor },
        { provide: HEALTH, useValue: healthOf(spine) },
      ],
    };
  }
}

/** Ready while the tables follow the log. Dead letters are told, since somebody should see to them; they stop nothing. */
const healthOf = ({ directory, projector, deadLetters, conditions }: EmbeddedRuntime): Health => ({
  alive: () => ({ directory }),
  conditions: conditions,
  ready: () => ({ position: projector.position(), deadLetters: deadLetters.counts().parked }),
});
