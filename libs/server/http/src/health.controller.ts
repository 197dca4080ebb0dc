import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { sendProblem } from './problem.ts';

/** What keeps a process from its work, by a name that monitoring can tell apart, and what to do about it. */
export type ReadinessCondition = { readonly code: string; readonly detail: string };

/** What a process says of itself. */
export type Health = {
  /** Told with the word that the process answers. */
  alive(): Readonly<Record<string, unknown>>;
  /** Empty where it does its work. */
  readonly conditions: () => Promise<readonly ReadinessCondition[]>;
  /** Told with the word that it is ready. */
  ready(): Readonly<Record<string, unknown>>;
  /** In Prometheus' text form; absent where nothing is measured. */
  metrics?(): Promise<{ readonly type: string; readonly text: string }>;
};

export const HEALTH = Symbol('HEALTH');

@Controller()
export class HealthController {
  readonly #health: Health;

  constructor(@Inject(HEALTH) health: Health) {
    this.#health = health;
  }

  /** Alive: the process answers. */
  @Get('health')
  health() {
    return { status: 'ok', ...this.#health.alive() };
  }

  /** Ready: the process does its work. */
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
