import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Attributor } from '@tributary/attribution-jobs';
import { INGEST_ENDPOINT, SERVED_LIMITS } from '@tributary/capture';
import type { ServedLimits } from '@tributary/capture';
import { answers, ATTRIBUTOR, PageController, RUNTIME } from '@tributary/graphql';
import type { Runtime } from '@tributary/graphql';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { intakeControllers } from '@tributary/intake';
import { mlflowControllers } from '@tributary/mlflow';

type Answering = {
  readonly runtime: Runtime;
  readonly attributor: Attributor;
  readonly served: ServedLimits;
};

@Module({})
export class ApiModule {
  static with({ runtime, attributor, served }: Answering, health: Health): DynamicModule {
    const { imports, providers } = answers({
      limits: served.questions,
      introspection: served.introspection,
    });
    return {
      module: ApiModule,
      imports,
      controllers: [...intakeControllers, ...mlflowControllers, HealthController, PageController],
      providers: [
        ...providers,
        { provide: INGEST_ENDPOINT, useValue: runtime },
        { provide: SERVED_LIMITS, useValue: served },
        { provide: RUNTIME, useValue: runtime },
        { provide: ATTRIBUTOR, useValue: attributor },
        { provide: HEALTH, useValue: health },
      ],
    };
  }
}
