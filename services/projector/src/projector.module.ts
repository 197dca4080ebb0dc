import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';

/** A projector serves its health and nothing else. */
@Module({})
export class ProjectorModule {
  static with(health: Health): DynamicModule {
    return {
      module: ProjectorModule,
      controllers: [HealthController],
      providers: [{ provide: HEALTH, useValue: health }],
    };
  }
}
