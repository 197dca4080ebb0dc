import { All, Controller, Inject, Module, Res } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { HEALTH, HealthController, sendProblem } from '@tributary/http';
import type { Health } from '@tributary/http';
import type { FastifyReply } from 'fastify';

/** Answers 503 on every other path while a process waits for what it needs. */
@Controller()
class WaitingController {
  readonly #health: Health;

  constructor(@Inject(HEALTH) health: Health) {
    this.#health = health;
  }

  @All('*')
  async anything(@Res() reply: FastifyReply) {
    const conditions = await this.#health.conditions();
    const detail = conditions.map((condition) => condition.detail).join('; ');
    return sendProblem(reply, { status: 503, title: 'not ready', detail, conditions, retryAfter: 5 });
  }
}

@Module({})
export class WaitingModule {
  static with(health: Health): DynamicModule {
    return {
      module: WaitingModule,
      controllers: [HealthController, WaitingController],
      providers: [{ provide: HEALTH, useValue: health }],
    };
  }
}
