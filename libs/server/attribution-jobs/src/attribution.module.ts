import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HEALTH, HealthController } from '@tributary/http';
import type { Health } from '@tributary/http';
import { AttributionController, ATTRIBUTOR } from './attribution.controller.ts';
import type { Attributor } from './attributor.ts';

@Module({})
export class AttributionModule {
  static with(attributor: Attributor, health: Health): DynamicModule {
    return {
      module: AttributionModule,
      controllers: [AttributionController, HealthController],
      providers: [
        { provide: ATTRIBUTOR, useValue: attributor },
        { provide: HEALTH, useValue: health },
      ],
    };
  }
}
