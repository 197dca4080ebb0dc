import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { DOOR } from './door.ts';
import type { Door } from './door.ts';
import { intakeControllers } from './intake.ts';

@Module({})
export class IngestModule {
  static with(door: Door, health: Health): DynamicModule {
    return {
      module: IngestModule,
      controllers: [...intakeControllers, HealthController],
      providers: [
        { provide: DOOR, useValue: door },
        { provide: HEALTH, useValue: health },
      ],
    };
  }
}
