import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { sendProblem } from './problem.ts';

/** Something that a process needs and does not have: a code for monitoring, and what is wrong and what to do. */
export type ReadinessCondition = { readonly code: string; readonly detail: string };

/** What a process reports about itself. */
export type Health = {
  /** Members of the answer of `/health`. */
  alive(): Readonly<Record<string, unknown>>;
  /** Conditions that are not met; empty where the process does its work. */
  readonly conditions: () => Promise<readonly ReadinessCondition[]>;
  /** Members of the answer of `/ready` where the process is ready. */
  ready(): Readonly<Record<string, unknown>>;
  /** Prometheus text; absent where nothing is measured. */
  metrics?(): Promise<{ readonly type: string; readonly text: string }>;
};

export const HEALTH = Symbol('HEALTH');

@Controller()
export class HealthController {
  readonly #health: Health;

  constructor(@Inject(HEALTH) health: Health) {
    this.#health = health;
  }

  @Get('health')
  health() {
    return { status: 'ok', ...this.#health.alive() };
  }

  @Get('ready')
  async ready(@Res() reply: FastifyReply) {
    const conditions = await this.#health.conditions();
    if (conditions.length === 0) return reply.send({ status: 'ready', ...this.#health.ready() });
    const detail = conditions.map((condition) => condition.detail).join('; ');
    return sendProblem(reply, { status: 503, title: 'not ready', detail, conditions });
  }

  @Get('metrics')
  async metrics(@Res() reply: FastifyReply) {
    const metrics = await this.#health.metrics?.();
    if (!metrics)
      return sendProblem(reply, {
        status: 404,
        title: 'no metrics',
        detail: 'this process measures nothing',
      });
    return reply.header('content-type', metrics.type).send(metrics.text);
  }
}
