import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Attributor } from '@tributary/attribution-jobs';
import { INGEST_ENDPOINT } from '@tributary/capture';
import { answers, ATTRIBUTOR, RUNTIME } from '@tributary/graphql';
import type { Runtime } from '@tributary/graphql';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { intakeControllers } from '@tributary/intake';
import { mlflowControllers } from '@tributary/mlflow';

@Module({})
export class ApiModule {
  static with(runtime: Runtime, attributor: Attributor, health: Health): DynamicModule {
    return {
      module: ApiModule,
      imports: answers.imports,
      controllers: [...intakeControllers, ...mlflowControllers, HealthController],
      providers: [
        ...answers.providers,
        { provide: INGEST_ENDPOINT, useValue: runtime },
        { provide: RUNTIME, useValue: runtime },
        { provide: ATTRIBUTOR, useValue: attributor },
        { provide: HEALTH, useValue: health },
      ],
    };
  }
}
