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

  /** Ready: the tables follow the log. Dead letters are told, since somebody should see to them; they stop nothing. */
  @Get('ready')
  ready(@Res() reply: FastifyReply) {
    const { projector, deadLetters } = this.#spine;
    const fault = projector.fault();
    if (fault === undefined) {
      const { parked } = deadLetters.counts();
      return reply.send({ status: 'ready', position: projector.position(), deadLetters: parked });
    }
    return sendProblem(reply, { status: 503, title: 'the tables do not follow', detail: faultText(fault) });
  }
}
