import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { INGEST_ENDPOINT } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { intakeControllers } from '@tributary/intake';

@Module({})
export class IngestModule {
  static with(endpoint: IngestEndpoint, health: Health): DynamicModule {
    return {
      module: IngestModule,
      controllers: [...intakeControllers, HealthController],
      providers: [
        { provide: INGEST_ENDPOINT, useValue: endpoint },
        { provide: HEALTH, useValue: health },
      ],
    };
  }
}
