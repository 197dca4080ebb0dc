import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Attributor } from '@tributary/attribution-jobs';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { DOOR, intakeControllers } from '@tributary/ingest';
import { answers } from './answers.ts';
import type { Spine } from './spine.ts';
import { ATTRIBUTOR, SPINE } from './tokens.ts';

@Module({})
export class ApiModule {
  static with(spine: Spine, attributor: Attributor, health: Health): DynamicModule {
    return {
      module: ApiModule,
      imports: answers.imports,
      controllers: [...intakeControllers, ...answers.controllers, HealthController],
      providers: [
        ...answers.providers,
        { provide: DOOR, useValue: spine },
        { provide: SPINE, useValue: spine },
        { provide: ATTRIBUTOR, useValue: attributor },
        { provide: HEALTH, useValue: health },
      ],
    };
  }
}
