import { Controller, Inject, Logger, Post, Req, Res } from '@nestjs/common';
import {
  appendFacts,
  gaugeEvents,
  pointsOfBytes,
  pointsOfJson,
  recordsOfBytes,
  recordsOfJson,
  spansOfBytes,
  spansOfJson,
  stepEvents,
  trainingOf,
} from '@tributary/capture';
import type { NewEvent } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Spine } from '../../spine.ts';
import { SPINE } from '../../tokens.ts';
import { siftSteps } from './steps.ts';
import { answer, INVALID_ARGUMENT, refuse, UNAVAILABLE } from './wire.ts';
import type { Outcome, Refused } from './wire.ts';

/** Telemetry of trainers that already emit it: OTLP over HTTP, in protobuf or JSON. */
@Controller('v1')
export class OtlpController {
  readonly #spine: Spine;
  readonly #logger = new Logger('otlp');

  constructor(@Inject(SPINE) spine: Spine) {
    this.#spine = spine;
  }

  @Post('traces')
  traces(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#take(request, reply, 'rejectedSpans', async () => {
      const { runs, ignored, contradicting } = trainingOf(decoded(request, spansOfBytes, spansOfJson));
      let rejected = contradicting;
      for (const run of runs) {
        const sifted = await siftSteps(this.#spine, run);
        rejected += sifted.contradicting;
        await this.#append([...run.events, ...stepEvents(run, sifted.fresh)]);
      }
      return {
        rejected,
        message: sentence([
          [ignored, 'spans that say nothing of a training run were ignored'],
          [rejected, 'steps were recorded before with other values; the first record stands'],
        ]),
      };
    });
  }

  @Post('metrics')
  metrics(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#take(request, reply, 'rejectedDataPoints', async () => {
      const { events, ignored } = gaugeEvents(decoded(request, pointsOfBytes, pointsOfJson));
      await this.#append(events);
      return { rejected: 0, message: sentence([[ignored, 'data points of no known run were ignored']]) };
    });
  }

  @Post('logs')
  logs(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return this.#take(request, reply, 'rejectedLogRecords', () => {
      const records = decoded(request, recordsOfBytes, recordsOfJson);
      return Promise.resolve({ rejected: 0, message: sentence([[records, 'log records were ignored']]) });
    });
  }

  /** What is known already under the same id, whatever it says, is left as it was first told. */
  async #append(events: readonly NewEvent[]): Promise<void> {
    const distinct = new Map(events.map((event) => [event.id, event]));
    if (distinct.size > 0) await appendFacts(this.#spine, [...distinct.values()], { atomic: false });
  }

  async #take(
    request: FastifyRequest,
    reply: FastifyReply,
    count: string,
    work: () => Promise<Outcome>,
  ): Promise<FastifyReply> {
    try {
      return answer(request, reply, count, await work());
    } catch (error) {
      const refused = refusedBy(error);
      if (refused.status >= 500) this.#logger.error(error);
      return refuse(request, reply, refused);
    }
  }
}

function decoded<Content>(
  { body }: FastifyRequest,
  ofBytes: (bytes: Uint8Array) => Content,
  ofJson: (body: unknown) => Content,
): Content {
  try {
    return Buffer.isBuffer(body) ? ofBytes(body) : ofJson(body);
  } catch (cause) {
    throw new Fault('not_decoded', 'the body is no OTLP request of its content type', { cause });
  }
}

function refusedBy(error: unknown): Refused {
  if (error instanceof Fault && (error.code === 'not_decoded' || error.code === 'fact_invalid'))
    return { status: 400, code: INVALID_ARGUMENT, message: error.message };
  return { status: 503, code: UNAVAILABLE, message: 'the export could not be recorded; send it again' };
}

const sentence = (parts: readonly (readonly [number, string])[]): string =>
  parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join('; ');
