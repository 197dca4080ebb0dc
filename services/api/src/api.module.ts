import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Attributor } from '@tributary/attribution-jobs';
import { answers, ATTRIBUTOR, RUNTIME } from '@tributary/graphql';
import type { Runtime } from '@tributary/graphql';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { DOOR, intakeControllers } from '@tributary/ingest';
import { mlflowControllers } from './mlflow/index.ts';

@Module({})
export class ApiModule {
  static with(runtime: Runtime, attributor: Attributor, health: Health): DynamicModule {
    return {
      module: ApiModule,
      imports: answers.imports,
      controllers: [...intakeControllers, ...mlflowControllers, HealthController],
      providers: [
        ...answers.providers,
        { provide: DOOR, useValue: runtime },
        { provide: RUNTIME, useValue: runtime },
        { provide: ATTRIBUTOR, useValue: attributor },
        { provide: HEALTH, useValue: health },
      ],
    };
  }
}
