import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { INGEST_ENDPOINT, SERVED_LIMITS } from '@tributary/capture';
import type { IngestEndpoint, ServedLimits } from '@tributary/capture';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { intakeControllers } from '@tributary/intake';

@Module({})
export class IngestModule {
  static with(endpoint: IngestEndpoint, served: ServedLimits, health: Health): DynamicModule {
    return {
      module: IngestModule,
      controllers: [...intakeControllers, HealthController],
      providers: [
        { provide: INGEST_ENDPOINT, useValue: endpoint },
        { provide: SERVED_LIMITS, useValue: served },
        { provide: HEALTH, useValue: health },
      ],
    };
  }
}
