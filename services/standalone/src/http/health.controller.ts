import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { faultText } from '../fault-text.ts';
import type { Spine } from '../spine.ts';
import { SPINE } from '../tokens.ts';
import { sendProblem } from './problem.ts';

@Controller()
export class HealthController {
  readonly #spine: Spine;

  constructor(@Inject(SPINE) spine: Spine) {
    this.#spine = spine;
  }

  /** Alive: the process answers. */
  @Get('health')
  health() {
    return { status: 'ok', directory: this.#spine.directory };
  }

  /** Ready: the tables follow the log. */
  @Get('ready')
  ready(@Res() reply: FastifyReply) {
    const fault = this.#spine.projector.fault();
    if (fault === undefined)
      return reply.send({ status: 'ready', position: this.#spine.projector.position() });
    return sendProblem(reply, { status: 503, title: 'the tables do not follow', detail: faultText(fault) });
  }
}
